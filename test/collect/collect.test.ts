import { DeleteBucketCommand, PutBucketPolicyCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  admit,
  estate,
  judge,
  lineOf,
  makeBucket,
  read,
  replicate,
  replicationRole,
  type Estate,
} from './estate.ts';
import { clientOf } from '../sandbox/s3/client.ts';
import { clientsOf, policy } from '../sandbox/sdk.ts';

let org: Estate;
let shop = '';
let vault = '';
let third = '';

/** Two accounts with a healthy route, and a third with a plain bucket. */
beforeEach(async () => {
  org = await estate(3);
  [shop = '', vault = '', third = ''] = org.accounts;
  const near = await org.s3(shop, 'eu-west-1');
  await makeBucket(near, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'orders-replica');
  await makeBucket(await org.s3(third, 'us-east-1'), 'plain');
  const role = await replicationRole(await org.inside(shop), 'orders-replication');
  await replicate(near, 'orders', role, 'orders-replica');
  await admit(await org.s3(vault, 'eu-central-1'), 'orders-replica', role);
});

afterEach(() => org.close());

const scan = async (
  ...parameters: Parameters<typeof read> extends [unknown, ...infer R] ? R : never
): Promise<ReturnType<typeof judge>> => {
  await read(org, ...parameters);
  return judge(org);
};

describe('a scan over HTTP', () => {
  it('finds nothing wrong with a healthy route, and reads everything', async () => {
    const { audit, findings } = await scan();
    expect(findings.map(lineOf)).toEqual([]);
    expect(audit.coverage).toMatchObject({ complete: true, buckets: 3, replicatingBuckets: 1, routes: 1 });
    expect(audit.topology.edges).toMatchObject([
      { from: `${shop}/eu-west-1`, to: `${vault}/eu-central-1`, routes: 1, broken: 0, unknown: 0 },
    ]);
  });

  it("trap 30: reads the destination with the destination account's role, each fact once", async () => {
    org.sandbox.faults.clear();
    await scan();
    const calls = org.sandbox.calls.entries().filter(({ bucket }) => bucket === 'orders-replica');
    const reads = calls.filter(({ operation }) => /^s3:(Get|List)/.test(operation));
    expect(reads.length).toBeGreaterThan(4);
    expect(new Set(reads.map(({ account }) => account))).toEqual(new Set([vault]));
    expect(reads.filter(({ count }) => count !== 1)).toEqual([]);
  });

  it('makes two calls of a bucket that replicates nothing', async () => {
    await scan();
    const plain = org.sandbox.calls
      .entries()
      .filter(({ bucket, account }) => bucket === 'plain' && account === third);
    const reads = plain.filter(({ operation }) => operation.startsWith('s3:Get'));
    expect(reads.map(({ operation, count }) => [operation, count])).toEqual([
      ['s3:GetBucketEncryption', 1],
      ['s3:GetBucketReplication', 1],
    ]);
  });

  it('joins the ends: a destination that lost its versioning', async () => {
    const s3 = await org.s3(vault, 'eu-central-1');
    const VersioningConfiguration = { Status: 'Suspended' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: 'orders-replica', VersioningConfiguration }));
    const { findings, audit } = await scan();
    expect(findings.map(lineOf)).toEqual(['fail destination-versioning-off orders → orders-replica']);
    const [finding] = findings;
    expect(finding?.evidence[0]).toMatchObject({
      call: 's3:GetBucketVersioning',
      resource: 'arn:aws:s3:::orders-replica',
      account: vault,
      pointer: '/Status',
      value: 'Suspended',
    });
    expect(audit.topology.edges[0]).toMatchObject({ broken: 1 });
  });

  it('tells a missing destination from one whose owner is not known', async () => {
    await (await org.s3(vault, 'eu-central-1')).send(new DeleteBucketCommand({ Bucket: 'orders-replica' }));
    expect((await scan()).findings.map(lineOf)).toEqual([
      'fail destination-missing orders → orders-replica',
      'fail destination-name-claimable orders → orders-replica',
    ]);
  });
});

describe('what could not be read', () => {
  it('an account without the role is a line in the coverage, and the others are scanned', async () => {
    org.sandbox.world.accounts.get(third)?.roles.delete('ReplintAudit');
    const { audit, findings } = await scan();
    expect(findings).toEqual([]);
    expect(audit.coverage.complete).toBe(false);
    expect(audit.coverage.accounts.find(({ id }) => id === third)).toMatchObject({
      status: 'unreadable',
      buckets: 0,
      causes: [{ reason: 'access-denied', call: 'sts:AssumeRole' }],
    });
    expect(audit.coverage.buckets).toBe(2);
  });

  it("where the destination's account is not read, its facts are unknown, and nothing is a verdict", async () => {
    org.sandbox.world.accounts.get(vault)?.roles.delete('ReplintAudit');
    const { findings } = await scan();
    expect(findings.filter(({ outcome }) => outcome === 'fail').map(lineOf)).toEqual([
      'fail destination-unverifiable orders → orders-replica',
    ]);
    const unknown = findings.filter(({ outcome }) => outcome === 'unknown').map(({ rule }) => rule);
    expect(unknown).toContain('destination-versioning-off');
    expect(unknown).toContain('objects-not-backfilled');
  });

  it('a denied read is unknown, with the call and the account', async () => {
    const s3 = await org.s3(vault, 'eu-central-1');
    const Policy = policy(
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetBucketVersioning',
        Resource: 'arn:aws:s3:::orders-replica',
      },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${shop}:role/orders-replication` },
        Action: 's3:ReplicateObject',
        Resource: 'arn:aws:s3:::orders-replica/*',
      },
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'orders-replica', Policy }));
    const { findings, audit } = await scan();
    expect(findings.map(lineOf)).toEqual(['unknown destination-versioning-off orders → orders-replica']);
    expect(findings[0]?.causes).toMatchObject([
      { reason: 'access-denied', call: 's3:GetBucketVersioning', account: vault },
    ]);
    expect(audit.coverage.gaps).toMatchObject([{ call: 's3:GetBucketVersioning', account: vault, count: 1 }]);
    expect(audit.topology.edges[0]).toMatchObject({ unknown: 1, broken: 0 });
  });

  it.each([
    ['throttled', 'throttled'],
    ['500', 'failed'],
    ['503', 'failed'],
    ['cut', 'failed'],
    ['malformed', 'failed'],
  ] as const)('a call that is %s for good is unknown, and the scan ends', async (kind, reason) => {
    org.sandbox.faults.add({ operation: 's3:GetBucketReplication', bucket: 'orders', kind });
    const { findings, audit } = await scan();
    expect(
      findings.every(({ outcome, resource }) => outcome === 'unknown' && resource.bucket === 'orders'),
    ).toBe(true);
    expect(findings.length).toBeGreaterThan(10);
    expect(audit.coverage.gaps).toMatchObject([{ reason, call: 's3:GetBucketReplication', account: shop }]);
    expect(audit.coverage.routes).toBe(0);
  });

  it.each(['throttled', '500', '503', 'cut'] as const)(
    'a call that is %s twice is read all the same',
    async (kind) => {
      org.sandbox.faults.add({ operation: 's3:GetBucketReplication', bucket: 'orders', kind, times: 2 });
      expect((await scan()).audit.coverage.complete).toBe(true);
    },
  );

  it('a bucket that is deleted between list and read is unknown', async () => {
    // The list is made, its answer is held back, and meanwhile the bucket goes.
    org.sandbox.faults.add({ operation: 's3:ListBuckets', account: third, kind: 'delay', delayMs: 500 });
    const scanning = scan();
    while (org.sandbox.calls.count({ operation: 's3:ListBuckets', account: third }) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    org.sandbox.world.buckets.delete('plain');
    const { audit, findings } = await scanning;
    expect(
      findings.every(({ outcome, resource }) => outcome === 'unknown' && resource.bucket === 'plain'),
    ).toBe(true);
    expect(audit.coverage.gaps.map(({ reason, example }) => [reason, example])).toEqual([
      ['failed', 'plain'],
      ['failed', 'plain'],
    ]);
  });

  it('nothing is left under its final name when the user stops the scan', async () => {
    const stop = new AbortController();
    org.sandbox.faults.add({
      operation: 's3:GetBucketEncryption',
      bucket: 'orders',
      kind: 'delay',
      delayMs: 400,
    });
    const scanning = read(org, { signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 200);
    await expect(scanning).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(join(org.folder, 'manifest.json'))).toBe(false);
    const files = readdirSync(org.folder, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });
});

describe('the snapshot', () => {
  it('gives the same audit each time it is judged', async () => {
    await read(org);
    expect(JSON.stringify(judge(org))).toBe(JSON.stringify(judge(org)));
  });

  it("is its owner's alone to read", async () => {
    await read(org);
    for (const name of readdirSync(org.folder, { recursive: true, encoding: 'utf8' })) {
      expect(statSync(join(org.folder, name)).mode & 0o077, name).toBe(0);
    }
  });

  it('spares a resumed scan the accounts that were finished', async () => {
    const first = await scan();
    org.sandbox.world.accounts.get(third)?.roles.delete('ReplintAudit');
    const before = org.sandbox.calls.count({ operation: 's3:GetBucketEncryption' });
    const second = await scan({ resume: true });
    expect(org.sandbox.calls.count({ operation: 's3:GetBucketEncryption' })).toBe(before);
    expect(second.audit.coverage).toEqual(first.audit.coverage);
  });

  it("reads the caller's own account again, whose credentials are found out by trying", async () => {
    const central = clientOf(org.sandbox, 'us-east-1');
    await makeBucket(central, 'central');
    const clients = clientsOf(org.sandbox, org.sandbox.administrator);
    await replicate(central, 'central', await replicationRole(clients, 'replication'), 'orders-replica');
    expect((await scan()).audit.coverage).toMatchObject({ complete: true, routes: 2 });
    expect((await scan({ resume: true })).audit.coverage).toMatchObject({ complete: true, routes: 2 });
  });

  it('tries again an account that could not be read', async () => {
    const roles = org.sandbox.world.accounts.get(third)?.roles;
    const role = roles?.get('ReplintAudit');
    roles?.delete('ReplintAudit');
    expect((await scan()).audit.coverage).toMatchObject({ complete: false, buckets: 2 });
    if (role) roles?.set('ReplintAudit', role);
    expect((await scan({ resume: true })).audit.coverage).toMatchObject({ complete: true, buckets: 3 });
  });

  it('does not judge what is left of an account that has gone since', async () => {
    await read(org);
    const account = org.sandbox.world.accounts.get(third);
    if (account) account.state = 'SUSPENDED';
    const { audit } = await scan({ resume: true });
    expect(audit.coverage.accounts.find(({ id }) => id === third)).toMatchObject({
      buckets: 0,
      status: 'skipped',
    });
    expect(audit.coverage.buckets).toBe(2);
  });

  it('does not resume what another configuration began', async () => {
    await read(org);
    const before = org.sandbox.calls.count({ operation: 's3:GetBucketEncryption' });
    await read(org, { resume: true, objects: { versions: 1000, pendingMinutes: 0 } });
    expect(org.sandbox.calls.count({ operation: 's3:GetBucketEncryption' })).toBe(2 * before);
  });
});

describe('the choice of accounts', () => {
  it('reads the included accounts only, and says why not the others', async () => {
    const { audit } = await scan({ choice: { include: { accounts: [shop] }, exclude: {} } });
    expect(audit.coverage.accounts.filter(({ status }) => status === 'scanned').map(({ id }) => id)).toEqual([
      shop,
    ]);
    expect(audit.coverage.complete).toBe(false);
    expect(org.sandbox.calls.count({ operation: 's3:ListBuckets', account: vault })).toBe(0);
  });

  it('leaves out the excluded ones', async () => {
    const { audit } = await scan({ choice: { include: {}, exclude: { accounts: [third] } } });
    expect(audit.coverage.accounts.find(({ id }) => id === third)).toMatchObject({ status: 'skipped' });
  });
});

it.each([
  ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
])('the partition %s comes from the caller, never from a constant', async (partition, region, other) => {
  const elsewhere = await estate(1, { partition, region });
  try {
    const [account = ''] = elsewhere.accounts;
    const s3 = await elsewhere.s3(account, region);
    await makeBucket(s3, 'orders');
    await makeBucket(await elsewhere.s3(account, other), 'orders-replica');
    const role = await replicationRole(await elsewhere.inside(account), 'replication');
    await replicate(s3, 'orders', role, 'orders-replica', {}, partition);
    await read(elsewhere);
    const { audit, findings } = judge(elsewhere);
    expect(findings.map(lineOf)).toEqual([]);
    expect(audit.header.partition).toBe(partition);
    expect(audit.coverage).toMatchObject({ complete: true, routes: 1 });
  } finally {
    await elsewhere.close();
  }
});
