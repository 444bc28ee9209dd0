/** Many processes, each the real command, against one organization: what they make together is what one makes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoConfiguration } from '../../sandbox/demo/configuration.ts';
import { seedDemo } from '../../sandbox/demo/seed.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { auditRole, withSandbox } from '../../src/cli/demo.ts';
import { readSettings } from '../../src/cli/settings.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');
const begun = new Date().toISOString();

let folder: string;
let sandbox: Sandbox;
/** What one process made, and which calls it made. */
let one: { readonly audit: string; readonly findings: string; readonly calls: ReadonlyMap<string, number> };

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.world.region,
    AWS_ACCESS_KEY_ID: sandbox.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.on('close', (code) => {
      resolve({ code, err });
    });
  });
}

/** Runs a process for each shard, all at once. */
async function all(of: number, command: (shard: string, index: number) => readonly string[]): Promise<void> {
  const shards = Array.from({ length: of }, (_, at) => command(`${at + 1}/${of}`, at + 1));
  const ended = await Promise.all(shards.map((args) => run(...args)));
  expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
}

/** A file with the times of this test's own taken out; those that belong to the organization stay. */
function timeless(...path: readonly string[]): string {
  const text = readFileSync(join(folder, ...path), 'utf8');
  // Metrics are asked of the last day or so, by the hour, and messages tell the minute.
  const first = new Date(Date.parse(begun) - 26 * 3_600_000).toISOString().slice(0, 16);
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d\.\d{3})?Z/g, (time) =>
    time.slice(0, 16) >= first ? '<time>' : time,
  );
}

function calls(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { operation, count } of sandbox.calls.entries()) {
    counts.set(operation, (counts.get(operation) ?? 0) + count);
  }
  return counts;
}

/** The calls that are each account's own: those count against the calling account's limits that the shards share. */
const owned = (counted: ReadonlyMap<string, number>): readonly string[] =>
  [...counted]
    .filter(([name]) => !/^(sts|organizations):/.test(name))
    .map(([name, count]) => `${name} ${count}`)
    .sort();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replint-shard-'));
  writeFileSync(join(folder, 'replint.yaml'), demoConfiguration(new Date()));
  sandbox = await startSandbox();
  const settings = readSettings({ config: join(folder, 'replint.yaml') });
  await withSandbox(sandbox, () => seedDemo(sandbox, auditRole(settings)));
  // Policies of the organization are asked for at AWS's rates, which would have every shard wait for minutes.
  sandbox.world.organization?.policyTypes.clear();
  sandbox.calls.clear();
  const { err } = await run('scan', '--out', 'one', '--format', 'json');
  expect(err).toContain('Scanned');
  one = {
    audit: timeless('one', 'audit.json'),
    findings: timeless('one', 'findings.ndjson'),
    calls: calls(),
  };
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  sandbox.calls.clear();
});

describe('eight shards', () => {
  it('in one folder make what one process makes, byte for byte, with the same calls in the accounts', async () => {
    await all(8, (shard) => ['collect', '--out', 'eight', '--wave', 'buckets', '--shard', shard]);
    await all(8, (shard) => ['collect', '--out', 'eight', '--wave', 'ends', '--shard', shard]);
    expect(owned(calls())).toEqual(owned(one.calls));
    await run('evaluate', 'eight/snapshot', '--out', 'eight', '--format', 'json');
    expect(timeless('eight', 'findings.ndjson')).toBe(one.findings);
    expect(timeless('eight', 'audit.json')).toBe(one.audit);
  });
});

describe('three shards', () => {
  const folders = ['s1/snapshot', 's2/snapshot', 's3/snapshot'];

  it('in folders of their own, with the organization listed once, make the same', async () => {
    expect(await run('collect', '--wave', 'accounts', '--out', 'list')).toMatchObject({ code: 0 });
    const listed = calls().get('organizations:ListAccounts');
    await all(3, (shard, index) => [
      'collect',
      '--wave',
      'buckets',
      '--shard',
      shard,
      '--out',
      `s${index}`,
      '--from',
      'list/snapshot',
    ]);
    await all(3, (shard, index) => [
      'collect',
      '--wave',
      'ends',
      '--shard',
      shard,
      '--out',
      `s${index}`,
      '--from',
      ...folders,
    ]);
    expect(calls().get('organizations:ListAccounts')).toBe(listed);
    await run('evaluate', ...folders, '--out', 'three', '--format', 'json');
    expect(timeless('three', 'findings.ndjson')).toBe(one.findings);
    expect(timeless('three', 'audit.json')).toBe(one.audit);
  });

  it.each([
    [['evaluate', 's1/snapshot', 's3/snapshot'], 'of 3 shards 2/3 did not finish'],
    [['evaluate', ...folders, 's2/snapshot'], 'is the same shard: take one of them'],
    [['evaluate', 'one/snapshot', ...folders], 'it is a whole scan'],
    [['evaluate', 'list/snapshot'], 'holds no finished snapshot'],
    [['collect', '--wave', 'ends', '--out', 'none'], "no shard's buckets are there"],
    [['collect', '--wave', 'buckets', '--from', 'none'], "'replint collect --wave accounts' writes it"],
    [['collect', '--shard', '3/8'], '--shard and --from go with --wave'],
    [['collect', '--wave', 'accounts', '--shard', '3/8'], 'it takes no --shard'],
    [['collect', '--wave', 'buckets', '--from', 'a', 'b'], 'takes one --from'],
    [['collect', '--wave', 'buckets', '--shard', '9/8'], 'The third of eight shards is 3/8.'],
    [['collect', '--wave', 'buckets', '--shard', '0/8'], 'The third of eight shards is 3/8.'],
    [
      ['collect', '--wave', 'ends', '--from', ...folders, '--rule', 'bucket-key-off'],
      'The buckets were read with another configuration',
    ],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { code, err } = await run(...args);
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
    expect(code).toBe(2);
  });
});
