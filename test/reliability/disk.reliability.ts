/** What the disk and the user do to a scan, and what it says at its loudest: the real command. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, start, type Running } from './process.ts';
import { timeless } from './seen.ts';
import { wholeEstate } from '../collect/whole.ts';

const org = await wholeEstate();
const { sandbox } = org.asRunner;
const scan = ['scan', '--fail-on', 'never', '--allow-incomplete'];
const externalId = 'between-us-alone';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replint-disk-'));
});
afterEach(() => {
  org.sandbox.faults.clear();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => org.close());

const inOut = (...names: readonly string[]): string => join(folder, 'replint-out', ...names);

/** Every file below the results, unpacked. */
function texts(): ReadonlyMap<string, string> {
  const names = readdirSync(inOut(), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(inOut(name)).isFile(),
  );
  return new Map(
    names.map((name) => {
      const bytes = readFileSync(inOut(name));
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')];
    }),
  );
}

describe('exit codes', () => {
  it.each([
    ['s3:GetBucketVersioning', 'denied', 3],
    ['s3:GetBucketReplication', '503', 3],
    ['sts:AssumeRole', 'denied', 3],
    ['sts:GetCallerIdentity', 'denied', 2],
    ['organizations:ListAccounts', 'malformed', 2],
  ] as const)('%s, %s: %i', async (operation, kind, code) => {
    org.sandbox.faults.add({ operation, kind });
    const ended = await run(sandbox, folder, ['scan', '--fail-on', 'never']);
    expect(ended.code, ended.err).toBe(code);
    expect(ended.err).not.toContain('    at ');
  });
});

describe('the disk', () => {
  it('full in the middle of a scan: a sentence, and --resume goes on from what was read', async () => {
    const account = org.accounts[0] ?? '';
    mkdirSync(inOut('snapshot', 'ends'), { recursive: true });
    // A scan clears what an earlier one left; one that is resumed does not.
    symlinkSync('/dev/full', inOut('snapshot', 'ends', `${account}.ndjson.gz.unfinished`));
    const { code, err } = await run(sandbox, folder, [...scan, '--resume']);
    expect(err).toMatch(/^replint: Cannot write.*: the disk is full\.$/m);
    expect(code).toBe(2);
    expect(existsSync(inOut('audit.json'))).toBe(false);
    org.sandbox.calls.clear();
    expect((await run(sandbox, folder, [...scan, '--resume'])).code).toBe(0);
    expect(org.sandbox.calls.count({ operation: 's3:ListBuckets' })).toBe(0);
  });

  it('full while a report is written: a sentence, and no half of it', async () => {
    mkdirSync(inOut(), { recursive: true });
    symlinkSync('/dev/full', inOut('report.html.unfinished'));
    const { code, err } = await run(sandbox, folder, scan);
    expect(err).toMatch(/^replint: Cannot write.*: the disk is full\.$/m);
    expect(code).toBe(2);
    expect(readdirSync(inOut()).filter((name) => name.startsWith('report.html'))).toEqual([]);
  });

  it('that takes no larger files: a sentence', async () => {
    const limited = `ulimit -f 1; exec "$0" "$@"`;
    const { code, err } = await run(sandbox, folder, scan, { shell: limited });
    expect(err).toMatch(/^replint: Cannot write.*: the file would be larger than the system allows\.$/m);
    expect(code).toBe(2);
    expect((await run(sandbox, folder, [...scan, '--resume'])).code).toBe(0);
  });

  it('with a file in the way: a sentence', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const out of ['file', 'file/out']) {
      const { code, err } = await run(sandbox, folder, [...scan, '--out', out]);
      expect(err).toMatch(/^replint: Cannot write '.*': a file stands where a folder is needed\.$/m);
      expect(code).toBe(2);
    }
  });

  it('read-only: a sentence', async () => {
    const shut = join(folder, 'shut');
    mkdirSync(shut);
    chmodSync(shut, 0o555);
    chmodSync(folder, 0o755);
    // Nothing is read-only for root, so that root runs it as nobody.
    const who = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, err } = await run(sandbox, folder, [...scan, '--out', join(shut, 'out')], who);
    expect(err).toMatch(/^replint: Cannot write '.*shut\/out': replint may not write there\.$/m);
    expect(code).toBe(2);
  });
});

/** Holds a process where it has just said in its lock who it is, however long the others need. */
async function stopped({ child }: Running, lock: string): Promise<void> {
  const says = (): boolean => existsSync(lock) && readFileSync(lock, 'utf8').includes('}');
  while (!says()) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGSTOP');
}

it('a folder that goes away under the scan: it ends by itself', async () => {
  const first = start(sandbox, folder, scan);
  await stopped(first, inOut('running.lock'));
  rmSync(folder, { recursive: true });
  first.child.kill('SIGCONT');
  const { err } = await first.ended;
  expect(err).not.toContain('    at ');
});

it('a folder that is gone before: a sentence', async () => {
  const shell = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"`;
  const { code, err } = await start(sandbox, folder, scan, { shell }).ended;
  expect(err).toMatch(/^replint: .*the folder in which replint was started is gone.*\n$/);
  expect(code).toBe(2);
});

it('two scans into one folder: the second says so, and the first is as if there were none', async () => {
  const first = start(sandbox, folder, scan);
  await stopped(first, inOut('running.lock'));
  const second = await run(sandbox, folder, scan);
  first.child.kill('SIGCONT');
  expect(second.err).toMatch(
    /^replint: Another replint is writing into 'replint-out' \(process \d+ on .*\n$/,
  );
  expect(second.code).toBe(2);
  expect((await first.ended).code).toBe(0);
  expect(existsSync(inOut('audit.json'))).toBe(true);
  expect(existsSync(inOut('running.lock'))).toBe(false);
});

it('two processes of one shard into one folder: the second says so; another shard goes on beside it', async () => {
  const shard = (index: number): readonly string[] => [
    'collect',
    '--wave',
    'buckets',
    '--shard',
    `${index}/2`,
  ];
  const first = start(sandbox, folder, shard(1));
  await stopped(first, inOut('running.buckets.1-of-2.lock'));
  const [again, beside, whole] = await Promise.all([
    run(sandbox, folder, shard(1)),
    run(sandbox, folder, shard(2)),
    run(sandbox, folder, scan),
  ]);
  first.child.kill('SIGCONT');
  for (const { code, err } of [again, whole]) {
    expect(err).toMatch(/^replint: Another replint is writing into 'replint-out' \(process \d+ on .*\n$/);
    expect(code).toBe(2);
  }
  expect(beside.code, beside.err).toBe(0);
  expect((await first.ended).code).toBe(0);
  const ended = await run(sandbox, folder, ['collect', '--wave', 'ends']);
  expect(ended.code, ended.err).toBe(0);
  const judged = await run(sandbox, folder, ['evaluate', inOut('snapshot'), ...scan.slice(1)]);
  expect(judged.code, judged.err).toBe(0);
});

describe('what is not as it was written', () => {
  const evaluate = ['evaluate', 'replint-out/snapshot', '--out', 'again', ...scan.slice(1)];
  const firstOf = (wave: string): string =>
    inOut('snapshot', wave, readdirSync(inOut('snapshot', wave))[0] ?? '');

  /** One bit, in the middle of a file. */
  function flip(path: string): void {
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }

  it.each([
    ['the manifest', () => inOut('snapshot', 'manifest.json'), null],
    [
      'an account',
      () => firstOf('buckets'),
      /^Of 1 account what was read is damaged, .*: it is read again\.$/m,
    ],
    ['ends of routes', () => firstOf('ends'), /^Of 1 account the ends of routes were read again: /m],
  ])('one bit of %s: evaluate refuses it, and --resume reads it again', async (_what, path, sentence) => {
    expect((await run(sandbox, folder, scan)).code).toBe(0);
    const audit = timeless(JSON.parse(readFileSync(inOut('audit.json'), 'utf8')));
    flip(path());
    const refused = await run(sandbox, folder, evaluate);
    expect(refused.err).toMatch(/^replint: Cannot read '.*': .*\n$/);
    expect(refused.code).toBe(2);
    const { code, err } = await run(sandbox, folder, [...scan, '--resume']);
    expect(code, err).toBe(0);
    if (sentence !== null) expect(err).toMatch(sentence);
    expect(timeless(JSON.parse(readFileSync(inOut('audit.json'), 'utf8')))).toBe(audit);
  });

  it('another configuration: all is read again, and a sentence says so', async () => {
    expect((await run(sandbox, folder, [...scan, '--rule', 'destination-unverifiable'])).code).toBe(0);
    const { code, err } = await run(sandbox, folder, [...scan, '--resume']);
    expect(err).toMatch(
      /^Of 4 accounts what was read is damaged, or another version or configuration read it: they /m,
    );
    expect(code).toBe(0);
  });

  it('another version: evaluate says which it reads', async () => {
    expect((await run(sandbox, folder, scan)).code).toBe(0);
    const path = inOut('snapshot', 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"format": 1', '"format": 2'));
    const { code, err } = await run(sandbox, folder, evaluate);
    expect(err).toMatch(
      /^replint: Cannot read '.*': it is no snapshot of format 1, which this version reads\.$/m,
    );
    expect(code).toBe(2);
  });
});

describe('at its loudest', () => {
  it.each([['--verbose'], ['--log-json']])(
    '%s puts no secret anywhere, and every file is private',
    async (loud) => {
      writeFileSync(join(folder, 'replint.yaml'), `organization: { externalId: ${externalId} }\n`);
      // Errors are told too, in AWS's own words.
      org.sandbox.faults.add({ operation: 's3:GetBucketPolicy', kind: 'denied', times: 1 });
      const { code, out, err } = await run(sandbox, folder, [...scan, loud]);
      expect(code, err).toBe(0);
      const secrets = [...org.sandbox.world.credentials.values()].flatMap((one) =>
        [one.accessKeyId, one.secretAccessKey, one.sessionToken].filter((secret) => secret !== null),
      );
      const asked = [...secrets, externalId];
      expect(asked.length).toBeGreaterThan(12);
      expect(asked).toContain(sandbox.administrator.secretAccessKey);
      for (const [name, text] of [...texts(), ['standard output', out], ['standard error', err]] as const) {
        expect(
          asked.filter((secret) => text.includes(secret)),
          name,
        ).toEqual([]);
        expect(
          /AWS4-HMAC|Credential=|Signature=|X-Amz-Signature|X-Amz-Security-Token/i.test(text),
          name,
        ).toBe(false);
      }
      for (const name of ['.', ...readdirSync(inOut('snapshot'), { recursive: true, encoding: 'utf8' })]) {
        expect(statSync(inOut('snapshot', name)).mode & 0o077, name).toBe(0);
      }
      for (const name of texts().keys()) expect(statSync(inOut(name)).mode & 0o777, name).toBe(0o600);
    },
  );

  it('--log-json tells everything in lines of JSON, and each call of the sandbox once', async () => {
    org.sandbox.calls.clear();
    const { err } = await run(sandbox, folder, [...scan, '--log-json']);
    const lines = err
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const told = lines.filter((line) => JSON.stringify(line).startsWith('{"kind":"call"'));
    expect(told.length).toBe(org.sandbox.calls.count());
    expect(told).toContainEqual(
      expect.objectContaining({
        account: org.accounts[0],
        call: 's3:GetBucketReplication',
        about: 'orders',
        outcome: 'ok',
        attempts: 1,
      }),
    );
    expect(lines.at(-1)).toMatchObject({ kind: 'done', complete: true });
  });

  it('--verbose tells a call a line, and --quiet nothing', async () => {
    const { err } = await run(sandbox, folder, [...scan, '--verbose']);
    expect(err).toMatch(
      new RegExp(`^${org.accounts[0] ?? ''} s3:GetBucketReplication orders: ok, \\d+ ms$`, 'm'),
    );
    expect(await run(sandbox, folder, [...scan, '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });
});
