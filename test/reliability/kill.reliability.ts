/** Kill -9 at any moment, then --resume: the same audit, and nothing that was answered is asked again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { run, start } from './process.ts';
import { timeless } from './seen.ts';
import { kills, seed } from './size.ts';
import { plan } from '../collect/estate.ts';
import { wholeEstate } from '../collect/whole.ts';
import { tellings, type Told } from '../../src/facts.ts';

const latencyMs = 60;
const org = await wholeEstate({ latencyMs });
const { sandbox } = org.asRunner;
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

/** What an undisturbed scan comes to, and how many calls it makes. */
async function undisturbed(): Promise<{ readonly result: string; readonly calls: number }> {
  org.sandbox.calls.clear();
  const { code, err } = await run(sandbox, folder, command);
  expect(code, err).toBe(0);
  return { result: result(), calls: org.sandbox.calls.count() };
}

/** When a scan is killed: so long after it came so far. */
interface Moment {
  readonly name: string;
  readonly isReached: () => boolean;
  readonly milliseconds: number;
}

const stands = (name: string): boolean => existsSync(join(folder, 'replint-out', name));

/** One in each part of the scan's calls; one when wave two has left a file and is not done; some while it is judged. */
function momentOf(at: number, calls: number): Moment {
  const isLast = at === kills - 1;
  if (isLast || at % 10 === 9) {
    const isReached = (): boolean => stands('snapshot/manifest.json');
    return { name: 'the manifest', isReached, milliseconds: isLast ? 0 : random(at) * 100 };
  }
  const milliseconds = random(kills + at) * latencyMs;
  if (at === kills - 2)
    return { name: 'the first ends', isReached: () => finished('ends').length > 0, milliseconds };
  const answered = 1 + Math.floor(((at + random(at)) / kills) * calls);
  const isReached = (): boolean => org.sandbox.calls.count() >= answered;
  return { name: `${answered} calls`, isReached, milliseconds };
}

/** Scans until that moment. */
async function killedAt({ isReached, milliseconds }: Moment): Promise<void> {
  org.sandbox.calls.clear();
  const { child, ended } = start(sandbox, folder, command);
  const look = setInterval(() => {
    if (!isReached()) return;
    clearInterval(look);
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  }, 2);
  await ended;
  clearInterval(look);
}

/** All that wave one asks in an account. */
const surveyCalls = new Set<string>([
  's3:ListBuckets',
  ...plan.bucket.map((fact) => (tellings.bucket as Readonly<Record<string, Told>>)[fact]?.call ?? fact),
]);

/** What was asked again although it had been answered and kept. */
function askedAgain(buckets: readonly string[], ends: readonly string[]): readonly unknown[] {
  return org.sandbox.calls.entries().filter(({ operation, account }) => {
    if (surveyCalls.has(operation) && buckets.includes(account)) return true;
    // Who is there is asked anew, and other accounts' routes end here: their objects are listed with this one's credentials.
    const isOfOthers = /^(sts|organizations):/.test(operation) || operation === 's3:ListObjectVersions';
    return ends.includes(account) && !isOfOthers;
  });
}

const stages = { before: 0, waveOne: 0, betweenWaves: 0, waveTwo: 0, judging: 0, done: 0 };

/** How far a scan had come, from what it left. */
function stageOf(buckets: number, ends: number, ofAccounts: number): keyof typeof stages {
  if (stands('report.html') && !stands('running.lock')) return 'done';
  if (stands('snapshot/manifest.json')) return 'judging';
  if (ends > 0) return 'waveTwo';
  if (buckets === ofAccounts) return 'betweenWaves';
  return buckets > 0 ? 'waveOne' : 'before';
}

it(`${kills} scans that are killed (SEED=${seed}) come to the same when they are resumed`, async () => {
  const whole = await undisturbed();
  const all = finished('buckets').length;
  for (let at = 0; at < kills; at += 1) {
    rmSync(join(folder, 'replint-out'), { recursive: true, force: true });
    const moment = momentOf(at, whole.calls);
    await killedAt(moment);
    const when = `killed ${moment.milliseconds} ms after ${moment.name} (SEED=${seed})`;
    const [buckets, ends] = [finished('buckets'), finished('ends')];
    stages[stageOf(buckets.length, ends.length, all)] += 1;
    org.sandbox.calls.clear();
    const { code, err } = await run(sandbox, folder, [...command, '--resume']);
    expect(code, `${when}: ${err}`).toBe(0);
    expect(result() === whole.result, when).toBe(true);
    expect(askedAgain(buckets, ends), when).toEqual([]);
    const left = readdirSync(join(folder, 'replint-out'), { recursive: true, encoding: 'utf8' });
    expect(
      left.filter((name) => /unfinished|lock/.test(name)),
      when,
    ).toEqual([]);
  }
  process.stdout.write(`${kills} kills of ${whole.calls} calls: ${JSON.stringify(stages)}\n`);
  // Otherwise nothing was tried there.
  const { waveOne, waveTwo, judging } = stages;
  expect(Math.min(waveOne, waveTwo, judging), JSON.stringify(stages)).toBeGreaterThan(0);
}, 1_800_000);
