import {
  CreateBucketCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  type ReplicationRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/server.ts';
import { clientOf, refusal, startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;

beforeAll(async () => {
  ({ sandbox, s3 } = await startWithClient());
  for (const Bucket of ['source', 'unversioned-source', 'target', 'unversioned-target']) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    if (Bucket.startsWith('un')) continue;
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
});

afterAll(() => sandbox.close());

const off = { Status: 'Disabled' } as const;
const on = { Status: 'Enabled' } as const;
const target = { Bucket: 'arn:aws:s3:::target' };
const time = { Status: 'Enabled', Time: { Minutes: 15 } } as const;
const metrics = { Status: 'Enabled', EventThreshold: { Minutes: 15 } } as const;
const key = { ReplicaKmsKeyID: 'arn:aws:kms:us-east-1:111122223333:key/k' };

/** A rule that AWS takes, with something changed. */
function rule(changes: Partial<ReplicationRule> = {}): ReplicationRule {
  return {
    ...on,
    ID: 'r',
    Priority: 1,
    Filter: {},
    DeleteMarkerReplication: off,
    Destination: target,
    ...changes,
  };
}

/** A rule of the first version. */
function oldRule(changes: Partial<ReplicationRule> = {}): ReplicationRule {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the first version, which AWS still takes
  return { ...on, ID: 'old', Prefix: '', Destination: target, ...changes };
}

function to(destination: Partial<ReplicationRule['Destination'] & object>): ReplicationRule {
  return rule({ Destination: { ...target, ...destination } });
}

interface Put {
  readonly Bucket?: string;
  readonly Role?: string;
}

async function put(rules: ReplicationRule[], { Bucket = 'source', Role }: Put = {}): Promise<string> {
  const role = Role ?? `arn:aws:iam::${sandbox.world.managementAccount}:role/r`;
  const ReplicationConfiguration = { Role: role, Rules: rules };
  try {
    await s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
    return 'taken';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
  }
}

// [what is wrong, the rules, what AWS says of it]
const refused: [string, ReplicationRule[], RegExp][] = [
  ['no rule', [], /^MalformedXML/],
  [
    'more than 1,000 rules',
    Array.from({ length: 1001 }, (_, at) => rule({ ID: `r${at}`, Priority: at })),
    /at most 1000/,
  ],
  [
    'destination is missing',
    [to({ Bucket: 'arn:aws:s3:::nowhere' })],
    /^InvalidRequest: Destination bucket must exist/,
  ],
  [
    'destination is unversioned',
    [to({ Bucket: 'arn:aws:s3:::unversioned-target' })],
    /^InvalidRequest: Destination bucket must have versioning enabled/,
  ],
  ['destination is the source', [to({ Bucket: 'arn:aws:s3:::source' })], /^InvalidRequest/],
  [
    'destination is in another partition',
    [to({ Bucket: 'arn:aws-cn:s3:::target' })],
    /^InvalidArgument.*partition/,
  ],
  ['destination is no ARN', [to({ Bucket: 'target' })], /^InvalidArgument: Invalid bucket ARN/],
  [
    'destination is an access point',
    [to({ Bucket: 'arn:aws:s3:us-east-1:111122223333:accesspoint/a' })],
    /^InvalidArgument: Invalid bucket ARN/,
  ],
  ['both versions in one configuration', [rule(), oldRule()], /^InvalidRequest.*mixed/],
  ['both versions in one rule', [rule({ Prefix: 'p' })], /^MalformedXML/],
  ['no version at all', [rule({ Filter: undefined })], /^MalformedXML/],
  ['no Priority', [rule({ Priority: undefined })], /^InvalidRequest: Priority must be specified/],
  [
    'no DeleteMarkerReplication',
    [rule({ DeleteMarkerReplication: undefined })],
    /^InvalidRequest: DeleteMarkerReplication must be specified/,
  ],
  ['Priority in the first version', [oldRule({ Priority: 1 })], /^InvalidRequest: Priority cannot be used/],
  [
    'DeleteMarkerReplication in the first version',
    [oldRule({ DeleteMarkerReplication: on })],
    /^InvalidRequest: DeleteMarkerReplication cannot/,
  ],
  [
    'a tag filter with delete markers',
    [rule({ Filter: { Tag: { Key: 'k', Value: 'v' } }, DeleteMarkerReplication: on })],
    /^InvalidRequest: Delete marker replication is not supported/,
  ],
  [
    'tags under And with delete markers',
    [
      rule({
        Filter: { And: { Prefix: 'p', Tags: [{ Key: 'k', Value: 'v' }] } },
        DeleteMarkerReplication: on,
      }),
    ],
    /^InvalidRequest: Delete marker replication is not supported/,
  ],
  ['two rules of one ID', [rule(), rule({ Priority: 2 })], /^InvalidArgument: Rule ID must be unique/],
  [
    'two rules of one priority for one destination',
    [rule(), rule({ ID: 's' })],
    /^InvalidRequest: Found duplicate priority 1/,
  ],
  [
    'ExistingObjectReplication',
    [rule({ ExistingObjectReplication: on })],
    /^InvalidRequest: ExistingObjectReplication/,
  ],
  ['a storage class that holds no replicas', [to({ StorageClass: 'EXPRESS_ONEZONE' })], /^MalformedXML/],
  [
    'time control without metrics',
    [to({ ReplicationTime: time })],
    /^InvalidRequest.*both ReplicationTime and Metrics/,
  ],
  [
    'time control of an hour',
    [to({ ReplicationTime: { ...time, Time: { Minutes: 60 } }, Metrics: metrics })],
    /^InvalidArgument.*must be 15/,
  ],
  [
    'an event threshold of an hour',
    [to({ Metrics: { ...on, EventThreshold: { Minutes: 60 } } })],
    /^InvalidArgument.*must be 15/,
  ],
  [
    'time control with metrics off',
    [to({ ReplicationTime: time, Metrics: { ...metrics, Status: 'Disabled' } })],
    /^InvalidRequest.*same status/,
  ],
  [
    'SSE-KMS objects without a replica key',
    [rule({ SourceSelectionCriteria: { SseKmsEncryptedObjects: on } })],
    /^InvalidRequest: EncryptionConfiguration must/,
  ],
  [
    'a replica key without SSE-KMS objects',
    [to({ EncryptionConfiguration: key })],
    /^InvalidRequest: SseKmsEncryptedObjects must/,
  ],
  ['an account that is none', [to({ Account: '12' })], /^InvalidArgument: Account must contain a valid/],
  [
    'time control without an event threshold',
    [to({ ReplicationTime: time, Metrics: on })],
    /^InvalidArgument.*must contain an EventThreshold/,
  ],
  [
    'the owner override without an account',
    [to({ AccessControlTranslation: { Owner: 'Destination' } })],
    /^InvalidRequest: Account must/,
  ],
  [
    "an account that is not the destination's",
    [to({ Account: '999999999999' })],
    /^InvalidArgument.*must match/,
  ],
];

test.each(refused)('refused: %s', async (_what, rules, answer) => {
  expect(await put(rules)).toMatch(answer);
});

// What looks wrong, and AWS takes.
const taken: [string, ReplicationRule[]][] = [
  ['metrics without a threshold or time control', [to({ Metrics: on })]],
  ['ReplicaModifications without a key', [rule({ SourceSelectionCriteria: { ReplicaModifications: on } })]],
  ['SSE-KMS objects switched off', [rule({ SourceSelectionCriteria: { SseKmsEncryptedObjects: off } })]],
  [
    'one priority for two destinations',
    [rule(), rule({ ID: 's', Destination: { Bucket: 'arn:aws:s3:::second' } })],
  ],
  ['the first version', [oldRule()]],
];

test.each(taken)('taken: %s', async (_what, rules) => {
  const Bucket = 'second';
  await s3.send(new CreateBucketCommand({ Bucket })).catch(() => undefined);
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: on }));
  expect(await put(rules)).toBe('taken');
});

test('an unversioned source is refused', async () => {
  expect(await put([rule()], { Bucket: 'unversioned-source' })).toMatch(
    /^InvalidRequest: Versioning must be/,
  );
});

test('a Role that is no ARN of a role is refused', async () => {
  expect(await put([rule()], { Role: 'replication' })).toMatch(/^InvalidArgument: Invalid Role/);
});

/** Puts a rule's elements as they stand: the SDK can't write these. */
async function putRaw(elements: string): Promise<string> {
  const body =
    `<ReplicationConfiguration><Role>arn:aws:iam::111122223333:role/r</Role><Rule>${elements}</Rule>` +
    '</ReplicationConfiguration>';
  const client = clientOf(sandbox);
  client.middlewareStack.add(
    (next) => (args) => {
      // Between build and signing the SDK holds an HTTP request whose body is text.
      const { request } = args as { request: { body: string } };
      request.body = body;
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  const ReplicationConfiguration = { Role: 'arn:aws:iam::111122223333:role/r', Rules: [rule()] };
  return refusal(
    client.send(new PutBucketReplicationCommand({ Bucket: 'source', ReplicationConfiguration })),
  );
}

const good = {
  status: '<Status>Enabled</Status>',
  priority: '<Priority>1</Priority>',
  markers: '<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>',
  filter: '<Filter/>',
  destination: '<Destination><Bucket>arn:aws:s3:::target</Bucket></Destination>',
};

test.each([
  [
    'two kinds of filter outside And',
    { filter: '<Filter><Prefix/><Tag><Key>k</Key><Value/></Tag></Filter>' },
  ],
  ['And of one thing', { filter: '<Filter><And><Prefix>p</Prefix></And></Filter>' }],
  ['a status that is none', { status: '<Status>On</Status>' }],
  ['no status', { status: '' }],
  ['a priority that is no number', { priority: '<Priority>first</Priority>' }],
  ['no destination', { destination: '' }],
])('malformed: %s', async (_what, change) => {
  expect(await putRaw(Object.values({ ...good, ...change }).join(''))).toBe('MalformedXML 400');
});

test('the same elements without the fault are taken', async () => {
  expect(await putRaw(Object.values(good).join(''))).toBe('no refusal');
});
