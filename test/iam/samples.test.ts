import { describe, expect, it } from 'vitest';
import { decide } from '../../src/iam/decide.ts';
import { onBucket, onKey, onObjects, onTrust, type Place } from '../../src/iam/replication.ts';
import type { Layers, Request } from '../../src/iam/request.ts';
import { OURS, ROLE, THEIRS, layers, policy } from './build.ts';
import * as sample from './samples.ts';

type Statements = readonly object[];
/** What S3 asks, and the policy of the resource that it asks it of. */
type Asked = readonly [Request, Statements];

const { replicator, source, destination, elsewhere, sourceKey, replicaKey } = sample;
const read = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl'];
const tagging = 's3:GetObjectVersionTagging';
const written = ['s3:ReplicateObject', 's3:ReplicateDelete'];
const ofBucket: readonly Asked[] = ['s3:GetReplicationConfiguration', 's3:ListBucket'].map((action) => [
  onBucket(replicator, source, action),
  [],
]);
const objects = (
  bucket: Place,
  actions: readonly string[],
  prefix = '',
  resource: Statements = [],
): readonly Asked[] => actions.map((action) => [onObjects(replicator, bucket, action, prefix), resource]);
const withKey = (
  key: Place,
  action: string,
  bucket: Place,
  bucketKey: boolean,
  prefix = '',
  resource: Statements = sample.keyPolicy,
): Asked => [onKey(replicator, key, action, { bucket, prefix, bucketKey }), resource];
const encrypted = (action: string, resource: Statements): Asked => [
  onObjects(replicator, destination, action, '', { encryption: 'aws:kms', key: replicaKey.arn }),
  resource,
];
const kmsPair = (bucketKey: boolean, prefix = ''): readonly Asked[] => [
  withKey(sourceKey, 'kms:Decrypt', source, bucketKey, prefix),
  withKey(replicaKey, 'kms:Encrypt', destination, bucketKey, prefix),
];
const foreignKey: Place = { ...replicaKey, account: THEIRS };

/** Name; the role's statements; whether destination statements count too; what S3 asks. */
const SAMPLES: readonly (readonly [string, Statements, readonly Asked[]])[] = [
  [
    'same account: setting-repl-config-perm-overview.html',
    sample.minimal,
    [
      ...ofBucket,
      ...objects(source, [...read, tagging]),
      ...objects(destination, [...written, 's3:ReplicateTags']),
    ],
  ],
  [
    'another account: setting-repl-config-perm-overview.html#setting-repl-config-crossacct',
    sample.minimal,
    [
      ...ofBucket,
      ...objects(source, [...read, tagging]),
      ...objects(elsewhere, written, '', sample.destinationPolicy),
    ],
  ],
  [
    'Object Lock: object-lock-managing.html#object-lock-managing-replication',
    [...sample.minimal, ...sample.lock],
    objects(source, ['s3:GetObjectRetention', 's3:GetObjectLegalHold']),
  ],
  [
    'owner override: replication-change-owner.html',
    sample.owner,
    [
      ...ofBucket,
      ...objects(source, read),
      ...objects(
        elsewhere,
        [...written, 's3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateTags'],
        '',
        sample.ownerPolicy,
      ),
    ],
  ],
  [
    'SSE-KMS: replication-config-for-kms-objects.html#replication-walkthrough-4',
    sample.kms,
    [
      ...ofBucket,
      ...objects(source, [...read, tagging]),
      ...[...written, 's3:ReplicateTags'].map((action) => encrypted(action, [])),
      ...kmsPair(false),
    ],
  ],
  [
    'SSE-S3 and SSE-KMS under a prefix: #kms-replication-examples',
    sample.kmsUnderPrefix,
    [
      ...ofBucket,
      ...objects(source, read, 'Tax'),
      ...objects(destination, written, 'Tax'),
      ...kmsPair(false, 'Tax'),
    ],
  ],
  [
    'Bucket Keys: #kms-replication-examples',
    sample.kmsWithBucketKeys,
    [
      ...ofBucket,
      ...objects(source, read, 'Tax'),
      ...objects(destination, written, 'Tax'),
      ...kmsPair(true, 'Tax'),
    ],
  ],
  [
    "another account's key: replication-troubleshoot.html",
    sample.troubleshootRole,
    [
      withKey(sourceKey, 'kms:Decrypt', source, true),
      withKey(foreignKey, 'kms:Encrypt', elsewhere, false, '', sample.foreignKeyPolicy),
      withKey(foreignKey, 'kms:GenerateDataKey', elsewhere, true, '', sample.foreignKeyPolicy),
    ],
  ],
];

function policies(role: Statements, resource: Statements): Layers {
  return layers({
    identity: [policy('identity', 'role', ...role)],
    resource: resource.length === 0 ? null : policy('resource', 'resource', ...resource),
  });
}

function outcomes(role: Statements, asked: readonly Asked[]): ReadonlyMap<string, string> {
  return new Map(
    asked.map(([request, resource]) => [request.action, decide(request, policies(role, resource)).outcome]),
  );
}

/** Statements without one action; a statement of which none is left goes too. */
function without(statements: Statements, action: string): Statements {
  return statements.flatMap((statement) => {
    // Every sample statement is made by `allow`, with actions in this element.
    const actions = [(statement as { readonly Action: string | readonly string[] }).Action].flat();
    const left = actions.filter((one) => one !== action);
    return left.length === 0 ? [] : [{ ...statement, Action: left }];
  });
}

describe.each(SAMPLES)("AWS's sample, %s", (_, role, asked) => {
  it('allows all that it is for, as it stands', () => {
    expect([...outcomes(role, asked)].filter(([, outcome]) => outcome !== 'allowed')).toEqual([]);
  });

  it.each(asked.map(([{ action }]) => action))('without %s, exactly that is denied', (action) => {
    const denied = [...outcomes(without(role, action), asked)].filter(([, outcome]) => outcome !== 'allowed');
    expect(denied).toEqual([[action, 'implicitlyDenied']]);
  });
});

describe("the destination's side", () => {
  const sides = SAMPLES.flatMap(([name, role, asked]) =>
    asked
      .filter(([request, resource]) => resource.length > 0 && request.resourceAccount === THEIRS)
      .map(([request, resource]) => [name, request.action, role, request, resource] as const),
  );
  it.each(sides)(
    '%s: without %s in its policy, the resource is silent',
    (_, action, role, request, resource) => {
      const decision = decide(request, policies(role, without(resource, action)));
      expect(decision).toMatchObject({
        outcome: 'implicitlyDenied',
        layer: 'resource',
        silent: ['resource'],
      });
    },
  );
  it('there are such sides', () => {
    expect(sides.map(([, action]) => action)).toHaveLength(8);
  });
});

describe('what the samples do not allow', () => {
  const role = (statements: Statements, [request, resource]: Asked) =>
    decide(request, policies(statements, resource));
  it('a Bucket Key, where only objects are a context: and the reverse', () => {
    expect(role(sample.kms, withKey(sourceKey, 'kms:Decrypt', source, true)).outcome).toBe(
      'implicitlyDenied',
    );
    expect(
      role(sample.kmsWithBucketKeys, withKey(sourceKey, 'kms:Decrypt', source, false, 'Tax')).outcome,
    ).toBe('implicitlyDenied');
  });
  it('objects beyond the prefix, which are named', () => {
    const decision = role(
      sample.kmsUnderPrefix,
      objects(source, ['s3:GetObjectVersionAcl'])[0] ?? [onTrust(replicator, source), []],
    );
    expect(decision).toMatchObject({
      outcome: 'allowedForSome',
      leftOut: [{ outside: [`${source.arn}/Tax*`] }],
    });
  });
  it('another key for the replicas', () => {
    const request = onObjects(replicator, destination, 's3:ReplicateObject', '', {
      encryption: 'aws:kms',
      key: 'arn:aws:kms:us-west-2:1:key/other',
    });
    expect(role(sample.kms, [request, []]).outcome).toBe('implicitlyDenied');
  });
  it('objects whose encryption is not known, surely', () => {
    const request = onObjects(replicator, destination, 's3:ReplicateObject', '');
    expect(role(sample.kms, [request, []])).toMatchObject({
      outcome: 'undetermined',
      unknown: [
        { name: 's3:x-amz-server-side-encryption' },
        { name: 's3:x-amz-server-side-encryption-aws-kms-key-id' },
      ],
    });
  });
  // setting-repl-config-perm-overview.html: the destination's owner denies the tags.
  it('tags that the destination denies', () => {
    const resource = [
      ...sample.destinationPolicy,
      {
        Effect: 'Deny',
        Principal: { AWS: ROLE },
        Action: 's3:ReplicateTags',
        Resource: `${destination.arn}/*`,
      },
    ];
    const [tags, object] = objects(elsewhere, ['s3:ReplicateTags', 's3:ReplicateObject'], '', resource);
    expect(tags === undefined ? null : role(sample.minimal, tags).outcome).toBe('explicitlyDenied');
    expect(object === undefined ? null : role(sample.minimal, object).outcome).toBe('allowed');
  });
});

describe("AWS's sample trusts: setting-repl-config-perm-overview.html", () => {
  const ask = (statement: object, service?: string): string =>
    decide(
      onTrust({ arn: ROLE, account: OURS }, source, service),
      layers({ resource: policy('trust', 'trust', statement) }),
    ).outcome;
  it.each(sample.trusts)('%j lets S3 assume the role', (statement) => {
    expect(ask(statement)).toBe('allowed');
    expect(ask({ ...statement, Action: 'sts:TagSession' })).toBe('implicitlyDenied');
    expect(ask(statement, 'ec2.amazonaws.com')).toBe('implicitlyDenied');
  });
  it('a source that is another bucket or account does not', () => {
    const [trust] = sample.trusts;
    const only = (key: string, value: string): string =>
      ask({ ...trust, Condition: { StringEquals: { [key]: value } } });
    expect(only('aws:SourceArn', source.arn)).toBe('allowed');
    expect(only('aws:SourceArn', destination.arn)).toBe('implicitlyDenied');
    expect(only('aws:SourceAccount', OURS)).toBe('allowed');
    expect(only('aws:SourceAccount', THEIRS)).toBe('implicitlyDenied');
    expect(only('aws:SourceOrgID', 'o-1')).toBe('undetermined');
  });
});
