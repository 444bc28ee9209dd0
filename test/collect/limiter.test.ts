import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Limiter } from '../../src/collect/limiter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks for so many calls at once; the list fills as they are let through. */
function askFor(limiter: Limiter, count: number): number[] {
  const through: number[] = [];
  for (let number = 0; number < count; number += 1) void limiter.take().then(() => through.push(number));
  return through;
}

describe('a limiter', () => {
  it("lets a second's worth through at once, and no call more", async () => {
    const through = askFor(new Limiter(20), 30);
    await vi.advanceTimersByTimeAsync(0);
    expect(through).toHaveLength(20);
  });

  it('lets the others through at the rate, in the order in which they came', async () => {
    const through = askFor(new Limiter(20), 100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(through.length).toBeGreaterThanOrEqual(39);
    expect(through.length).toBeLessThanOrEqual(40);
    await vi.advanceTimersByTimeAsync(1000);
    expect(through.length).toBeGreaterThanOrEqual(59);
    expect(through.length).toBeLessThanOrEqual(60);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(through).toEqual(Array.from({ length: 100 }, (_, number) => number));
  });

  it('saves up no more than one second of silence', async () => {
    const limiter = new Limiter(5);
    askFor(limiter, 5);
    await vi.advanceTimersByTimeAsync(60_000);
    const through = askFor(limiter, 20);
    await vi.advanceTimersByTimeAsync(0);
    expect(through).toHaveLength(5);
  });

  it.each([0.5, 0.25])('holds a rate of %d a second, too', async (perSecond) => {
    const through = askFor(new Limiter(perSecond), 50);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(through.length).toBeGreaterThanOrEqual(40 * perSecond - 1);
    expect(through.length).toBeLessThanOrEqual(40 * perSecond + 1);
  });
});
