import { describe, expect, it } from 'vitest';
import { inTurns } from '../../src/collect/turns.ts';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work in turns', () => {
  it('is done of so many at once, in their order, and answered in it', async () => {
    let most = 0;
    let now = 0;
    const begun: number[] = [];
    const answers = await inTurns([5, 1, 4, 2, 3, 0], 2, async (one) => {
      begun.push(one);
      most = Math.max(most, (now += 1));
      for (let tick = 0; tick < one; tick += 1) await soon();
      now -= 1;
      return 10 * one;
    });
    expect(answers).toEqual([50, 10, 40, 20, 30, 0]);
    expect(begun).toEqual([5, 1, 4, 2, 3, 0]);
    expect(most).toBe(2);
  });

  it('is none where there is nothing to do', async () => {
    expect(await inTurns([], 16, () => Promise.reject(new Error('Nobody asked.')))).toEqual([]);
  });

  it('fails as the first that fails, and begins no other', async () => {
    const begun: number[] = [];
    const failing = inTurns([0, 1, 2, 3, 4, 5], 2, async (one) => {
      begun.push(one);
      await soon();
      if (one === 1) throw new Error('one');
      await soon();
    });
    await expect(failing).rejects.toThrow('one');
    for (let tick = 0; tick < 10; tick += 1) await soon();
    expect(begun).toEqual([0, 1]);
  });
});
