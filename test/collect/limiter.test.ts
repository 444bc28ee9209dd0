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

describe('a limiter that AWS throttles', () => {
  it('halves its rate, and saves nothing up', async () => {
    const limiter = new Limiter(20);
    limiter.throttled(await limiter.take());
    expect(limiter.rate).toBe(10);
    const through = askFor(limiter, 20);
    await vi.advanceTimersByTimeAsync(0);
    expect(through).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(through.length).toBeGreaterThanOrEqual(9);
    expect(through.length).toBeLessThanOrEqual(10);
  });

  it('halves once for all calls that were on their way together', async () => {
    const limiter = new Limiter(20);
    const left = await Promise.all(Array.from({ length: 10 }, () => limiter.take()));
    await vi.advanceTimersByTimeAsync(5);
    for (const at of left) limiter.throttled(at);
    expect(limiter.rate).toBe(10);
    const later = limiter.take();
    await vi.advanceTimersByTimeAsync(200);
    limiter.throttled(await later);
    expect(limiter.rate).toBe(5);
  });

  it('never stands still', async () => {
    const limiter = new Limiter(20);
    for (let times = 0; times < 20; times += 1) {
      const taken = limiter.take();
      await vi.advanceTimersByTimeAsync(3000);
      limiter.throttled(await taken);
    }
    expect(limiter.rate).toBe(0.5);
  });

  it('is never made faster than it was asked to be', async () => {
    const limiter = new Limiter(0.1);
    limiter.throttled(await limiter.take());
    expect(limiter.rate).toBe(0.1);
    limiter.answered();
    expect(limiter.rate).toBe(0.1);
  });

  it('comes back to its rate within half a minute of answers, and not in a few seconds', async () => {
    const limiter = new Limiter(20);
    limiter.throttled(await limiter.take());
    const second = async (): Promise<void> => {
      const calls = Array.from({ length: Math.floor(limiter.rate) }, async () => {
        await limiter.take();
        limiter.answered();
      });
      await vi.advanceTimersByTimeAsync(1000);
      await Promise.all(calls);
    };
    for (let seconds = 0; seconds < 5; seconds += 1) await second();
    expect(limiter.rate).toBeGreaterThan(12);
    expect(limiter.rate).toBeLessThan(15);
    for (let seconds = 0; seconds < 25; seconds += 1) await second();
    expect(limiter.rate).toBe(20);
  });
});

describe('a limiter of a scan that is stopped', () => {
  it('lets all who wait go at once, with the reason', async () => {
    const stop = new AbortController();
    const limiter = new Limiter(1);
    await limiter.take(stop.signal);
    const waiting = Promise.allSettled([limiter.take(stop.signal), limiter.take(stop.signal)]);
    await vi.advanceTimersByTimeAsync(1);
    stop.abort(new Error('stopped'));
    const reason: unknown = stop.signal.reason;
    expect(await waiting).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is at rest when it is as a new one would be', async () => {
    const limiter = new Limiter(20);
    expect(limiter.isAtRest()).toBe(true);
    const turn = limiter.take();
    expect(limiter.isAtRest()).toBe(false);
    await turn;
    expect(limiter.isAtRest()).toBe(false);
    await vi.advanceTimersByTimeAsync(51);
    expect(limiter.isAtRest()).toBe(true);
    limiter.throttled(performance.now());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(limiter.isAtRest()).toBe(false);
    while (limiter.rate < 20) limiter.answered();
    await vi.advanceTimersByTimeAsync(1000);
    expect(limiter.isAtRest()).toBe(true);
  });

  it('is not at rest while a call waits that is let through only later', async () => {
    const limiter = new Limiter(1);
    const stop = new AbortController();
    void limiter.take();
    const waiting = limiter.take(stop.signal);
    await vi.advanceTimersByTimeAsync(500);
    expect(limiter.isAtRest()).toBe(false);
    stop.abort();
    await expect(waiting).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(1000);
    expect(limiter.isAtRest()).toBe(true);
  });
});
