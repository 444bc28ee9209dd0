/**
 * How many questions the policy evaluator answers a second, of a replication role as organizations have them: three
 * levels of service control policies, a boundary, a role of five statements, the destination's policy, the key's policy.
 * Run with `npx esbuild bench/iam.ts --bundle --platform=node --format=esm --outfile=dist/bench/iam.js && node dist/bench/iam.js`.
 */
import { performance } from 'node:perf_hooks';
import { decide } from '../src/iam/decide.ts';
import { isMalformed, parsePolicy, type Kind, type Policy } from '../src/iam/policy.ts';
import { onBucket, onKey, onObjects, type Place, type Replicator } from '../src/iam/replication.ts';
import { UNGOVERNED, type Layers, type Request } from '../src/iam/request.ts';

const SECONDS = 3;
const OURS = '111122223333';
const THEIRS = '444455556666';
const organization = { id: 'o-example' };
const replicator: Replicator = {
  arn: `arn:aws:iam::${OURS}:role/service-role/replication`,
  account: OURS,
  organization,
  tags: {},
};
const source: Place = { arn: 'arn:aws:s3:::orders', account: OURS, region: 'us-east-1', organization };
const replica: Place = {
  arn: 'arn:aws:s3:::orders-replica',
  account: THEIRS,
  region: 'eu-west-1',
  organization,
};
const key: Place = {
  arn: `arn:aws:kms:eu-west-1:${THEIRS}:key/1234`,
  account: THEIRS,
  region: 'eu-west-1',
  organization,
};

function policy(kind: Kind, name: string, ...Statement: readonly object[]): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), name, kind);
  if (isMalformed(parsed)) throw new Error(parsed.malformed);
  return parsed;
}

const full = policy('identity', 'FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' });
const regions = policy('identity', 'regions', {
  Effect: 'Deny',
  NotAction: ['iam:*', 'organizations:*', 'route53:*', 'support:*', 'cloudfront:*', 'sts:*'],
  Resource: '*',
  Condition: {
    StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2', 'eu-west-1'] },
    ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/admin/*'] },
  },
});
const guard = policy(
  'identity',
  'guard',
  { Effect: 'Deny', Action: ['organizations:LeaveOrganization', 'account:*'], Resource: '*' },
  { Effect: 'Deny', Action: ['s3:PutBucketPublicAccessBlock', 's3:DeleteBucketPolicy'], Resource: '*' },
  { Effect: 'Deny', Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], Resource: '*' },
);
const viaS3 = (region: string, arn: string): object => ({
  StringLike: {
    'kms:ViaService': `s3.${region}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/*`],
  },
});
const role = policy(
  'identity',
  'replication',
  { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: source.arn },
  {
    Effect: 'Allow',
    Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    Resource: `${source.arn}/*`,
  },
  {
    Effect: 'Allow',
    Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
    Resource: `${replica.arn}/*`,
  },
  {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: `arn:aws:kms:us-east-1:${OURS}:key/*`,
    Condition: viaS3('us-east-1', source.arn),
  },
  {
    Effect: 'Allow',
    Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
    Resource: key.arn,
    Condition: viaS3('eu-west-1', replica.arn),
  },
);
const onlyTls = (bucket: Place): object => ({
  Sid: 'OnlyTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucket.arn, `${bucket.arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
const layers: Layers = {
  ...UNGOVERNED,
  identity: [role],
  boundary: policy('identity', 'boundary', { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }),
  serviceControl: [[full, guard], [full, regions], [full]],
  resourceControl: [
    [policy('resource', 'RCPFullAWSAccess', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })],
  ],
};
const atSource: Layers = { ...layers, resource: policy('resource', 'source', onlyTls(source)) };
const atReplica: Layers = {
  ...layers,
  resource: policy('resource', 'replica', onlyTls(replica), {
    Sid: 'Replicas',
    Effect: 'Allow',
    Principal: { AWS: replicator.arn },
    Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
    Resource: `${replica.arn}/*`,
  }),
};
const atKey: Layers = {
  ...layers,
  resource: policy(
    'resource',
    'key',
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${THEIRS}:root` }, Action: 'kms:*', Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { AWS: replicator.arn },
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
    },
  ),
};

/** What the rules ask of one route: of sets of objects, and of one object. */
const objects = { bucket: replica, prefix: 'orders/', bucketKey: false };
const sets: readonly (readonly [Request, Layers])[] = [
  [onBucket(replicator, source, 's3:GetReplicationConfiguration'), atSource],
  [onBucket(replicator, source, 's3:ListBucket'), atSource],
  [onObjects(replicator, source, 's3:GetObjectVersionForReplication', 'orders/'), atSource],
  [onObjects(replicator, source, 's3:GetObjectVersionAcl', 'orders/'), atSource],
  [onObjects(replicator, source, 's3:GetObjectVersionTagging', 'orders/'), atSource],
  [onObjects(replicator, replica, 's3:ReplicateObject', 'orders/'), atReplica],
  [onObjects(replicator, replica, 's3:ReplicateDelete', 'orders/'), atReplica],
  [onKey(replicator, key, 'kms:Encrypt', objects), atKey],
  [onKey(replicator, key, 'kms:GenerateDataKey', { ...objects, bucketKey: true }), atKey],
];
const single = sets.map(([request, its]): readonly [Request, Layers] => [
  {
    ...request,
    resource:
      typeof request.resource === 'string' ? request.resource : `${request.resource.under}2026/11/one.json`,
    context: new Map(
      [...request.context].map(([name, known]) => [
        name,
        typeof known === 'object' && 'under' in known ? [`${known.under}one`] : known,
      ]),
    ),
  },
  its,
]);

function measure(name: string, questions: readonly (readonly [Request, Layers])[]): void {
  for (const [request, its] of questions) {
    const { outcome } = decide(request, its);
    if (outcome !== 'allowed') throw new Error(`${request.action}: ${outcome}`);
  }
  let asked = 0;
  const from = performance.now();
  while (performance.now() - from < SECONDS * 1_000) {
    for (let round = 0; round < 200; round += 1) for (const [request, its] of questions) decide(request, its);
    asked += 200 * questions.length;
  }
  const seconds = (performance.now() - from) / 1_000;
  console.log(`${name}: ${Math.round(asked / seconds).toLocaleString('en')} a second`);
}

measure('warming up', single);
measure('one object each', single);
measure('all objects of a prefix', sets);
