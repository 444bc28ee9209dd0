import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holding } from '../../src/cli/lock.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-lock-'));
  path = join(folder, 'replint.lock');
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

  it('may be held under another name by another part of the same scan', async () => {
    const both = holding(folder, () => holding(folder, () => 'inner', 'part.lock'));
    expect(await both).toBe('inner');
  });
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
