import {
  PutBucketEncryptionCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, type Estate } from './estate.ts';
import { auditing, sessionOf } from './reach.ts';
import { readFacts } from '../../src/collect/survey.ts';
import type { BucketFacts, ObservedFacts } from '../../src/model/facts.ts';

let org: Estate;
let shop = '';
let s3: S3Client;

beforeEach(async () => {
  org = await estate(1);
  [shop = ''] = org.accounts;
  s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
});

afterEach(() => org.close());

/** Facts as the auditing role reads them. */
function factsOf(...facts: readonly (keyof BucketFacts)[]): Promise<ObservedFacts<BucketFacts>> {
  return readFacts(sessionOf(org.sandbox, shop, auditing(org.sandbox, shop)), 'orders', 'eu-west-1', facts);
}

const known = (value: unknown): object => ({ known: true, account: shop, value });
const all = ['intelligentTiering', 'inventory', 'notification', 'logging', 'lifecycle'] as const;

describe('a bucket on which nothing was put', () => {
  it('has none of each, which AWS says without an error but for lifecycle', async () => {
    expect(await factsOf(...all)).toMatchObject({
      intelligentTiering: known([]),
      inventory: known([]),
      notification: known({
        TopicConfigurations: [],
        QueueConfigurations: [],
        LambdaFunctionConfigurations: [],
      }),
      logging: known(null),
      lifecycle: known(null),
    });
  });

  it.each([
    ['intelligentTiering', 's3:ListBucketIntelligentTieringConfigurations'],
    ['inventory', 's3:ListBucketInventoryConfigurations'],
    ['notification', 's3:GetBucketNotificationConfiguration'],
    ['logging', 's3:GetBucketLogging'],
  ] as const)('says nothing of %s where that is denied or cut', async (fact, call) => {
    for (const [kind, reason] of [
      ['denied', 'access-denied'],
      ['cut', 'failed'],
    ] as const) {
      org.sandbox.faults.clear();
      org.sandbox.faults.add({ operation: call, kind });
      expect(await factsOf(fact)).toMatchObject({ [fact]: { known: false, causes: [{ reason, call }] } });
    }
  });
});

/** By AWS; answered as it was put. */
const deprecated: object = { Prefix: 'tmp/' };

describe('a lifecycle', () => {
  it('keeps filters, transitions and dates as AWS writes them', async () => {
    const Date_ = new Date('2027-01-01T00:00:00.000Z');
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: 'orders',
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'cold',
              Status: 'Enabled',
              Filter: {
                And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeGreaterThan: 1000 },
              },
              Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
              NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'DEEP_ARCHIVE' }],
              NoncurrentVersionExpiration: { NoncurrentDays: 400 },
            },
            { ID: 'old', Status: 'Disabled', ...deprecated, Expiration: { Date: Date_ } },
            {
              ID: 'tagged',
              Status: 'Enabled',
              Filter: { Tag: { Key: 'x', Value: 'y' } },
              Transitions: [{ Date: Date_, StorageClass: 'GLACIER_IR' }],
            },
          ],
        },
      }),
    );
    const { lifecycle } = await factsOf('lifecycle');
    expect(lifecycle?.known === true && lifecycle.value?.Rules).toMatchObject([
      {
        ID: 'cold',
        Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeGreaterThan: 1000 } },
        Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
        NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'DEEP_ARCHIVE' }],
        NoncurrentVersionExpiration: { NoncurrentDays: 400 },
      },
      { Status: 'Disabled', Prefix: 'tmp/', Expiration: { Date: '2027-01-01T00:00:00.000Z' } },
      {
        Filter: { Tag: { Key: 'x', Value: 'y' } },
        Transitions: [{ Date: '2027-01-01T00:00:00.000Z', StorageClass: 'GLACIER_IR' }],
      },
    ]);
  });
});

/** As many as need two pages. */
const ids = Array.from({ length: 101 }, (_, at) => `c-${String(at).padStart(3, '0')}`);

describe('configurations of which a bucket has many', () => {
  it('inventories are read over pages, with what they hold of each object', async () => {
    for (const Id of ids) {
      await s3.send(
        new PutBucketInventoryConfigurationCommand({
          Bucket: 'orders',
          Id,
          InventoryConfiguration: {
            Id,
            IsEnabled: Id !== 'c-000',
            IncludedObjectVersions: 'All',
            Schedule: { Frequency: 'Daily' },
            Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::reports', Format: 'CSV' } },
            ...(Id === 'c-100'
              ? { Filter: { Prefix: 'logs/' }, OptionalFields: ['Size', 'ReplicationStatus'] as const }
              : {}),
          } as never,
        }),
      );
    }
    const { inventory } = await factsOf('inventory');
    const value = inventory?.known === true ? inventory.value : [];
    expect(value.map(({ Id }) => Id)).toEqual(ids);
    expect([value[0], value[100]]).toEqual([
      { Id: 'c-000', IsEnabled: false, IncludedObjectVersions: 'All', OptionalFields: [] },
      {
        Id: 'c-100',
        IsEnabled: true,
        IncludedObjectVersions: 'All',
        Filter: { Prefix: 'logs/' },
        OptionalFields: ['Size', 'ReplicationStatus'],
      },
    ]);
    expect(org.sandbox.calls.count({ operation: 's3:ListBucketInventoryConfigurations' })).toBe(2);
  });

  it('tiers are read over pages, with their filters', async () => {
    for (const Id of ids) {
      await s3.send(
        new PutBucketIntelligentTieringConfigurationCommand({
          Bucket: 'orders',
          Id,
          IntelligentTieringConfiguration: {
            Id,
            Status: 'Enabled',
            ...(Id === 'c-100'
              ? { Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }] } } }
              : {}),
            Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
          },
        }),
      );
    }
    const { intelligentTiering } = await factsOf('intelligentTiering');
    const value = intelligentTiering?.known === true ? intelligentTiering.value : [];
    expect(value.map(({ Id }) => Id)).toEqual(ids);
    expect(value[100]).toEqual({
      Id: 'c-100',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }] } },
      Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
    });
  });

  it('half a list is none', async () => {
    const Id = 'c-000';
    await s3.send(
      new PutBucketIntelligentTieringConfigurationCommand({
        Bucket: 'orders',
        Id,
        IntelligentTieringConfiguration: {
          Id,
          Status: 'Enabled',
          Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }],
        },
      }),
    );
    const session = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop));
    session.s3('eu-west-1').middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        Object.assign(result.output, { IsTruncated: true, NextContinuationToken: undefined });
        return result;
      },
      { step: 'initialize' },
    );
    const facts = ['intelligentTiering', 'inventory'] as const;
    expect(await readFacts(session, 'orders', 'eu-west-1', facts)).toMatchObject({
      intelligentTiering: { known: false, causes: [{ reason: 'failed' }] },
      inventory: { known: false, causes: [{ reason: 'failed' }] },
    });
  });
});

it('notifications are kept by what they go to, with events and filters', async () => {
  const Events = ['s3:Replication:OperationFailedReplication'] as const;
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: 'orders',
      NotificationConfiguration: {
        TopicConfigurations: [
          {
            TopicArn: `arn:aws:sns:eu-west-1:${shop}:failures`,
            Events: [...Events],
            Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'logs/' }] } },
          },
        ],
        QueueConfigurations: [
          { QueueArn: `arn:aws:sqs:eu-west-1:${shop}:all`, Events: ['s3:Replication:*'] },
        ],
        LambdaFunctionConfigurations: [
          {
            LambdaFunctionArn: `arn:aws:lambda:eu-west-1:${shop}:function:f`,
            Events: ['s3:ObjectCreated:*', ...Events],
          },
        ],
        EventBridgeConfiguration: {},
      },
    }),
  );
  expect(await factsOf('notification')).toMatchObject({
    notification: known({
      TopicConfigurations: [
        { Events, Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'logs/' }] } } },
      ],
      QueueConfigurations: [{ Events: ['s3:Replication:*'] }],
      LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*', ...Events] }],
    }),
  });
});

describe('logging', () => {
  const logInto = (Bucket: string, TargetBucket: string): Promise<unknown> =>
    s3.send(
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'logs/' } },
      }),
    );

  it('into the bucket itself asks for no target', async () => {
    await logInto('orders', 'orders');
    expect(await factsOf('logging')).toMatchObject({
      logging: known({ TargetBucket: 'orders', TargetPrefix: 'logs/', Target: null }),
    });
    expect(org.sandbox.calls.count({ operation: 's3:GetObjectLockConfiguration' })).toBe(0);
  });

  it('into another bucket says what that one has, and asks it once for all who log there', async () => {
    await makeBucket(s3, 'logs');
    await makeBucket(s3, 'invoices');
    await logInto('orders', 'logs');
    await logInto('invoices', 'logs');
    const session = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop));
    const readOf = (name: string): Promise<unknown> => readFacts(session, name, 'eu-west-1', ['logging']);
    const Target = { ObjectLock: null, Encryption: { Rules: [{ BucketKeyEnabled: false }] } };
    const expected = { logging: known({ TargetBucket: 'logs', TargetPrefix: 'logs/', Target }) };
    expect(await Promise.all([readOf('orders'), readOf('invoices')])).toMatchObject([expected, expected]);
    for (const operation of ['s3:GetObjectLockConfiguration', 's3:GetBucketEncryption']) {
      expect(org.sandbox.calls.count({ operation, bucket: 'logs' })).toBe(1);
    }
  });

  it('into a locked bucket under KMS says so', async () => {
    await makeBucket(s3, 'logs');
    await s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket: 'logs',
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    );
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: 'logs',
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      }),
    );
    await logInto('orders', 'logs');
    expect(await factsOf('logging')).toMatchObject({
      logging: known({
        Target: {
          ObjectLock: { ObjectLockEnabled: 'Enabled' },
          Encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
        },
      }),
    });
  });

  it('is unknown where the target does not say, and may be asked again', async () => {
    await makeBucket(s3, 'logs');
    await logInto('orders', 'logs');
    const session = sessionOf(org.sandbox, shop, auditing(org.sandbox, shop));
    const reading = (): Promise<unknown> => readFacts(session, 'orders', 'eu-west-1', ['logging']);
    org.sandbox.faults.add({ operation: 's3:GetBucketEncryption', bucket: 'logs', kind: 'denied' });
    expect(await reading()).toMatchObject({
      logging: { known: false, causes: [{ reason: 'access-denied' }] },
    });
    org.sandbox.faults.clear();
    expect(await reading()).toMatchObject({ logging: { known: true } });
  });
});
