import { AccountClient, DisableRegionCommand, EnableRegionCommand } from '@aws-sdk/client-account';
import {
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  estate,
  judge,
  lineOf,
  makeBucket,
  read,
  replicate,
  replicationRole,
  type Estate,
} from './estate.ts';

let org: Estate;
let shop = '';
let vault = '';
let s3: S3Client;
let there: S3Client;

/** `orders` to `orders-replica` in another account, and from there on to `archive`. */
beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  s3 = await org.s3(shop, 'eu-west-1');
  there = await org.s3(vault, 'eu-central-1');
  await makeBucket(s3, 'orders');
  await makeBucket(there, 'orders-replica');
  await makeBucket(there, 'archive');
  await replicate(
    s3,
    'orders',
    await replicationRole(await org.inside(shop), 'replication'),
    'orders-replica',
  );
  await replicate(there, 'orders-replica', await replicationRole(await org.inside(vault), 'on'), 'archive');
});

afterEach(() => org.close());

async function found(rule: string): Promise<readonly string[]> {
  await read(org);
  return judge(org)
    .findings.filter((finding) => finding.rule === rule)
    .map(lineOf);
}

it('a chain over two accounts is found at its first route alone', async () => {
  expect(await found('replication-chain')).toEqual(['fail replication-chain orders → orders-replica']);
});

it('a chain is unknown where the second account does not tell where its bucket replicates to', async () => {
  org.sandbox.faults.add({ operation: 's3:GetBucketReplication', bucket: 'orders-replica', kind: 'denied' });
  expect(await found('replication-chain')).toEqual([
    'unknown replication-chain orders → orders-replica',
    // Nor does anybody know whether that bucket has routes itself.
    'unknown replication-chain orders-replica',
  ]);
});

it('two that replicate both ways without replica modification sync are named, each side once', async () => {
  const role = await replicationRole(await org.inside(vault), 'back');
  await replicate(there, 'orders-replica', role, 'orders');
  expect(await found('one-way-modification-sync')).toEqual([
    'fail one-way-modification-sync orders → orders-replica',
    'fail one-way-modification-sync orders-replica → orders',
  ]);
});

it('access logs that come back into a replicating bucket are found', async () => {
  const LoggingEnabled = { TargetBucket: 'orders', TargetPrefix: 'logs/' };
  await s3.send(new PutBucketLoggingCommand({ Bucket: 'orders', BucketLoggingStatus: { LoggingEnabled } }));
  expect(await found('logging-loop')).toEqual(['fail logging-loop orders']);
});

it('a source whose failures nobody hears of is found', async () => {
  await s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket: 'orders', NotificationConfiguration: {} }),
  );
  expect(await found('failure-events-off')).toEqual(['fail failure-events-off orders']);
});

it('a Region that the owner of the source switched off again is found', async () => {
  const asOwner = async (account: string): Promise<AccountClient> =>
    new AccountClient({
      endpoint: org.sandbox.endpoint,
      region: 'us-east-1',
      credentials: (await org.s3(account, 'us-east-1')).config.credentials,
    });
  const [own, others] = [await asOwner(shop), await asOwner(vault)];
  for (const client of [own, others])
    await client.send(new EnableRegionCommand({ RegionName: 'eu-south-1' }));
  await makeBucket(await org.s3(vault, 'eu-south-1'), 'milan');
  await replicate(s3, 'orders', await replicationRole(await org.inside(shop), 'south'), 'milan');
  expect(await found('destination-region-disabled')).toEqual([]);
  await own.send(new DisableRegionCommand({ RegionName: 'eu-south-1' }));
  expect(await found('destination-region-disabled')).toEqual([
    'fail destination-region-disabled orders → milan',
  ]);
});
