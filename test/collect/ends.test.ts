import {
  DeleteBucketCommand,
  PutBucketReplicationCommand,
  type ReplicationRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CreateRoleCommand, TagRoleCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
import type { EndLine } from '../../src/model/estate.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { makeRole, policy } from '../sandbox/sdk.ts';

let org: Estate;
let shop = '';
let vault = '';
let s3: S3Client;

beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'orders-replica');
});

afterEach(() => org.close());

const trustsS3 = policy({
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

const lines = (): readonly EndLine[] => [...openSnapshot(org.folder).ends()];
const rolesRead = (): readonly unknown[] => lines().filter(({ kind }) => kind === 'role');

/** A rule of its own prefix, to a destination. */
function ruleTo(destination: string, Priority: number, more: Partial<ReplicationRule> = {}): ReplicationRule {
  return {
    ID: `rule ${Priority}`,
    Status: 'Enabled',
    Priority,
    Filter: { Prefix: `${Priority}/` },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: { Bucket: `arn:aws:s3:::${destination}`, Metrics: { Status: 'Enabled' } },
    ...more,
  };
}

async function replicateBy(Bucket: string, Role: string, ...Rules: ReplicationRule[]): Promise<void> {
  await s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role, Rules } }));
}

describe('the roles of routes', () => {
  it("are read with the credentials of the role's own account", async () => {
    const role = await makeRole((await org.inside(vault)).iam, 'elsewhere', trustsS3);
    await replicate(s3, 'orders', role, 'orders-replica');
    await read(org);
    expect(rolesRead()).toMatchObject([
      { arn: role, facts: { definition: { known: true, account: vault, value: { Arn: role } } } },
    ]);
    expect(org.sandbox.calls.count({ operation: 'iam:GetRole', account: shop })).toBe(0);
  });

  it('are found by their name where the ARN has a path', async () => {
    const { iam } = await org.inside(shop);
    const made = await iam.send(
      new CreateRoleCommand({
        RoleName: 'replication',
        Path: '/service-role/s3/',
        AssumeRolePolicyDocument: trustsS3,
      }),
    );
    const role = made.Role?.Arn ?? '';
    expect(role).toContain('role/service-role/s3/replication');
    await replicate(s3, 'orders', role, 'orders-replica');
    await read(org);
    const [line] = rolesRead();
    expect(line).toMatchObject({ arn: role, facts: { definition: { known: true, value: { Arn: role } } } });
    // IAM sends the document URL-encoded; what is kept is the text.
    expect(JSON.stringify(line)).toContain(JSON.stringify(JSON.stringify(JSON.parse(trustsS3))).slice(1, -1));
  });

  it('bring their tags, and none where they have none', async () => {
    const { iam } = await org.inside(shop);
    const role = await replicationRole(await org.inside(shop), 'replication');
    await replicate(s3, 'orders', role, 'orders-replica');
    await read(org);
    expect(rolesRead()).toMatchObject([{ facts: { definition: { value: { Tags: [] } } } }]);
    const Tags = [
      { Key: 'team', Value: 'storage & <backup>' },
      { Key: 'empty', Value: '' },
    ];
    await iam.send(new TagRoleCommand({ RoleName: 'replication', Tags }));
    await read(org);
    expect(rolesRead()).toMatchObject([{ facts: { definition: { value: { Tags } } } }]);
  });

  it('are null where IAM says that there is none, and unknown where it does not say', async () => {
    await replicate(s3, 'orders', `arn:aws:iam::${shop}:role/gone`, 'orders-replica');
    await read(org);
    expect(rolesRead()).toMatchObject([{ facts: { definition: { known: true, value: null } } }]);
    org.sandbox.faults.add({ operation: 'iam:GetRole', kind: 'denied' });
    await read(org);
    expect(rolesRead()).toMatchObject([
      { facts: { definition: { known: false, causes: [{ reason: 'access-denied', call: 'iam:GetRole' }] } } },
    ]);
  });

  it('are unknown where the account is nobody whom the scan may ask', async () => {
    await replicate(s3, 'orders', 'arn:aws:iam::999988887777:role/foreign', 'orders-replica');
    await read(org);
    expect(rolesRead()).toMatchObject([
      {
        facts: {
          definition: { known: false, causes: [{ reason: 'outside-organization', account: '999988887777' }] },
        },
      },
    ]);
    const { findings } = judge(org);
    // Whose role it is its ARN tells.
    const about = findings.filter(({ rule }) => rule.startsWith('role-') && rule !== 'role-in-other-account');
    expect(about.map(({ outcome }) => outcome)).toEqual(about.map(() => 'unknown'));
    expect(about.length).toBeGreaterThan(1);
  });
});

it('of an account that could not be read an end is unknown for the reason that the account is', async () => {
  const role = await makeRole((await org.inside(vault)).iam, 'elsewhere', trustsS3);
  await replicate(s3, 'orders', role, 'orders-replica');
  org.sandbox.world.accounts.get(vault)?.roles.delete('ReplintAudit');
  await read(org);
  const causes = [{ reason: 'access-denied', call: 'sts:AssumeRole' }];
  expect(rolesRead()).toMatchObject([{ facts: { definition: { known: false, causes } } }]);
});

describe('what several routes want', () => {
  it('is read once: role, source and destination', async () => {
    const role = await replicationRole(await org.inside(shop), 'replication');
    await makeBucket(s3, 'invoices');
    await replicateBy('orders', role, ruleTo('orders-replica', 1), ruleTo('orders-replica', 2));
    await replicateBy('invoices', role, ruleTo('orders-replica', 1));
    await read(org);
    expect(
      lines()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([
      ...['account', 'account'],
      ...['bucket', 'bucket', 'bucket'],
      ...['objects', 'objects', 'objects'],
      'role',
    ]);
    const calls = org.sandbox.calls.entries().filter(({ operation }) => /GetRole|:GetBucket/.test(operation));
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.filter(({ count }) => count !== 1)).toEqual([]);
    expect(judge(org).audit.coverage).toMatchObject({ complete: true, replicatingBuckets: 2, routes: 3 });
  });

  it('is asked of a stranger once, by the first source that names it', async () => {
    const role = await replicationRole(await org.inside(shop), 'replication');
    const vaults = await org.s3(vault, 'eu-central-1');
    await replicateBy('orders', role, ruleTo('orders-replica', 1), ruleTo('orders-replica', 2));
    await makeBucket(vaults, 'other-source');
    const there = await replicationRole(await org.inside(vault), 'replication');
    await replicate(vaults, 'other-source', there, 'orders-replica');
    await vaults.send(new DeleteBucketCommand({ Bucket: 'orders-replica' }));
    await read(org);
    expect(lines().filter(({ kind }) => kind === 'stranger')).toMatchObject([
      { name: 'orders-replica', region: null, facts: { presence: { known: true, value: { status: 404 } } } },
    ]);
    expect(org.sandbox.calls.count({ operation: 's3:HeadBucket', bucket: 'orders-replica' })).toBe(1);
    const missing = judge(org).findings.filter(({ rule }) => rule === 'destination-missing');
    expect(missing.map(lineOf)).toHaveLength(3);
  });

  it('leaves a disabled rule out, and the destination that it alone names', async () => {
    const role = await replicationRole(await org.inside(shop), 'replication');
    await makeBucket(await org.s3(vault, 'eu-central-1'), 'asleep');
    await replicateBy(
      'orders',
      role,
      ruleTo('orders-replica', 1),
      ruleTo('asleep', 2, { Status: 'Disabled' }),
    );
    await read(org);
    const names = lines().flatMap((line) => (line.kind === 'bucket' ? [line.name] : []));
    expect(names.sort()).toEqual(['orders', 'orders-replica']);
    expect(judge(org).audit.coverage.routes).toBe(1);
  });
});

describe('a destination that no scanned account owns', () => {
  beforeEach(async () => {
    const role = await replicationRole(await org.inside(shop), 'replication');
    await replicate(s3, 'orders', role, 'orders-replica');
  });

  it("keeps the Region that its 403 names, and is asked with the source's credentials", async () => {
    await read(org, { choice: { include: { accounts: [shop] }, exclude: {} } });
    expect(lines().filter(({ kind }) => kind === 'stranger')).toMatchObject([
      {
        name: 'orders-replica',
        region: 'eu-central-1',
        facts: { presence: { known: true, value: { status: 403 }, account: shop } },
      },
    ]);
  });

  it('is unknown, and not missing, where the answer does not come', async () => {
    org.sandbox.faults.add({ operation: '*', bucket: 'orders-replica', kind: '500' });
    await read(org, { choice: { include: { accounts: [shop] }, exclude: {} } });
    expect(lines().filter(({ kind }) => kind === 'stranger')).toMatchObject([
      { region: null, facts: { presence: { known: false, causes: [{ reason: 'failed', account: shop }] } } },
    ]);
    const outcomes = judge(org).findings.filter(({ rule }) => rule === 'destination-missing');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown']);
  });
});
