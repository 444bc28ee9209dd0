/**
 * A snapshot of a generated organization, on disk: accounts of fifty buckets, a tenth of which replicate, half of those into
 * another account; some with a fault. Every fact that the catalogue knows is there.
 */
import { rules } from '../../rules/index.ts';
import type { Account, BucketLine, EndLine } from '../../src/model/estate.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { snapshotFormat, writeBuckets, writeEnds, writeManifest } from '../../src/snapshot/snapshot.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';
import { endLines, sourceLine } from '../../src/tester/lines.ts';

export const bucketsOfAccount = 50;
const replicatingOfAccount = 5;

const kms = (KMSMasterKeyID: string, BucketKeyEnabled: boolean): NonNullable<TestSituation['source']> => ({
  encryption: {
    Rules: [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID }, BucketKeyEnabled },
    ],
  },
});

const kmsRule: NonNullable<TestSituation['replicationRule']> = {
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
  Destination: {
    Bucket: `arn:aws:s3:::${healthy.destination.name}`,
    EncryptionConfiguration: { ReplicaKmsKeyID: healthy.replicaKey },
    Metrics: { Status: 'Enabled' },
  },
};

/** What the five routes of an account are like; every twentieth account has the faults. */
const situations: readonly TestSituation[] = [
  {},
  { replicationRule: { Filter: { Prefix: 'invoices/' }, DeleteMarkerReplication: { Status: 'Enabled' } } },
  {
    source: kms(healthy.sourceKey, true),
    destination: kms(healthy.replicaKey, true),
    replicationRule: kmsRule,
  },
  {
    source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
  },
  {
    source: kms(healthy.sourceKey, true),
    destination: kms(healthy.replicaKey, true),
    replicationRule: kmsRule,
  },
];

const faults: readonly TestSituation[] = [
  { destination: { policy: null } },
  { destination: { versioning: { Status: 'Suspended' } } },
  { ...situations[2], replicaKey: { description: null } },
  {
    source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    destination: { requestPayment: { Payer: 'Requester' } },
  },
  { ...situations[4], role: { policies: { Inline: [], Attached: [], Boundary: null } } },
];

/** Lines of a situation as text, to be named many times. */
const templates = new Map(
  [...situations, ...faults].map((situation) => {
    const source = sourceLine(situation);
    return [
      situation,
      {
        source: JSON.stringify(source),
        ends: endLines(situation, source).map((line) => JSON.stringify(line)),
      },
    ];
  }),
);

const plain = [
  sourceLine({ source: { replication: null } }),
  sourceLine({ source: { ...kms(healthy.sourceKey, false), replication: null } }),
].map(({ facts: { replication, encryption }, ...line }) =>
  JSON.stringify({
    ...line,
    facts: { ...(replication && { replication }), ...(encryption && { encryption }) },
  }),
);

/** Writes a snapshot of so many accounts. */
export function writeOrganization(folder: string, accounts: number): void {
  const configuration = 'bench';
  const ends = new Map<string, Map<string, EndLine>>();
  for (let at = 0; at < accounts; at += 1) {
    const id = accountId(at);
    const lines = Array.from({ length: bucketsOfAccount }, (_, bucket) =>
      bucketLine(at, bucket, accounts, ends),
    );
    writeBuckets(
      folder,
      { kind: 'account', format: snapshotFormat, id, configuration, status: { status: 'scanned' } },
      lines,
    );
    // Only the account before it, and for the first the last, writes into an account besides itself.
    if (at > 0) flush(folder, id, ends);
  }
  for (const id of [...ends.keys()]) flush(folder, id, ends);
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
      accounts: Array.from({ length: accounts }, (_, at): Account => ({
        id: accountId(at),
        name: `account-${at}`,
        state: 'ACTIVE',
        ou: 'Root/Workloads',
        ouId: 'r-exam/ou-exam-workload',
        status: 'scanned',
      })),
    },
    facts: planOf(select(rules, { preset: 'all' })),
  });
}

function flush(folder: string, account: string, ends: Map<string, Map<string, EndLine>>): void {
  const lines = ends.get(account);
  if (lines === undefined) return;
  writeEnds(folder, account, [...lines.values()]);
  ends.delete(account);
}

function accountId(at: number): string {
  return (100_000_000_000 + at).toString();
}

function bucketLine(
  at: number,
  bucket: number,
  accounts: number,
  ends: Map<string, Map<string, EndLine>>,
): BucketLine {
  const name = `acme-${at}-data-${bucket}`;
  // What the tester made, named otherwise.
  if (bucket >= replicatingOfAccount)
    return JSON.parse(named(plain[bucket % 8 === 0 ? 1 : 0] ?? '', at, at, name)) as BucketLine;
  const all = at % 20 === 0 ? faults : situations;
  const template = templates.get(all[bucket] ?? {});
  if (template === undefined) throw new Error('A situation has no lines.');
  const other = bucket % 2 === 0 ? at : (at + 1) % accounts;
  const line = JSON.parse(named(template.source, at, other, name)) as BucketLine;
  for (const text of template.ends) {
    const end = JSON.parse(named(text, at, other, name)) as EndLine;
    const account = accountOfLine(end, at, other);
    const kept = ends.get(account) ?? new Map<string, EndLine>();
    ends.set(account, kept.set(keyOfLine(end), end));
  }
  return line;
}

function keyOfLine(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return `bucket ${line.name}`;
    case 'role':
      return `role ${line.arn}`;
    case 'key':
    case 'account':
      return `${line.kind} ${line.id}`;
    case 'objects':
      return `objects ${line.source}`;
  }
}

function accountOfLine(line: EndLine, own: number, other: number): string {
  switch (line.kind) {
    case 'bucket':
    case 'key':
      return line.account;
    case 'account':
      return line.id;
    case 'stranger':
      return accountId(other);
    case 'role':
    case 'objects':
      return accountId(own);
  }
}

const names =
  /orders-replication|orders-replica|orders|111122223333|444455556666|11111111-2222-3333-4444-555555555555|66666666-7777-8888-9999-000000000000/g;

/** The healthy pair's lines, of other names. A role and two keys serve an account. */
function named(text: string, own: number, other: number, name: string): string {
  const to: Readonly<Record<string, string>> = {
    'orders-replication': `${name}-replication`,
    'orders-replica': `${name}-replica`,
    orders: name,
    [healthy.source.account]: accountId(own),
    [healthy.destination.account]: accountId(other),
    '11111111-2222-3333-4444-555555555555': `11111111-2222-3333-4444-${accountId(own)}`,
    '66666666-7777-8888-9999-000000000000': `66666666-7777-8888-9999-${accountId(other)}`,
  };
  return text.replace(names, (found) => to[found] ?? found);
}
