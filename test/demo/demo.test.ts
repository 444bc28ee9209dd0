import { readdirSync, readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formats } from '../../reports/index.ts';
import { sarif } from '../../reports/sarif.ts';
import { expectWhole } from '../rules/whole.ts';
import { rules } from '../../rules/index.ts';
import { demoConfiguration } from '../../sandbox/demo/configuration.ts';
import { seedDemo } from '../../sandbox/demo/seed.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import { openAudit, type OpenAudit } from '../../src/audit/read.ts';
import { auditRole, localRates, withSandbox } from '../../src/cli/demo.ts';
import { readSettings, type Settings } from '../../src/cli/settings.ts';
import { reportInto } from '../../src/cli/reporting.ts';
import { collectInto, evaluateInto } from '../../src/cli/steps.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { Redaction } from '../../src/redact/redaction.ts';

const golden = (name: string): string => join(import.meta.dirname, name);

let folder: string;
let sandbox: Sandbox;
let settings: Settings;
let first: { audit: Audit; findings: readonly Finding[] };

/** Reads the sandbox over HTTP and judges what was read. */
async function scan(
  out: string,
  baseline?: OpenAudit,
): Promise<{ audit: Audit; findings: readonly Finding[] }> {
  const target = {
    out: join(folder, out),
    accounts: [],
    ous: [],
    resume: false,
    organizationRates: localRates,
  };
  await withSandbox(sandbox, () => collectInto(target, settings, silent, new AbortController().signal));
  evaluateInto(join(target.out, 'snapshot'), target.out, settings, { baseline });
  const { audit, findings } = openAudit(target.out);
  const read: Finding[] = [];
  for await (const finding of findings()) read.push(finding);
  return { audit, findings: read };
}

const nothing = (): void => undefined;
const silent = { step: nothing, accountDone: nothing, called: nothing, throttled: nothing, notice: nothing };

/** Control characters and marks by their numbers, so that the file can be read. */
function visible(text: string): string {
  return text.replace(/[^\x20-\x7e→]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

function line({ severity, outcome, rule, resource, route, waiver }: Finding): string {
  // Of several replication rules into one bucket the golden file is to say which.
  const named =
    route === undefined || route.replicationRule.startsWith('to-') ? '' : ` (${route.replicationRule})`;
  const arrow = route === undefined ? '' : ` → ${route.destination.bucket}${named}`;
  const taken = waiver === undefined ? '' : `, waived by ${waiver.owner}`;
  return `${severity} ${outcome} ${rule} ${resource.bucket}${arrow}${taken}`;
}

/** Compares with the golden file; UPDATE_GOLDEN=1 writes it, to be read line by line. */
function expectGolden(name: string, lines: readonly string[]): void {
  const text = lines.map((one) => `${visible(one)}\n`).join('');
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden(name), text);
  expect(text).toBe(readFileSync(golden(name), 'utf8'));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replint-demo-'));
  const config = join(folder, 'replint.yaml');
  writeFileSync(config, demoConfiguration(new Date()));
  settings = readSettings({ config });
  sandbox = await startSandbox();
  await withSandbox(sandbox, () => seedDemo(sandbox, auditRole(settings)));
  sandbox.calls.clear();
  first = await scan('first');
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every finding says on what it rests, and what to type or that there is nothing', () => {
  expect(first.findings.length).toBeGreaterThan(100);
  for (const finding of first.findings) expectWhole(finding);
});

test('finds what was planted, and names no healthy twin', () => {
  const lines = first.findings.map(line);
  expectGolden('findings.golden.txt', [...lines].sort());
});

test('makes these calls and no others', () => {
  const counts = new Map<string, number>();
  for (const { operation, count } of sandbox.calls.entries()) {
    counts.set(operation, (counts.get(operation) ?? 0) + count);
  }
  expectGolden('calls.golden.txt', [...counts].map(([name, count]) => `${name} ${count}`).sort());
});

test('is an organization of some size, in many Regions', () => {
  const { accounts, buckets, routes } = first.audit.coverage;
  expect(accounts.length).toBeGreaterThanOrEqual(12);
  expect(new Set(accounts.map(({ ou }) => ou)).size).toBeGreaterThanOrEqual(8);
  expect(buckets).toBeGreaterThanOrEqual(60);
  expect(routes).toBeGreaterThanOrEqual(30);
  const regions = new Set([...sandbox.world.buckets.values()].map(({ region }) => region));
  const all = ['ap-southeast-2', 'eu-central-1', 'eu-central-2', 'eu-west-1', 'us-east-1', 'us-west-2'];
  expect([...regions].sort()).toEqual(all);
});

test('says what could not be read', () => {
  const { complete, accounts, gaps } = first.audit.coverage;
  expect(complete).toBe(false);
  const statuses = Object.fromEntries(accounts.map(({ name, status }) => [name, status]));
  const unusual = Object.entries(statuses).filter(([, status]) => status !== 'scanned');
  expect(Object.fromEntries(unusual)).toEqual({
    'Acme Robotics (acquired)': 'unreadable',
    'Acme Legacy Hosting': 'skipped',
  });
  const denied = gaps
    .filter(({ reason }) => reason === 'access-denied')
    .map(({ call, example }) => [call, example]);
  expect(denied).toEqual([
    ['s3:GetBucketVersioning', 'acme-dr-security-findings'],
    ['s3:ListObjectVersions', 'acme-security-findings'],
  ]);
});

test('compares few objects one by one, and many by pages', () => {
  const backfill = first.findings.filter(
    (one) => one.rule === 'objects-not-backfilled' && one.outcome === 'fail',
  );
  const found = Object.fromEntries(backfill.map(({ resource, message }) => [resource.bucket, message]));
  expect(found['acme-lake-telemetry']).toContain('40 of 70 compared versions');
  expect(found['acme-lake-telemetry']).toContain('5 more are pending');
  expect(found['acme-lake-clickstream']).toContain('a lower bound');
});

test('has waivers in force, about to expire, expired, and for nothing', () => {
  const { waivers, tallies } = first.audit;
  expect(waivers.map(({ rule, state, failures }) => [rule, state, failures])).toEqual([
    ['destination-region-disabled', 'in-force', 1],
    ['source-versioning-off', 'expiring', 1],
    ['role-missing', 'expired', 1],
    ['bucket-key-off', 'in-force', 0],
  ]);
  const timeless = (said: string): string =>
    said.replace(/on \d{4}-\d\d-\d\d/, 'on a day').replace(/in \d+ days/, 'in some days');
  expect(waivers.map(({ said }) => (said === null ? null : timeless(said)))).toEqual([
    null,
    'It expires on a day, in some days.',
    'It expired on a day: what it took (1) counts again.',
    'It matches nothing in what was read, and not everything was.',
  ]);
  expect(tallies.waived).toBe(2);
});

test('keeps hostile names as they are', () => {
  const notes = first.findings.filter(({ resource }) => resource.bucket === 'acme-playground-notes');
  expect(notes.map(({ resource }) => resource.accountName)).toEqual(['<img src=x onerror=alert(1)>']);
  expect(notes.map(({ route }) => route?.replicationRule)).toEqual(['nightly\u200fcopy']);
});

test('plants a fault for every rule', () => {
  const fired = new Set(first.findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule));
  // What AWS refuses to take is in no live bucket: the sandbox refuses it too.
  const live = rules.filter(({ lint }) => lint !== true);
  expect(live.filter(({ id }) => !fired.has(id)).map(({ id }) => id)).toEqual([]);
});

test('has a healthy twin for every fault', () => {
  const { rules: tallies } = first.audit.tallies;
  const alone = Object.entries(tallies).filter(([, { pass }]) => pass === 0);
  expect(alone.map(([name]) => name)).toEqual([]);
});

/** Every report of the first scan and the audit as it is sent out, by its file's name; the page's data unpacked. */
async function redacted(extent: 'accounts' | 'names'): Promise<ReadonlyMap<string, string>> {
  const out = join(folder, `without-${extent}`);
  const redaction = new Redaction(
    extent,
    'a key of thirty-two characters, or',
    new Set(rules.map(({ id }) => id)),
  );
  const how = { formats, redaction };
  const { paths } = await reportInto(join(folder, 'first'), out, how);
  await reportInto(join(folder, 'first'), out, { ...how, formats: [sarif], split: 'account' });
  const split = readdirSync(join(out, 'sarif')).map((name) => join(out, 'sarif', name));
  const files = [...paths.filter((path) => !path.endsWith('findings.sarif')), ...split];
  const all = [...files, ...['audit.json', 'findings.ndjson'].map((name) => join(out, name))];
  return new Map(all.map((path) => [relative(out, path), unpacked(readFileSync(path, 'utf8'))]));
}

function unpacked(text: string): string {
  const blocks = [...text.matchAll(/data-block="\w+">([\w+/=]*)</g)];
  const data = blocks.map(([, packed = '']) => gunzipSync(Buffer.from(packed, 'base64')).toString());
  // AWS's pages have names of their own, and one role of the demo has one of these.
  return [text, ...data].join('\n').replaceAll(/docs\.aws\.amazon\.com\/[^\s"'<>)]*/g, '');
}

function leaks(outputs: ReadonlyMap<string, string>, names: readonly string[]): readonly string[] {
  return [...outputs].flatMap(([file, text]) =>
    names.filter((name) => text.includes(name)).map((name) => `${file}: ${name}`),
  );
}

test('says no account in any output, where accounts are redacted', async () => {
  const outputs = await redacted('accounts');
  expect(outputs.size).toBeGreaterThan(15);
  expect(leaks(outputs, [...sandbox.world.accounts.keys()])).toEqual([]);
  // Names are still there.
  expect(leaks(outputs, ['acme-payments-ledger']).length).toBeGreaterThan(7);
});

test('says no account, bucket, role or key in any output, where names are redacted, and one token for each', async () => {
  const outputs = await redacted('names');
  const { accounts, buckets, organization } = sandbox.world;
  const all = [...accounts.values()];
  const names = [
    ...[...accounts.keys(), ...buckets.keys(), organization?.id ?? 'none'],
    ...all.flatMap(({ roles, keys }) => [...roles.keys(), ...keys.keys()]),
    ...all.map(({ name }) => name).filter((name) => name !== 'Management'),
  ];
  expect(names.length).toBeGreaterThan(170);
  expect(leaks(outputs, names)).toEqual([]);
  expect(leaks(outputs, ['a key of thirty-two characters'])).toEqual([]);
  const finding = first.findings.findIndex(({ resource }) => resource.bucket === 'acme-payments-ledger');
  // Worst first in both.
  const lines = outputs.get('findings.ndjson')?.split('\n') ?? [];
  const { bucket, account } = (JSON.parse(lines[finding] ?? '{}') as Finding).resource;
  for (const [file, text] of outputs) {
    if (file.startsWith('sarif/') && !file.includes(account)) continue;
    const plain = text.replaceAll('\\', '');
    expect([file, plain.includes(bucket), plain.includes(account)]).toEqual([file, true, true]);
  }
});

/** Ids of rules, prefixes, tags and Sids, in the pieces that slashes make of them, as they were put. */
function labels(): readonly string[] {
  const { accounts, buckets } = sandbox.world;
  const all = [...accounts.values()];
  const documents = [
    ...[...buckets.values()].flatMap(({ documents: put }) => [...put.values()]),
    ...all.flatMap(({ roles, policies, keys }) => [
      ...[...roles.values()].flatMap(({ trust, inline }) => [trust, ...inline.values()]),
      ...[...policies.values()].flatMap(({ versions }) => [...versions.values()]),
      ...[...keys.values()].map(({ policy }) => policy),
    ]),
  ];
  const label = /<(?:ID|Id|Prefix|Key|Value)>([^<]+)<|"Sid":\s*"([^"]+)"|arn:aws:s3:::[^/"]+\/([^"]+)"/g;
  const found = documents.flatMap((text) =>
    [...text.matchAll(label)].map(([, id, sid, key]) => id ?? sid ?? key ?? ''),
  );
  return [...new Set(found.flatMap((one) => one.split(/[/*]/)))].filter((one) => one.length > 2).sort();
}

test('says no Sid, prefix, tag or id of a rule in any output, where names are redacted', async () => {
  const outputs = await redacted('names');
  const all = labels();
  expect(all).toEqual(expect.arrayContaining(['TakeReplicas', 'theirs', 'treasury']));
  // What a rule's or a framework's own words say is nobody's label, and a word alone stands in prose.
  const { rules: told, compliance } = first.audit;
  // A remedy's own id of an inventory, which the demo has too.
  const inventory = 'replication-status';
  const ours = `${JSON.stringify([told, compliance])} ${inventory}`;
  const telling = all.filter((one) => /[^\p{L}]|\p{Ll}\p{Lu}/u.test(one) && !ours.includes(one));
  expect(telling.length).toBeGreaterThan(50);
  const quoted = new Set(
    values(outputs.get('findings.ndjson') ?? '').flatMap((text) => text.split(/[\\'"/*]/)),
  );
  // Of the demo's labels two are words that stand there by themselves: in an ARN, and as a severity.
  const plain = all.filter((one) => !telling.includes(one) && !['alias', 'note', inventory].includes(one));
  expect(plain.length).toBeGreaterThan(30);
  const owners = first.audit.waivers.map(({ owner }) => owner);
  expect(owners.length).toBeGreaterThan(2);
  expect([...leaks(outputs, [...telling, ...owners]), ...plain.filter((one) => quoted.has(one))]).toEqual([]);
});

/** Every text in lines of JSON that is no name of a member. */
function values(lines: string): readonly string[] {
  const found: string[] = [];
  for (const each of lines.trim().split('\n'))
    JSON.parse(each, (_, value: unknown) => {
      if (typeof value === 'string') found.push(value);
      return value;
    });
  return found;
}

test('takes the environment of AWS away, and gives it back', async () => {
  process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] = 'true';
  const before = { ...process.env };
  const inside = await withSandbox(sandbox, () => Promise.resolve({ ...process.env }));
  expect(inside['AWS_ENDPOINT_URL']).toBe(sandbox.endpoint);
  expect(inside['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']).toBeUndefined();
  expect({ ...process.env }).toEqual(before);
  delete process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
});

test('comes out the same in another sandbox', async () => {
  const before = first.findings.map(({ fingerprint, actual }) => [fingerprint, actual]);
  await sandbox.close();
  sandbox = await startSandbox();
  await withSandbox(sandbox, () => seedDemo(sandbox, auditRole(settings)));
  const again = await scan('again', openAudit(join(folder, 'first')));
  expect(again.findings.map(({ fingerprint, actual }) => [fingerprint, actual])).toEqual(before);
  const none = { error: 0, warning: 0, note: 0 };
  const { new: fresh, unchanged, resolved, carried } = again.audit.change ?? {};
  expect({ fresh, unchanged, resolved, carried }).toEqual({
    ...{ fresh: none, unchanged: first.audit.tallies.fail, resolved: none, carried: none },
  });
});
