import {
  CreateBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketIntelligentTieringConfigurationCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketReplicationCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketIntelligentTieringConfigurationCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  PutBucketEncryptionCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  type InventoryConfiguration,
  type LifecycleRule,
  type NotificationConfiguration,
  type ReplicationConfiguration,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../../sandbox/server.ts';
import { refusal, startWithClient } from './client.ts';

let sandbox: Sandbox;
let s3: S3Client;
const Bucket = 'source-bucket';
const account = () => sandbox.world.managementAccount;

beforeAll(async () => {
  ({ sandbox, s3 } = await startWithClient());
  for (const name of [Bucket, 'target-bucket', 'untouched-bucket']) {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  }
  for (const name of [Bucket, 'target-bucket']) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
  }
});

afterAll(() => sandbox.close());

const enabled = { Status: 'Enabled' } as const;

/** An answer without what the SDK says of the call. */
async function fieldsOf(call: Promise<object>): Promise<object> {
  return Object.fromEntries(Object.entries(await call).filter(([name]) => name !== '$metadata'));
}

test('a replication configuration comes back with every field', async () => {
  const destination = { Bucket: 'arn:aws:s3:::target-bucket' };
  const ReplicationConfiguration: ReplicationConfiguration = {
    Role: `arn:aws:iam::${account()}:role/service-role/replication`,
    Rules: [
      {
        ID: 'all of it <&> "ü"',
        Priority: 7,
        Status: 'Enabled',
        Filter: {
          And: {
            Prefix: 'a & b/',
            Tags: [
              { Key: 'k', Value: ' v ' },
              { Key: 'empty', Value: '' },
            ],
          },
        },
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: enabled, ReplicaModifications: enabled },
        Destination: {
          ...destination,
          Account: account(),
          StorageClass: 'STANDARD_IA',
          AccessControlTranslation: { Owner: 'Destination' },
          // A key in another Region than the destination's: AWS takes that too.
          EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:ap-south-1:111122223333:key/k' },
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        },
      },
      {
        ID: 'everything',
        Priority: 8,
        Status: 'Disabled',
        Filter: {},
        DeleteMarkerReplication: enabled,
        Destination: { ...destination, Metrics: enabled },
      },
      {
        ID: 'one tag',
        Priority: 9,
        Status: 'Enabled',
        Filter: { Tag: { Key: 'a', Value: 'b' } },
        DeleteMarkerReplication: { Status: 'Disabled' },
        Destination: destination,
      },
    ],
  };
  await s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
  const read = await s3.send(new GetBucketReplicationCommand({ Bucket }));
  expect(read.ReplicationConfiguration).toEqual(ReplicationConfiguration);

  const suspend = { Bucket, VersioningConfiguration: { Status: 'Suspended' } as const };
  expect(await refusal(s3.send(new PutBucketVersioningCommand(suspend)))).toBe('InvalidBucketState 409');
  await s3.send(new DeleteBucketReplicationCommand({ Bucket }));
  const gone = 'ReplicationConfigurationNotFoundError 404';
  expect(await refusal(s3.send(new GetBucketReplicationCommand({ Bucket })))).toBe(gone);
});

test('a configuration of the first version comes back with its Prefix, and rules without ID get one', async () => {
  const rule = {
    Status: 'Enabled',
    Prefix: '',
    Destination: { Bucket: 'arn:aws:s3:::target-bucket' },
  } as const;
  const Role = `arn:aws:iam::${account()}:role/replication`;
  const ReplicationConfiguration = { Role, Rules: [rule] };
  await s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
  const read = await s3.send(new GetBucketReplicationCommand({ Bucket }));
  const { ID, ...rest } = read.ReplicationConfiguration?.Rules?.[0] ?? {};
  expect(ID).toMatch(/^[\w-]{20,}$/);
  expect(rest).toEqual(rule);
  await s3.send(new DeleteBucketReplicationCommand({ Bucket }));
});

test('encryption', async () => {
  const get = new GetBucketEncryptionCommand({ Bucket });
  const byDefault = { SSEAlgorithm: 'AES256' } as const;
  const first = [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: false }];
  expect((await s3.send(get)).ServerSideEncryptionConfiguration?.Rules).toEqual(first);

  const Rules = [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/mine' } as const,
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C' as const] },
    },
  ];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  expect((await s3.send(get)).ServerSideEncryptionConfiguration?.Rules).toEqual(Rules);

  const without = [{ ApplyServerSideEncryptionByDefault: byDefault }];
  await s3.send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: without } }),
  );
  expect((await s3.send(get)).ServerSideEncryptionConfiguration?.Rules).toEqual(first);
  await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
  expect((await s3.send(get)).ServerSideEncryptionConfiguration?.Rules).toEqual(first);

  const wrong = [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'k' } as const },
  ];
  const put = new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: wrong } });
  expect(await refusal(s3.send(put))).toBe('InvalidArgument 400');
});

test('versioning and Object Lock', async () => {
  const untouched = 'untouched-bucket';
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: untouched }))).Status).toBeUndefined();
  const get = new GetObjectLockConfigurationCommand({ Bucket });
  expect(await refusal(s3.send(get))).toBe('ObjectLockConfigurationNotFoundError 404');
  const ObjectLockConfiguration = {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 2 } },
  } as const;
  const unversioned = new PutObjectLockConfigurationCommand({ Bucket: untouched, ObjectLockConfiguration });
  expect(await refusal(s3.send(unversioned))).toBe('InvalidBucketState 409');

  await s3.send(new CreateBucketCommand({ Bucket: 'locked-bucket', ObjectLockEnabledForBucket: true }));
  const locked = { Bucket: 'locked-bucket' };
  expect((await s3.send(new GetBucketVersioningCommand(locked))).Status).toBe('Enabled');
  const atFirst = await s3.send(new GetObjectLockConfigurationCommand(locked));
  expect(atFirst.ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
  await s3.send(new PutObjectLockConfigurationCommand({ ...locked, ObjectLockConfiguration }));
  const read = await s3.send(new GetObjectLockConfigurationCommand(locked));
  expect(read.ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
  const suspend = { ...locked, VersioningConfiguration: { Status: 'Suspended' } as const };
  expect(await refusal(s3.send(new PutBucketVersioningCommand(suspend)))).toBe('InvalidBucketState 409');
});

test('ownership controls', async () => {
  const get = new GetBucketOwnershipControlsCommand({ Bucket });
  const first = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
  expect((await s3.send(get)).OwnershipControls).toEqual(first);
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  expect((await s3.send(get)).OwnershipControls).toEqual(OwnershipControls);
  await s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
  expect(await refusal(s3.send(get))).toBe('OwnershipControlsNotFoundError 404');
});

test('policy, its status and the public access block', async () => {
  const get = new GetBucketPolicyCommand({ Bucket });
  const status = new GetBucketPolicyStatusCommand({ Bucket });
  expect(await refusal(s3.send(get))).toBe('NoSuchBucketPolicy 404');
  expect(await refusal(s3.send(status))).toBe('NoSuchBucketPolicy 404');
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statement }, null, 3);
  const put = new PutBucketPolicyCommand({ Bucket, Policy });
  expect(await refusal(s3.send(put))).toBe('AccessDenied 403');

  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  };
  const getBlock = new GetPublicAccessBlockCommand({ Bucket });
  expect((await s3.send(getBlock)).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  expect((await s3.send(getBlock)).PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  expect(await refusal(s3.send(getBlock))).toBe('NoSuchPublicAccessBlockConfiguration 404');

  await s3.send(put);
  expect((await s3.send(get)).Policy).toBe(Policy);
  expect((await s3.send(status)).PolicyStatus).toEqual({ IsPublic: true });
  const narrowed = { ...statement, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } };
  const narrow = JSON.stringify({ Version: '2012-10-17', Statement: [narrowed] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: narrow }));
  expect((await s3.send(status)).PolicyStatus).toEqual({ IsPublic: false });
  for (const bad of ['{"Version"', '{"Version":"2012-10-17"}', '[]']) {
    expect(await refusal(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bad })))).toBe(
      'MalformedPolicy 400',
    );
  }
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  expect(await refusal(s3.send(get))).toBe('NoSuchBucketPolicy 404');
});

test('request payment', async () => {
  const get = new GetBucketRequestPaymentCommand({ Bucket });
  expect((await s3.send(get)).Payer).toBe('BucketOwner');
  const RequestPaymentConfiguration = { Payer: 'Requester' as const };
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }));
  expect((await s3.send(get)).Payer).toBe('Requester');
});

test('lifecycle', async () => {
  const get = new GetBucketLifecycleConfigurationCommand({ Bucket });
  expect(await refusal(s3.send(get))).toBe('NoSuchLifecycleConfiguration 404');
  const Rules: LifecycleRule[] = [
    {
      ID: 'x',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'a', Tags: [{ Key: 'k', Value: 'v' }], ObjectSizeGreaterThan: 5 } },
      Expiration: { ExpiredObjectDeleteMarker: true },
      Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
      NoncurrentVersionTransitions: [{ NoncurrentDays: 9, StorageClass: 'DEEP_ARCHIVE' }],
      NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
    },
    {
      ID: 'y',
      Status: 'Disabled',
      Filter: { Prefix: '' },
      Expiration: { Date: new Date('2027-01-01T00:00:00Z') },
    },
  ];
  const minimum = { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' } as const;
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules }, ...minimum }),
  );
  expect(await s3.send(get)).toMatchObject({ Rules, ...minimum });
  const nameless = [{ Status: 'Enabled' as const, Prefix: 'p', Expiration: { Days: 1 } }];
  const LifecycleConfiguration = { Rules: nameless };
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  expect((await s3.send(get)).Rules?.[0]?.ID).toMatch(/^[\w-]+$/);
  await s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
  expect(await refusal(s3.send(get))).toBe('NoSuchLifecycleConfiguration 404');
});

test('notification', async () => {
  const get = new GetBucketNotificationConfigurationCommand({ Bucket });
  expect(await fieldsOf(s3.send(get))).toEqual({});
  const NotificationConfiguration: NotificationConfiguration = {
    TopicConfigurations: [
      {
        Id: 't',
        TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
        Events: ['s3:Replication:*', 's3:ObjectCreated:*'],
        Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'a' }] } },
      },
    ],
    QueueConfigurations: [
      { Id: 'q', QueueArn: 'arn:aws:sqs:us-east-1:111122223333:q', Events: ['s3:ObjectRemoved:*'] },
    ],
    EventBridgeConfiguration: {},
  };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  expect(await fieldsOf(s3.send(get))).toEqual(NotificationConfiguration);
});

test('tagging', async () => {
  const get = new GetBucketTaggingCommand({ Bucket });
  expect(await refusal(s3.send(get))).toBe('NoSuchTagSet 404');
  const TagSet = [
    { Key: 'data', Value: 'critical & <secret>' },
    { Key: 'empty', Value: '' },
  ];
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  expect((await s3.send(get)).TagSet).toEqual(TagSet);
  const twice = { TagSet: [...TagSet, { Key: 'data', Value: '' }] };
  expect(await refusal(s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: twice })))).toBe(
    'InvalidTag 400',
  );
  await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
  expect(await refusal(s3.send(get))).toBe('NoSuchTagSet 404');
});

test('logging', async () => {
  const get = new GetBucketLoggingCommand({ Bucket });
  expect((await s3.send(get)).LoggingEnabled).toBeUndefined();
  const LoggingEnabled = {
    TargetBucket: 'target-bucket',
    TargetPrefix: 'logs/',
    TargetGrants: [{ Grantee: { Type: 'Group' as const, URI: 'http://acs/x' }, Permission: 'READ' as const }],
    TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' as const } },
  };
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
  expect((await s3.send(get)).LoggingEnabled).toEqual(LoggingEnabled);
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
  expect((await s3.send(get)).LoggingEnabled).toBeUndefined();
});

test('inventory, by id and listed in pages', async () => {
  const configuration = (Id: string): InventoryConfiguration => ({
    Id,
    IsEnabled: true,
    IncludedObjectVersions: 'All',
    Schedule: { Frequency: 'Daily' },
    OptionalFields: ['ReplicationStatus', 'BucketKeyStatus'],
    Filter: { Prefix: 'p' },
    Destination: {
      S3BucketDestination: {
        Bucket: 'arn:aws:s3:::target-bucket',
        Format: 'Parquet',
        Encryption: { SSES3: {} },
      },
    },
  });
  const ids = Array.from({ length: 101 }, (_, index) => `id-${String(index).padStart(3, '0')}`);
  for (const Id of ids) {
    const put = { Bucket, Id, InventoryConfiguration: configuration(Id) };
    await s3.send(new PutBucketInventoryConfigurationCommand(put));
  }
  const one = await s3.send(new GetBucketInventoryConfigurationCommand({ Bucket, Id: 'id-007' }));
  expect(one.InventoryConfiguration).toEqual(configuration('id-007'));
  const first = await s3.send(new ListBucketInventoryConfigurationsCommand({ Bucket }));
  expect(first.IsTruncated).toBe(true);
  const next = { Bucket, ContinuationToken: first.NextContinuationToken };
  const second = await s3.send(new ListBucketInventoryConfigurationsCommand(next));
  expect(second.IsTruncated).toBe(false);
  const lists = [first.InventoryConfigurationList ?? [], second.InventoryConfigurationList ?? []];
  expect(lists.map((list) => list.length)).toEqual([100, 1]);
  expect(lists.flat()).toEqual(ids.map(configuration));
  const other = { Bucket, Id: 'other', InventoryConfiguration: configuration('id') };
  const put = s3.send(new PutBucketInventoryConfigurationCommand(other));
  expect(await refusal(put)).toBe('InvalidArgument 400');
  await s3.send(new DeleteBucketInventoryConfigurationCommand({ Bucket, Id: 'id-007' }));
  const get = s3.send(new GetBucketInventoryConfigurationCommand({ Bucket, Id: 'id-007' }));
  expect(await refusal(get)).toBe('NoSuchConfiguration 404');
});

test('intelligent tiering', async () => {
  const Id = 'archive';
  const IntelligentTieringConfiguration = {
    Id,
    Status: 'Enabled' as const,
    Filter: { Prefix: 'p/' },
    Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' as const }],
  };
  const put = { Bucket, Id, IntelligentTieringConfiguration };
  await s3.send(new PutBucketIntelligentTieringConfigurationCommand(put));
  const one = await s3.send(new GetBucketIntelligentTieringConfigurationCommand({ Bucket, Id }));
  expect(one.IntelligentTieringConfiguration).toEqual(IntelligentTieringConfiguration);
  const list = await s3.send(new ListBucketIntelligentTieringConfigurationsCommand({ Bucket }));
  expect(list.IntelligentTieringConfigurationList).toEqual([IntelligentTieringConfiguration]);
  await s3.send(new DeleteBucketIntelligentTieringConfigurationCommand({ Bucket, Id }));
  const after = await s3.send(new ListBucketIntelligentTieringConfigurationsCommand({ Bucket }));
  expect(after.IntelligentTieringConfigurationList).toBeUndefined();
});
