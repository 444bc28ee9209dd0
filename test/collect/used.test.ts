import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Used } from '../../src/collect/used.ts';

setFlagsFromString('--expose-gc');
// What the flag puts into contexts that are made after it was set.
const collectGarbage = runInNewContext('gc') as () => void;
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

it('keeps what is used, and of what is not not even the name', async () => {
  const used = new Used<object>();
  const kept = {};
  used.set('kept', kept);
  for (let at = 0; at < 100; at += 1) used.set(`gone ${at}`, {});
  expect(used.size).toBe(101);
  for (let turn = 0; turn < 50 && used.size > 1; turn += 1) {
    await later();
    collectGarbage();
  }
  expect(used.size).toBe(1);
  expect(used.get('kept')).toBe(kept);
  expect(used.get('gone 1')).toBeUndefined();
});

it('keeps the one that came in the place of another', async () => {
  const used = new Used<object>();
  const second = {};
  used.set('one', {});
  used.set('one', second);
  for (let turn = 0; turn < 10; turn += 1) {
    await later();
    collectGarbage();
  }
  expect(used.get('one')).toBe(second);
  used.delete('one');
  expect([used.get('one'), used.size]).toEqual([undefined, 0]);
});
