/** How much of each test runs: a share where nothing is said, all with RELIABILITY=full. */
const isFull = process.env['RELIABILITY'] === 'full';

/** Which cells are in the share, and when scans are killed; the configuration draws it and prints it. */
export const seed = Number(process.env['SEED']);

/** Every how manieth cell of the matrix. */
export const everyCell = isFull ? 1 : 9;

/** Scans that are killed. */
export const kills = isFull ? 50 : 8;

/** Processes that are killed of several that read an organization together. */
export const shardKills = isFull ? 20 : 4;
