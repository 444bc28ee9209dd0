import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holding } from '../../src/cli/lock.ts';
import { lockNameOf } from '../../src/cli/stage.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-lock-'));
  path = join(folder, 'running.lock');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const left = (holder: unknown): void => {
  writeFileSync(path, typeof holder === 'string' ? holder : JSON.stringify(holder));
};

/** A number that was a process's until now. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('a folder that is held', () => {
  it('lets nobody else in, says who holds it, and is free afterwards', async () => {
    await holding(folder, async () => {
      await expect(holding(folder, () => 'second')).rejects.toThrow(
        `Another replint is writing into '${folder}' (process ${process.pid} on ${hostname()})`,
      );
    });
    expect(await holding(folder, () => 'third')).toBe('third');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is free after a failure too', async () => {
    const failing = holding(folder, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(readdirSync(folder)).toEqual([]);
  });

  const [third, fourth] = [
    { wave: 'buckets', shard: { index: 3, of: 8 }, from: null } as const,
    { wave: 'buckets', shard: { index: 4, of: 8 }, from: null } as const,
  ].map(lockNameOf);

  it('by a shard lets other shards in, and the same one not', async () => {
    expect(await holding(folder, () => holding(folder, () => 'inner', fourth), third)).toBe('inner');
    const twice = holding(folder, () => holding(folder, () => 'inner', third), third);
    await expect(twice).rejects.toThrow('Another replint');
    expect(readdirSync(folder)).toEqual([]);
  });

  const ends = { wave: 'ends', shard: { index: 1, of: 1 }, from: [] } as const;
  it.each([third, lockNameOf(ends), lockNameOf({ wave: 'accounts' })])(
    'as %s lets no whole scan in, and by a whole scan not it',
    async (name) => {
      const stage = holding(folder, () => holding(folder, () => 'whole'), name);
      await expect(stage).rejects.toThrow(`delete '${join(folder, name ?? '')}'`);
      const whole = holding(folder, () => holding(folder, () => 'stage', name));
      await expect(whole).rejects.toThrow(`delete '${path}'`);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('a lock that was left behind', () => {
  it.each([
    ['of a process that is gone', () => ({ pid: gone(), host: hostname(), born: '1' })],
    ['of an earlier process of the same number', () => ({ pid: process.pid, host: hostname(), born: '1' })],
  ])('%s holds nobody up', async (_what, holder) => {
    left(holder());
    expect(await holding(folder, () => 'in')).toBe('in');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a whole scan holds no shard up', async () => {
    left({ pid: gone(), host: hostname(), born: '1' });
    expect(await holding(folder, () => 'in', 'running.ends.1-of-2.lock')).toBe('in');
  });

  it('of a process that runs, or of another machine, is respected', async () => {
    left({ pid: process.pid, host: hostname(), born: null });
    await expect(holding(folder, () => 'in')).rejects.toThrow('Another replint');
    left({ pid: 1, host: `not-${hostname()}`, born: null });
    await expect(holding(folder, () => 'in')).rejects.toThrow(`delete '${path}'`);
  });

  it('that says nothing is being written, or was never finished', async () => {
    left('{"pid":');
    await expect(holding(folder, () => 'in')).rejects.toThrow('Another replint');
    utimesSync(path, 0, 0);
    expect(await holding(folder, () => 'in')).toBe('in');
  });
});
