/** How much of each test runs: a share where nothing is said, all with RELIABILITY=full. */
const isFull = process.env['RELIABILITY'] === 'full';

/** Every how manieth cell of the matrix. */
export const everyCell = isFull ? 1 : 9;

/** Scans that are killed. */
export const kills = isFull ? 50 : 8;
