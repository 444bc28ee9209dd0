/**
 * A snapshot of a generated organization, on disk: accounts of fifty buckets, a tenth of which replicate, half of those into
 * another account; some with a fault. Every fact that the catalogue knows is there.
 */
import type { BucketLine } from '../../src/model/estate.ts';
import { healthy, type TestSituation } from '../../src/tester.ts';
import { sourceLine } from '../../src/tester/lines.ts';
import { Ends, naming, templateOf, writeAccount, writeOrganizationManifest } from '../snapshot.ts';

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
const kinds: readonly TestSituation[] = [
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
  { ...kinds[2], replicaKey: { description: null } },
  {
    source: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    destination: { requestPayment: { Payer: 'Requester' } },
  },
  { ...kinds[4], role: { policies: { Inline: [], Attached: [], Boundary: null } } },
];

const lifecycle = {
  Rules: [
    {
      ID: 'noncurrent',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      NoncurrentVersionExpiration: { NoncurrentDays: 90 },
    },
  ],
} as const;

/** The tester's healthy pair lacks what only the preset `all` asks for: an end of noncurrent versions, and a trust for one account. */
function mended({ source, destination, ...rest }: TestSituation): TestSituation {
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': healthy.source.account } },
  };
  const definition = {
    Arn: healthy.role,
    Tags: [],
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  };
  return {
    ...rest,
    role: { definition },
    source: { ...source, lifecycle },
    destination: { ...destination, lifecycle },
  };
}

const templates = {
  healthy: kinds.map(mended).map(templateOf),
  faulty: faults.map(templateOf),
};

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
  const ends = new Ends(folder);
  for (let at = 0; at < accounts; at += 1) {
    const id = accountId(at);
    writeAccount(
      folder,
      id,
      Array.from({ length: bucketsOfAccount }, (_, bucket) => bucketLine(at, bucket, accounts, ends)),
    );
    // Only the account before it, and for the first the last, writes into an account besides itself.
    if (at > 0) ends.write(id);
  }
  ends.writeAll();
  writeOrganizationManifest(
    folder,
    Array.from({ length: accounts }, (_, at) => ({
      id: accountId(at),
      name: `account-${at}`,
      state: 'ACTIVE',
      ou: 'Root/Workloads',
      ouId: 'r-exam/ou-exam-workload',
      status: 'scanned',
    })),
  );
}

function accountId(at: number): string {
  return (100_000_000_000 + at).toString();
}

/** The bucket's line; what else its route needs is put among the ends of the accounts that have it. */
function bucketLine(at: number, bucket: number, accounts: number, ends: Ends): BucketLine {
  const other = bucket < replicatingOfAccount && bucket % 2 === 1 ? (at + 1) % accounts : at;
  const places = { own: accountId(at), other: accountId(other) };
  const name = `acme-${at}-data-${bucket}`;
  const named = naming(places, {
    'orders-replication': `${name}-replication`,
    'orders-replica': `${name}-replica`,
    orders: name,
  });
  const template = (at % 20 === 0 ? templates.faulty : templates.healthy)[bucket];
  if (template !== undefined) ends.add(template.ends.map(named), places);
  // What the tester made, named otherwise.
  return JSON.parse(named(template?.source ?? plain[bucket % 8 === 0 ? 1 : 0] ?? '')) as BucketLine;
}
