import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Limiters } from '../../src/collect/limiters.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Has so many accounts make a call each. */
async function call(limiters: Limiters, from: number, to: number): Promise<void> {
  for (let account = from; account < to; account += 1) await limiters.of(String(account), 's3').take();
}

describe('the limiters of a scan', () => {
  it('are one an account and service', () => {
    const limiters = new Limiters(20);
    const one = limiters.of('111', 's3');
    expect(limiters.of('111', 's3')).toBe(one);
    expect(limiters.of('111', 'kms')).not.toBe(one);
    expect(limiters.of('222', 's3')).not.toBe(one);
  });

  it('are let go when they have nothing more to say, however many accounts there are', async () => {
    const limiters = new Limiters(20);
    for (let account = 0; account < 5000; account += 50) {
      await call(limiters, account, account + 50);
      vi.advanceTimersByTime(1000);
      expect(limiters.size).toBeLessThan(200);
    }
  });

  it('stay while the burst is not full again', async () => {
    const limiters = new Limiters(20);
    await call(limiters, 0, 500);
    expect(limiters.size).toBe(500);
  });

  it('stay while AWS has throttled them, and while somebody waits', async () => {
    const limiters = new Limiters(20);
    const slow = limiters.of('slow', 's3');
    slow.throttled(performance.now());
    const busy = limiters.of('busy', 's3');
    for (let number = 0; number < 200; number += 1) void busy.take();
    for (let second = 0; second < 5; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      await call(limiters, 100 * second, 100 * (second + 1));
    }
    expect(limiters.size).toBeLessThan(500);
    expect(limiters.of('slow', 's3')).toBe(slow);
    expect(limiters.of('busy', 's3')).toBe(busy);
  });
});
