/** Kill -9 at any moment, then --resume: the same audit, and nothing that was answered is asked again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { askedAgain, finished, killedAt, random, type Moment } from './killed.ts';
import { run, start } from './process.ts';
import { timeless } from './seen.ts';
import { kills, seed } from './size.ts';
import { wholeEstate } from '../collect/whole.ts';

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

const snapshot = (): string => join(folder, 'replint-out', 'snapshot');

/** What an undisturbed scan comes to, and how many calls it makes. */
async function undisturbed(): Promise<{ readonly result: string; readonly calls: number }> {
  org.sandbox.calls.clear();
  const { code, err } = await run(sandbox, folder, command);
  expect(code, err).toBe(0);
  return { result: result(), calls: org.sandbox.calls.count() };
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
    return { name: 'the first ends', isReached: () => finished(snapshot(), 'ends').length > 0, milliseconds };
  const answered = 1 + Math.floor(((at + random(at)) / kills) * calls);
  const isReached = (): boolean => org.sandbox.calls.count() >= answered;
  return { name: `${answered} calls`, isReached, milliseconds };
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
  const all = finished(snapshot(), 'buckets').length;
  for (let at = 0; at < kills; at += 1) {
    rmSync(join(folder, 'replint-out'), { recursive: true, force: true });
    const moment = momentOf(at, whole.calls);
    org.sandbox.calls.clear();
    await killedAt(start(sandbox, folder, command), moment);
    const when = `killed ${moment.milliseconds} ms after ${moment.name} (SEED=${seed})`;
    const [buckets, ends] = [finished(snapshot(), 'buckets'), finished(snapshot(), 'ends')];
    stages[stageOf(buckets.length, ends.length, all)] += 1;
    org.sandbox.calls.clear();
    const { code, err } = await run(sandbox, folder, [...command, '--resume']);
    expect(code, `${when}: ${err}`).toBe(0);
    expect(result() === whole.result, when).toBe(true);
    expect(askedAgain(org.sandbox, buckets, ends), when).toEqual([]);
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
