/** A snapshot of accounts in two Regions each, every route of which has one fault or another, with names as short and as long as AWS allows. */
import { rules } from '../../rules/index.ts';
import type { Account, BucketLine, EndLine } from '../../src/model/estate.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { snapshotFormat, writeBuckets, writeEnds, writeManifest } from '../../src/snapshot/snapshot.ts';
import { healthy } from '../../src/tester.ts';
import { endLines, sourceLine } from '../../src/tester/lines.ts';
import { faults } from './faults.ts';

const configuration = 'bench';
const regions = [
  ...['us-east-1', 'eu-central-1', 'ap-southeast-2', 'us-west-2', 'eu-west-1', 'ap-northeast-1'],
  ...['sa-east-1', 'ca-central-1', 'eu-north-1'],
];
const accountNames = [
  'payments',
  'web',
  'Forschung & Entwicklung „Süd“',
  '<b>research</b>',
  'データ基盤',
  'x',
];
const bucketNames = ['raw', 'events', 'the-ledger-of-the-department-of-records-and-archives', 'logs'];

const templates = faults.map((situation) => {
  const source = sourceLine(situation);
  return {
    source: JSON.stringify(source),
    ends: endLines(situation, source).map((line) => JSON.stringify(line)),
  };
});

type Ends = Map<string, Map<string, EndLine>>;

/** Writes a snapshot of so many accounts, each with so many buckets that replicate. */
export function writeFaultyOrganization(folder: string, accounts: number, routes: number): void {
  const ends: Ends = new Map();
  for (let at = 0; at < accounts; at += 1) {
    const id = accountId(at);
    writeBuckets(
      folder,
      { kind: 'account', format: snapshotFormat, id, configuration, status: { status: 'scanned' } },
      Array.from({ length: routes }, (_, bucket) => route(at, bucket, accounts, ends)),
    );
  }
  for (const [account, lines] of ends) writeEnds(folder, account, [...lines.values()]);
  writeManifest(folder, {
    format: snapshotFormat,
    replint: '0.0.0',
    configuration,
    started: healthy.at,
    finished: healthy.at,
    organization: {
      id: 'o-exampleorg',
      partition: 'aws',
      caller: { account: accountId(0), arn: `arn:aws:iam::${accountId(0)}:role/ReplintAudit` },
      accounts: Array.from({ length: accounts }, (_, at) => account(at)),
    },
    facts: planOf(select(rules, { preset: 'all' })),
  });
}

function accountId(at: number): string {
  return (100_000_000_000 + at * 7919).toString();
}

function account(at: number): Account {
  const name = `${accountNames[at % accountNames.length] ?? ''} ${at}`;
  return {
    id: accountId(at),
    name,
    state: 'ACTIVE',
    ou: `Root/Workloads/Division ${at % 12}`,
    ouId: `r-exam/ou-exam-0000000${at % 12}`,
    status: 'scanned',
  };
}

/** The bucket's line; what else its route needs is put among the ends of the accounts that have it. */
function route(at: number, bucket: number, accounts: number, ends: Ends): BucketLine {
  const template = templates[(at + bucket * 7) % templates.length];
  if (template === undefined) throw new Error('There are no faults.');
  const other = bucket % 3 === 0 ? at : (at + 1 + (bucket % 2)) % accounts;
  for (const text of template.ends) {
    const line = JSON.parse(named(text, at, other, bucket)) as EndLine;
    const owner = ownerOf(line, at, other);
    const kept = ends.get(owner) ?? new Map<string, EndLine>();
    ends.set(owner, kept.set(keyOf(line), line));
  }
  return JSON.parse(named(template.source, at, other, bucket)) as BucketLine;
}

function bucketName(at: number, bucket: number): string {
  return `acme-${at}-${bucketNames[bucket % bucketNames.length] ?? ''}-${bucket}`;
}

function ownerOf(line: EndLine, own: number, other: number): string {
  if (line.kind === 'bucket' || line.kind === 'key') return line.account;
  if (line.kind === 'account') return line.id;
  return accountId(line.kind === 'stranger' ? other : own);
}

function keyOf(line: EndLine): string {
  if (line.kind === 'role') return `role ${line.arn}`;
  if (line.kind === 'objects') return `objects ${line.source}`;
  return `${line.kind} ${'name' in line ? line.name : line.id}`;
}

const names =
  /orders-replication|orders-replica|orders|111122223333|444455556666|11111111-2222-3333-4444-555555555555|66666666-7777-8888-9999-000000000000|eu-west-1|eu-central-1/g;

/** The healthy pair's lines, of other names. */
function named(text: string, own: number, other: number, bucket: number): string {
  const name = bucketName(own, bucket);
  const to: Readonly<Record<string, string>> = {
    'orders-replication': `replicator-${own * 977 + bucket}`,
    'orders-replica': bucket % 2 === 0 ? `${name}-copy` : `vault-${other}-${own}-${bucket * 31}`,
    orders: name,
    [healthy.source.account]: accountId(own),
    [healthy.destination.account]: accountId(other),
    '11111111-2222-3333-4444-555555555555': `11111111-2222-3333-4444-${accountId(own)}`,
    '66666666-7777-8888-9999-000000000000': `66666666-7777-8888-9999-${accountId(other)}`,
    [healthy.source.region]: regions[own % regions.length] ?? '',
    [healthy.destination.region]: regions[(other + 4) % regions.length] ?? '',
  };
  return text.replace(names, (found) => to[found] ?? found);
}
