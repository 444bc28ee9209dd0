/** The real command, as a process of its own, against the sandbox: what a user meets on bad days. */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { admit, estate, makeBucket, replicate, replicationRole, type Estate } from '../collect/estate.ts';
import type { Audit } from '../../src/model/audit.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');

let org: Estate;
let folder = '';
let vault = '';

beforeEach(async () => {
  org = await estate(2);
  folder = mkdtempSync(join(tmpdir(), 'replint-cli-'));
  const [shop = '', other = ''] = org.accounts;
  vault = other;
  const s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  const far = await org.s3(vault, 'eu-central-1');
  await makeBucket(far, 'orders-replica');
  const role = await replicationRole(await org.inside(shop), 'r');
  await replicate(s3, 'orders', role, 'orders-replica');
  await admit(far, 'orders-replica', role);
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await org.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The variables of a shell that knows the sandbox and nothing else of AWS. */
function environment(more: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const { sandbox } = org;
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: sandbox.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

function run(
  args: readonly string[],
  more: Readonly<Record<string, string | undefined>> = {},
  during: (child: ReturnType<typeof spawn>, err: () => string) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: environment(more) });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
      during(child, () => err);
    });
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

const auditOf = (out = 'replint-out'): Audit =>
  // Our own file.
  JSON.parse(readFileSync(join(folder, out, 'audit.json'), 'utf8')) as Audit;

/** Everything below a folder that bears a file's final name. */
function finalNames(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(json|ndjson|sarif|html|csv|md|xml|gz)$/.test(name),
  );
}

describe('replint scan', () => {
  it('ends with 0 where all is well, and writes the usual reports', async () => {
    const { code, err } = await run(['scan']);
    expect(err).toContain('Found    ■ 0 errors');
    expect(code).toBe(0);
    expect(
      finalNames()
        .filter((name) => !name.includes('snapshot'))
        .sort(),
    ).toEqual(
      [
        ...['audit.json', 'findings.csv', 'findings.ndjson', 'findings.ocsf.json', 'findings.sarif'],
        ...['report.html', 'summary.md'],
      ].map((name) => `replint-out/${name}`),
    );
  });

  it('ends with 1 where there is an error, with 0 under --fail-on never, and says what to type', async () => {
    const s3 = await org.s3(vault, 'eu-central-1');
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders-replica', VersioningConfiguration }));
    const { code, err } = await run(['scan', '--format', 'csv']);
    expect(err).toContain('$ aws s3api put-bucket-versioning --bucket orders-replica');
    expect(code).toBe(1);
    expect((await run(['evaluate', 'replint-out/snapshot', '--fail-on', 'never'])).code).toBe(0);
  });

  it('ends with 3 where an account is unreadable, and scans the others', async () => {
    org.sandbox.faults.add({ operation: 's3:ListBuckets', account: vault, kind: 'denied' });
    const { code, err } = await run(['scan', '--rule', 'bucket-key-off']);
    expect(err).toContain(
      `s3:ListBuckets on 'account ${vault}' was denied to the credentials of account ${vault}.`,
    );
    expect(code).toBe(3);
    expect(auditOf().coverage.accounts.filter(({ status }) => status === 'scanned')).toHaveLength(2);
    expect(
      (await run(['evaluate', 'replint-out/snapshot', '--rule', 'bucket-key-off', '--allow-incomplete']))
        .code,
    ).toBe(0);
  });

  it('says in one sentence that there are no credentials', async () => {
    const { code, err } = await run(['scan'], {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    });
    expect(err).toMatch(/^replint: No AWS credentials were found: set AWS_PROFILE, or .*\n$/);
    expect(code).toBe(2);
    expect(finalNames()).toEqual([]);
  });

  it.each([
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, 'AWS refused the credentials: SignatureDoesNotMatch'],
    [{ AWS_REGION: undefined }, 'No AWS Region is set: set AWS_REGION'],
    [{ AWS_REGION: 'ireland' }, "'ireland' is not the name of an AWS Region"],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, 'could not be reached'],
  ])('with %j it cannot run, and leaves nothing', async (more, sentence) => {
    const { code, err } = await run(['scan'], more);
    expect(err).toContain(sentence);
    expect(err).not.toContain('    at ');
    expect(code).toBe(2);
    expect(finalNames()).toEqual([]);
  });

  it('names the line of a configuration that is wrong, before any call', async () => {
    writeFileSync(join(folder, 'replint.yaml'), 'preset: all\nrules:\n  bucket-key-of: off\n');
    org.sandbox.calls.clear();
    const { code, err } = await run(['scan']);
    expect(err).toContain(
      "replint: replint.yaml:3:3: 'bucket-key-of' is not allowed in rules. Did you mean 'bucket-key-off'?",
    );
    expect(code).toBe(2);
    expect(org.sandbox.calls.entries()).toEqual([]);
  });

  it.each([
    ['scan', '--rule', 'nonsense'],
    ['scan', '--account', '12'],
    ['scan', '--format', 'pdf'],
    ['scna'],
    ['scan', '--nonsense'],
  ])('refuses %s %s %s', async (...args) => {
    const { code, err } = await run(args);
    expect(err.length).toBeGreaterThan(20);
    expect(err).not.toContain('    at ');
    expect(code).toBe(2);
  });

  it('says that the disk is full, and leaves no report half-written', async () => {
    mkdirSync(join(folder, 'replint-out'));
    symlinkSync('/dev/full', join(folder, 'replint-out', 'report.html.unfinished'));
    const { code, err } = await run(['scan']);
    expect(err).toMatch(/^replint: Cannot write.*: the disk is full\.$/m);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'replint-out', 'report.html'))).toBe(false);
  });

  it('says that a file stands where its folder should be', async () => {
    writeFileSync(join(folder, 'replint-out'), '');
    const { code, err } = await run(['scan']);
    expect(err).toContain('a file stands where a folder is needed');
    expect(code).toBe(2);
  });

  it('stops at Ctrl-C with one sentence, and nothing half-written', async () => {
    org.sandbox.faults.add({ operation: 's3:GetBucketReplication', kind: 'delay', delayMs: 20_000 });
    const { code, err } = await run(['scan'], {}, (child, said) => {
      if (said().includes('Buckets:') && !child.killed) child.kill('SIGINT');
    });
    expect(err).toContain('replint: Stopped.');
    expect(code).toBe(130);
    expect(finalNames().filter((name) => !/snapshot\/buckets/.test(name))).toEqual([]);
    expect(
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.unfinished'),
      ),
    ).toEqual([]);
  });

  it('puts no secret into any output', async () => {
    const { err, out } = await run(['scan']);
    const { credentials } = org.sandbox.world;
    const secrets = [...credentials.values()].flatMap(({ secretAccessKey, sessionToken }) => [
      secretAccessKey,
      sessionToken ?? secretAccessKey,
    ]);
    expect(secrets.length).toBeGreaterThan(4);
    const files = readdirSync(join(folder, 'replint-out'), { recursive: true, encoding: 'utf8' });
    const texts = files
      .filter((name) => /\.(json|ndjson|sarif|html|csv|md)$/.test(name))
      .map((name) => readFileSync(join(folder, 'replint-out', name), 'utf8'));
    for (const text of [err, out, ...texts])
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

describe('what leaves the house', () => {
  const secret = { REPLINT_REDACT_KEY: 'x'.repeat(32) };
  const uploads = (out = 'replint-out'): readonly string[] =>
    existsSync(join(folder, out, 'sarif')) ? readdirSync(join(folder, out, 'sarif')) : [];

  it('is no upload that would close the alerts of what was not scanned, unless a baseline carries them along', async () => {
    const [shop = ''] = org.accounts;
    const sarif = join(folder, 'replint-out/findings.sarif');
    const scan = ['scan', '--fail-on', 'never', '--allow-incomplete'];
    expect((await run([...scan, '--rule', 'bucket-key-off'])).err).toContain(
      'only 1 rule (bucket-key-off) was judged: GitHub would close',
    );
    expect(existsSync(sarif)).toBe(false);
    expect((await run(scan)).code).toBe(0);
    expect(existsSync(sarif)).toBe(true);
    const { err } = await run([...scan, '--account', shop, '--out', 'part']);
    expect(err).toContain('part/findings.sarif is withheld.');
    // An older one would be uploaded as if it were this scan's.
    await run([...scan, '--account', shop, '--quiet']);
    expect(existsSync(sarif)).toBe(false);
    await run(scan);
    expect((await run([...scan, '--account', shop, '--baseline', 'replint-out'])).err).not.toContain(
      'withheld',
    );
    expect(existsSync(sarif)).toBe(true);
    // Carried on.
    expect((await run([...scan, '--account', shop, '--baseline', 'replint-out'])).err).not.toContain(
      'withheld',
    );
    org.sandbox.faults.add({ operation: 's3:ListBuckets', account: vault, kind: 'denied' });
    const first = await run([...scan, '--baseline', 'none', '--out', 'first']);
    expect(first.err).not.toContain('withheld');
    const second = await run([...scan, '--baseline', 'first', '--out', 'second']);
    expect(second.err).not.toContain('withheld');
    expect((await run([...scan, '--out', 'third'])).err).toContain(`1 account (${vault}) was not scanned`);
  });

  it('is SARIF in parts where that is asked for, and no part that is not of this run', async () => {
    const scan = ['scan', '--fail-on', 'never', '--format', 'sarif'];
    await run([...scan, '--sarif-split', 'account']);
    const parts = uploads();
    expect(parts).toEqual(expect.arrayContaining(org.accounts.map((id) => `account-${id}.sarif`)));
    expect(existsSync(join(folder, 'replint-out/findings.sarif'))).toBe(false);
    for (const name of parts) {
      const text = readFileSync(join(folder, 'replint-out/sarif', name), 'utf8');
      expect(text).toMatch(new RegExp(`"automationDetails":\\{"id":"replint/[^"]*/${name.slice(0, -6)}/"`));
    }
    await run([...scan, '--sarif-split', 'ou']);
    expect(uploads().every((name) => name.startsWith('ou-'))).toBe(true);
    expect(uploads().length).toBeGreaterThan(0);
    await run(scan);
    expect(uploads()).toEqual([]);
    const [shop = ''] = org.accounts;
    const { err } = await run([...scan, '--sarif-split', 'account', '--account', shop, '--allow-incomplete']);
    expect(uploads()).toEqual([`account-${shop}.sarif`]);
    expect(err).toContain(`account-${vault}.sarif is withheld.`);
  });

  it('points at the lines of replint.lock, which is written sorted, and kept where a scan did not look', async () => {
    const [shop = ''] = org.accounts;
    const scan = ['scan', '--fail-on', 'never', '--allow-incomplete'];
    expect((await run(['report', '.', '--lock'])).code).toBe(2);
    await run([...scan, '--lock']);
    const lock = (): string => readFileSync(join(folder, 'replint.lock'), 'utf8');
    const lines = [`${shop} eu-west-1 orders`, `${vault} eu-central-1 orders-replica`].sort();
    expect(lock()).toBe(`${lines.join('\n')}\n`);
    await run([...scan, '--lock', '--account', shop, '--baseline', 'none']);
    expect(lock()).toBe(`${lines.join('\n')}\n`);
    const text = readFileSync(join(folder, 'replint-out/findings.sarif'), 'utf8');
    expect(text).toContain('"uri":"replint.lock"');
    expect(text).toContain('"locationKind":"inventory"');
    expect(text).not.toContain('"locationKind":"virtual"');
    await run(['report', 'replint-out', '--out', 'again', '--lock', 'replint.lock', '--format', 'sarif']);
    expect(readFileSync(join(folder, 'again/findings.sarif'), 'utf8')).toBe(text);
    expect((await run([...scan, '--lock', '../x.lock'])).err).toContain('is outside of the current folder');
  });

  it('has no name where that is asked for: not on standard error, and not without a key', async () => {
    const scan = ['scan', '--fail-on', 'never', '--redact', 'names', '--lock', '--verbose'];
    for (const key of [undefined, 'short']) {
      const { code, err } = await run(scan, { REPLINT_REDACT_KEY: key });
      expect([code, err]).toEqual([
        2,
        expect.stringContaining('--redact needs a secret of 32 characters') as string,
      ]);
    }
    org.sandbox.faults.add({ operation: 's3:ListBuckets', account: vault, kind: 'denied' });
    const { err } = await run([...scan, '--baseline', 'none'], secret);
    const out = join(folder, 'replint-out/redacted');
    expect(readdirSync(out).sort()).toEqual(
      [
        ...['audit.json', 'findings.csv', 'findings.ndjson', 'findings.ocsf.json', 'findings.sarif'],
        ...['report.html', 'summary.md'],
      ].sort(),
    );
    const texts = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    for (const text of [err, readFileSync(join(folder, 'replint.lock'), 'utf8'), ...texts]) {
      for (const name of [...org.accounts, 'orders', secret.REPLINT_REDACT_KEY])
        expect(text).not.toContain(name);
    }
    expect(readFileSync(join(folder, 'replint.lock'), 'utf8')).toMatch(
      /^account-[a-z]{10} eu-west-1 name-[a-z]{10}\n$/,
    );
    // The audit itself stays as it is: the next one is held against it, and not against what was sent out.
    expect(auditOf().coverage.accounts.map(({ id }) => id)).toEqual(
      expect.arrayContaining([...org.accounts]),
    );
    const again = await run([...scan, '--baseline', 'replint-out/redacted'], secret);
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringContaining('The baseline is redacted') as string,
    ]);
    const twice = await run(['report', 'replint-out/redacted', '--redact', 'accounts'], secret);
    expect(twice.err).toContain('The audit is redacted already.');
    const same = await run(['report', 'replint-out', '--redact', 'names', '--out', 'replint-out'], secret);
    expect(same.err).toContain('needs a folder of its own');
    await run(['report', 'replint-out', '--redact', 'names', '--out', 'other'], secret);
    expect((await run(['diff', 'other', 'replint-out/redacted'])).out).toContain('none new');
    expect((await run(['diff', 'other', 'replint-out'])).err).toContain('redacted otherwise');
  });
});

describe('the halves', () => {
  it('collect, then evaluate, then report give what scan gives', async () => {
    expect((await run(['collect', '--out', 'a'])).code).toBe(0);
    expect(
      (await run(['evaluate', 'a/snapshot', '--out', 'b'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).code,
    ).toBe(0);
    expect((await run(['report', 'b', '--out', 'c', '--format', 'sarif,csv,json'])).code).toBe(0);
    for (const name of ['findings.sarif', 'findings.csv', 'audit.json', 'findings.ndjson']) {
      expect(readFileSync(join(folder, 'c', name), 'utf8')).toBe(
        readFileSync(join(folder, 'b', name), 'utf8'),
      );
    }
    expect(existsSync(join(folder, 'c', 'report.html'))).toBe(false);
  });

  it('narrow reports to a framework, leave the audit whole, and know the frameworks that there are', async () => {
    expect((await run(['collect'])).code).toBe(0);
    const narrow = ['--format', 'junit,markdown', '--framework', 'CIS-AWS-5.0', '--fail-on', 'never'];
    expect((await run(['evaluate', 'replint-out/snapshot', ...narrow])).code).toBe(0);
    expect(auditOf().compliance.frameworks.length).toBeGreaterThan(7);
    const cases = readFileSync(join(folder, 'replint-out/junit.xml'), 'utf8').match(/classname="[^"]*"/g);
    expect(new Set(cases)).toEqual(new Set(['classname="replint.destination-public"']));
    expect(readFileSync(join(folder, 'replint-out/summary.md'), 'utf8')).toContain('narrowed to CIS');
    for (const args of [['evaluate', 'replint-out/snapshot'], ['report', 'replint-out'], ['scan']]) {
      const { code, err } = await run([...args, '--framework', 'CIS']);
      expect(code).toBe(2);
      expect(err).toContain("There is no framework 'CIS'. Allowed: AWS-SecurityHub, NIST-800-53-r5");
    }
  });

  it.each([
    [['evaluate', 'nowhere'], "'nowhere' holds no finished snapshot; 'replint collect' writes one."],
    [['report', 'nowhere'], "there is none; 'replint scan' writes one."],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { code, err } = await run(args);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe('a baseline', () => {
  const suspend = async (): Promise<void> => {
    const s3 = await org.s3(vault, 'eu-central-1');
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders-replica', VersioningConfiguration }));
  };
  const few = ['--format', 'csv', '--rule', 'destination-versioning-off'];

  it('may be the folder that is written, gates on what is new, and is told by diff', async () => {
    expect((await run(['scan', ...few])).code).toBe(0);
    await suspend();
    expect((await run(['scan', ...few, '--out', 'second'])).code).toBe(1);
    const second = ['scan', ...few, '--baseline', 'replint-out', '--fail-on-new'];
    const fresh = await run(second);
    expect(fresh.err).toMatch(/^Since .*: 1 new \(1 error\), none unchanged, none resolved$/m);
    expect(fresh.code).toBe(1);
    // Now the baseline has it too.
    const known = await run(second);
    expect(known.err).toContain('none new, 1 unchanged (1 error), none resolved');
    expect(known.code).toBe(0);
    expect(auditOf().change).toMatchObject({ unchanged: { error: 1 } });
    expect((await run(['scan', ...few, '--baseline', 'replint-out'])).code).toBe(1);
    expect((await run(['diff', 'replint-out', 'second/audit.json'])).out).toBe(
      'none new, 1 unchanged (1 error), none resolved\n',
    );
  });

  it('shows in diff what came and what went, as text and as JSON', async () => {
    await run(['scan', ...few]);
    await suspend();
    await run(['scan', ...few, '--out', 'second']);
    const { out, code } = await run(['diff', 'replint-out', 'second']);
    expect(out).toMatch(/^new {10}■ destination-versioning-off {2}orders → orders-replica {2}\d{12}\n1 new/);
    expect(code).toBe(0);
    expect((await run(['diff', 'second', 'replint-out'])).out).toMatch(
      /^resolved .*\nnone new, none unchanged, 1 resolved/,
    );
    const read = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await run(['diff', '--json', ...args])).out);
    expect(await read('second', 'replint-out')).toMatchObject({
      findings: [{ change: 'resolved', rule: 'destination-versioning-off' }],
      change: { resolved: { error: 1 } },
    });
    expect(await read('second', 'second')).toMatchObject({
      findings: [],
      change: { unchanged: { error: 1 } },
    });
  });

  it.each([
    [['scan', '--fail-on-new'], '--fail-on-new needs --baseline'],
    [['scan', '--baseline', 'nowhere'], "there is none; 'replint scan' writes one."],
    [['diff', 'nowhere', 'nowhere'], "there is none; 'replint scan' writes one."],
  ])('%j is refused before any call', async (args, sentence) => {
    org.sandbox.calls.clear();
    const { code, err } = await run(args);
    expect(err).toContain(sentence);
    expect(code).toBe(2);
    expect(org.sandbox.calls.entries()).toEqual([]);
  });

  it('of another organization is refused', async () => {
    await run(['scan', ...few]);
    const path = join(folder, 'replint-out', 'audit.json');
    const audit = auditOf();
    const header = { ...audit.header, organization: 'o-another' };
    writeFileSync(path, JSON.stringify({ ...audit, header }));
    const { code, err } = await run([
      'evaluate',
      'replint-out/snapshot',
      '--out',
      'b',
      '--baseline',
      'replint-out',
    ]);
    expect(err).toMatch(
      /The baseline is an audit of o-another, and this is o-\w+: they have nothing to compare\./,
    );
    expect(code).toBe(2);
  });
});

describe('replint rules and policy', () => {
  const print = (...args: readonly string[]): Ended => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, err: stderr };
  };

  it('prints the catalogue, and one rule in full', () => {
    expect(print('rules').out).toContain('destination-versioning-off');
    expect(print('rules', 'destination-versioning-off').out).toContain('DstBucketUnversioned');
    expect(print('rules', 'duplicate-priority').out).toContain('in templates and plans: AWS refuses it');
    expect(JSON.parse(print('rules', 'destination-versioning-off', '--json').out)).toMatchObject({
      id: 'destination-versioning-off',
      calls: ['s3:GetBucketReplication', 's3:GetBucketVersioning'],
    });
    expect(print('rules', 'destination-versionin-off')).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean 'destination-versioning-off'?") as string,
    });
  });

  it('prints a policy with which a whole scan can be made, and in which nothing is unused', async () => {
    const document = print('policy').out;
    const { Statement } = JSON.parse(document) as {
      Statement: readonly [{ readonly Action: readonly string[] }];
    };
    // The estate's role has the planned actions; that they are these is what the printed policy must say.
    const plan = await import('../../src/plan.ts');
    const { plan: planned } = await import('../collect/estate.ts');
    expect(Statement[0].Action).toEqual(plan.actionsOf(planned));
    expect((await run(['scan'])).code).toBe(0);
  });

  it('prints it for CloudFormation and Terraform too', () => {
    expect(print('policy', '--format', 'cloudformation').out).toContain('AWS::IAM::Role');
    expect(print('policy', '--format', 'terraform').out).toContain('resource "aws_iam_role" "replint"');
    expect(print('policy', '--caller').out).toContain('organizations:ListAccounts');
  });
});
