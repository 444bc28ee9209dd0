/** Kill -9 at any moment, then --resume: the same audit, and nothing that was answered is asked again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { run, start } from './process.ts';
import { timeless } from './seen.ts';
import { kills } from './size.ts';
import { wholeEstate } from '../collect/whole.ts';

const org = await wholeEstate({ latencyMs: 60 });
const { sandbox } = org.asRunner;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const command = ['scan', '--config', 'replint.yaml', '--fail-on', 'never', '--allow-incomplete'];

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-kill-'));
  // Organizations' own rates would have most moments fall into one wait.
  writeFileSync(join(folder, 'replint.yaml'), 'limits: { accountsAtOnce: 1, callsPerSecond: 500 }\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => org.close());

/** Mulberry32: a number from 0 to 1 for each number. */
function random(at: number): number {
  let t = (seed + at * 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** The audit, times aside. */
function result(): string {
  const text = (name: string): string => readFileSync(join(folder, 'replint-out', name), 'utf8');
  const findings = text('findings.ndjson')
    .split('\n')
    .filter((line) => line !== '');
  return [
    timeless(JSON.parse(text('audit.json'))),
    ...findings.map((line) => timeless(JSON.parse(line))),
  ].join('\n');
}

/** Accounts whose files stand under their final names. */
function finished(wave: 'buckets' | 'ends'): readonly string[] {
  const at = join(folder, 'replint-out', 'snapshot', wave);
  const names = existsSync(at) ? readdirSync(at) : [];
  return names.filter((name) => name.endsWith('.ndjson.gz')).map((name) => basename(name, '.ndjson.gz'));
}

/** What an undisturbed scan comes to, how long it takes, and what it asks in each wave. */
async function undisturbed(): Promise<{ readonly result: string; readonly milliseconds: number }> {
  const begun = performance.now();
  const { code, err } = await run(sandbox, folder, command);
  expect(code, err).toBe(0);
  return { result: result(), milliseconds: performance.now() - begun };
}

const surveyCalls = ['s3:ListBuckets', 's3:GetBucketReplication'];

it(`${kills} scans that are killed (SEED=${seed}) come to the same when they are resumed`, async () => {
  const whole = await undisturbed();
  const stages = { before: 0, waveOne: 0, waveTwo: 0, after: 0 };
  for (let at = 0; at < kills; at += 1) {
    rmSync(join(folder, 'replint-out'), { recursive: true, force: true });
    const { child, ended } = start(sandbox, folder, command);
    // Before the first call nothing is written: few of the moments are spent on that.
    const moment = (0.2 + 0.8 * random(at)) * whole.milliseconds;
    const timer = setTimeout(() => child.kill('SIGKILL'), moment);
    await ended;
    clearTimeout(timer);
    const [buckets, ends] = [finished('buckets'), finished('ends')];
    const isWhole = existsSync(join(folder, 'replint-out', 'snapshot', 'manifest.json'));
    stages[isWhole ? 'after' : ends.length > 0 ? 'waveTwo' : buckets.length > 0 ? 'waveOne' : 'before'] += 1;
    org.sandbox.calls.clear();
    const { code, err } = await run(sandbox, folder, [...command, '--resume']);
    expect(code, `killed after ${moment} ms: ${err}`).toBe(0);
    expect(result() === whole.result, `killed after ${moment} ms (SEED=${seed})`).toBe(true);
    const again = org.sandbox.calls.entries().filter(({ operation, account, bucket }) => {
      const isSurvey = surveyCalls.includes(operation);
      if (isSurvey && buckets.includes(account)) return true;
      // Whoever finished wave two has nothing left to ask of its own ends.
      return bucket !== null && ends.includes(account) && operation !== 's3:ListObjectVersions';
    });
    expect(again).toEqual([]);
    expect(
      readdirSync(join(folder, 'replint-out'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /unfinished|lock/.test(name),
      ),
    ).toEqual([]);
  }
  process.stdout.write(`${kills} kills: ${JSON.stringify(stages)}\n`);
}, 1_200_000);
