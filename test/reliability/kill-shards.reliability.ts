/** Kill -9 of one of several processes that read an organization together, then --resume of that shard: the same bytes, times aside. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { askedAgain, finished, killedAt, random, type Moment } from './killed.ts';
import { run, start, type Ended } from './process.ts';
import { seed, shardKills } from './size.ts';
import { wholeEstate } from '../collect/whole.ts';
import { shardOf } from '../../src/snapshot/shards.ts';

type Wave = 'buckets' | 'ends';

const of = 2;
const latencyMs = 60;
const org = await wholeEstate({ latencyMs });
const { sandbox } = org.asRunner;
// Shards share out Organizations' own rates: nearly every moment would fall into a wait for them.
org.sandbox.world.organization?.policyTypes.clear();

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-kill-'));
  writeFileSync(join(folder, 'replint.yaml'), 'limits: { accountsAtOnce: 1, callsPerSecond: 500 }\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => org.close());

const inOut = (...names: readonly string[]): string => join(folder, 'replint-out', ...names);
const shards = Array.from({ length: of }, (_, at) => at + 1);

const shard = (wave: Wave, index: number, ...more: readonly string[]): readonly string[] => [
  ...['collect', '--config', 'replint.yaml', '--wave', wave, '--shard', `${index}/${of}`],
  ...more,
];

async function succeeded(ended: Promise<Ended>, when: string): Promise<void> {
  const { code, err } = await ended;
  expect(code, `${when}: ${err}`).toBe(0);
}

/** All of a wave's shards side by side. */
async function read(wave: Wave, when: string): Promise<void> {
  await Promise.all(shards.map((index) => succeeded(run(sandbox, folder, shard(wave, index)), when)));
}

async function evaluated(when: string): Promise<void> {
  const command = ['evaluate', 'replint-out/snapshot', '--config', 'replint.yaml'];
  const more = ['--fail-on', 'never', '--allow-incomplete', '--format', 'json'];
  await succeeded(run(sandbox, folder, [...command, ...more]), when);
}

/** What stands on disk, times and what is made from them aside. */
function result(): string {
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
  const stored = (['buckets', 'ends'] as const).flatMap((wave) =>
    readdirSync(inOut('snapshot', wave))
      .sort()
      .flatMap((name) => [
        name,
        ...lines(gunzipSync(readFileSync(inOut('snapshot', wave, name))).toString()),
      ]),
  );
  const audited = ['audit.json', 'findings.ndjson'].map((name) => readFileSync(inOut(name), 'utf8'));
  return [...stored, ...audited]
    .join('\n')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    .replace(/"work":"[\da-f]{64}"/g, '');
}

/** Calls that were answered in a shard's accounts. */
function answered(index: number): number {
  const own = org.sandbox.calls.entries().filter(({ account }) => shardOf(account, of) === index);
  return own.reduce((sum, { operation, count }) => sum + (operation.startsWith('sts:') ? 0 : count), 0);
}

/** What undisturbed shards come to, and how many calls each makes in its accounts in each wave. */
async function undisturbed(): Promise<{
  readonly result: string;
  readonly calls: Readonly<Record<Wave, readonly number[]>>;
}> {
  const counted = async (wave: Wave): Promise<readonly number[]> => {
    org.sandbox.calls.clear();
    await read(wave, 'undisturbed');
    return shards.map(answered);
  };
  const calls = { buckets: await counted('buckets'), ends: await counted('ends') };
  await evaluated('undisturbed');
  return { result: result(), calls };
}

/** Which files stand there, and whose: one that is written again is another. */
function filesOf(index: number): readonly string[] {
  return (['buckets', 'ends'] as const).flatMap((wave) =>
    finished(inOut('snapshot'), wave)
      .filter((account) => shardOf(account, of) === index)
      .map(
        (account) => `${wave} ${account} ${statSync(inOut('snapshot', wave, `${account}.ndjson.gz`)).ino}`,
      ),
  );
}

const killed: Record<Wave, number> = { buckets: 0, ends: 0 };

/** Kills one shard of a wave beside the others, and resumes it. */
async function disturbed(wave: Wave, victim: number, moment: Moment, when: string): Promise<void> {
  const others = shards.filter((index) => index !== victim);
  org.sandbox.calls.clear();
  const running = start(sandbox, folder, shard(wave, victim));
  await Promise.all([
    killedAt(running, moment),
    ...others.map((index) => succeeded(run(sandbox, folder, shard(wave, index)), when)),
  ]);
  if ((await running.ended).code === null) killed[wave] += 1;
  const left = (one: Wave): readonly string[] =>
    finished(inOut('snapshot'), one).filter((account) => shardOf(account, of) === victim);
  const [buckets, ends] = [left('buckets'), left('ends')];
  const theirs = others.flatMap(filesOf);
  org.sandbox.calls.clear();
  await succeeded(run(sandbox, folder, shard(wave, victim, '--resume')), when);
  expect(askedAgain(org.sandbox, buckets, ends), when).toEqual([]);
  expect(others.flatMap(filesOf), when).toEqual(theirs);
}

it(`${shardKills} shards that are killed beside others (SEED=${seed}) come to the same when they are resumed`, async () => {
  const whole = await undisturbed();
  for (let at = 0; at < shardKills; at += 1) {
    rmSync(inOut(), { recursive: true, force: true });
    const wave = at % 2 === 0 ? 'buckets' : 'ends';
    const busy = shards.filter((index) => (whole.calls[wave][index - 1] ?? 0) > 0);
    const victim = busy[Math.floor(random(at) * busy.length)] ?? 1;
    const calls = 1 + Math.floor(random(shardKills + at) * (whole.calls[wave][victim - 1] ?? 1));
    const moment: Moment = {
      name: `${calls} calls`,
      isReached: () => answered(victim) >= calls,
      milliseconds: random(2 * shardKills + at) * latencyMs,
    };
    const when = `${wave} of shard ${victim} killed ${moment.milliseconds} ms after ${moment.name} (SEED=${seed})`;
    if (wave === 'ends') await read('buckets', when);
    await disturbed(wave, victim, moment, when);
    if (wave === 'buckets') await read('ends', when);
    await evaluated(when);
    expect(result() === whole.result, when).toBe(true);
    const names = readdirSync(inOut(), { recursive: true, encoding: 'utf8' });
    expect(
      names.filter((name) => /unfinished|lock/.test(name)),
      when,
    ).toEqual([]);
  }
  // Otherwise nothing was tried there.
  expect(Math.min(killed.buckets, killed.ends), JSON.stringify(killed)).toBeGreaterThan(0);
}, 1_800_000);
