/**
 * Does the work of each, so many at once and in their order, and gives what came of it in the same. What waits is nothing but
 * a place in the list: of ten thousand promises each would stay until the last is kept. Where one fails no other begins.
 */
export async function inTurns<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const waiting = all.entries();
  const results: R[] = [];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [at, one] of waiting) {
      if (failed) return;
      try {
        results[at] = await work(one);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return results;
}
