import { CreatePolicyCommand, PutRolePermissionsBoundaryCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, plan, read, replicate, replicationRole, type Estate } from './estate.ts';
import type { AccountLine } from '../../src/model/estate.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { makeRole, policy, type Clients } from '../sandbox/sdk.ts';

let org: Estate;
let shop = '';
let security = '';
let vault = '';
let bystander = '';

/** A source, its role in another account, its destination in a third; the replica key is the source's account's. */
beforeEach(async () => {
  org = await estate(4);
  [shop = '', security = '', vault = '', bystander = ''] = org.accounts;
  const near = await org.s3(shop, 'eu-west-1');
  await makeBucket(near, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'replica');
  await makeBucket(await org.s3(bystander, 'eu-central-1'), 'plain');
  const role = await replicationRole(await org.inside(security), 'replication');
  await replicate(near, 'orders', role, 'replica', {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: {
      Bucket: 'arn:aws:s3:::replica',
      EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:eu-central-1:${bystander}:key/k` },
    },
  });
  org.sandbox.calls.clear();
});

afterEach(() => org.close());

const none = Object.fromEntries(Object.keys(plan).map((end) => [end, []])) as unknown as typeof plan;
const lines = (): readonly AccountLine[] =>
  [...openSnapshot(org.folder).ends()].filter((line): line is AccountLine => line.kind === 'account');
const asked = (): Record<string, readonly string[]> =>
  Object.fromEntries(lines().map(({ id, facts }) => [id, Object.keys(facts)]));

describe('the facts of accounts', () => {
  it('are asked of the accounts whose part in a route asks for them, and of no other', async () => {
    const wanted = {
      sourceAccount: ['batchRoles'],
      roleAccount: ['serviceControlPolicies'],
      destinationAccount: ['publicAccessBlock'],
      replicaKeyAccount: ['resourceControlPolicies'],
    };
    await read(org, { plan: { ...none, bucket: ['replication'], ...wanted } });
    expect(asked()).toEqual({
      [shop]: ['batchRoles'],
      [security]: ['serviceControlPolicies'],
      [vault]: ['publicAccessBlock'],
      [bystander]: ['resourceControlPolicies'],
    });
    const callers = (operation: string): readonly string[] =>
      org.sandbox.calls
        .entries()
        .filter((line) => line.operation === operation)
        .map(({ account }) => account);
    expect(callers('iam:ListRoles')).toEqual([shop]);
    expect(callers('s3:GetAccountPublicAccessBlock')).toEqual([vault]);
  });

  it('of an account in two parts are the facts of both, each once', async () => {
    const s3 = await org.s3(vault, 'eu-central-1');
    const role = await replicationRole(await org.inside(vault), 'onwards');
    await makeBucket(s3, 'third');
    await replicate(s3, 'replica', role, 'third');
    const both = {
      sourceAccount: ['batchRoles', 'publicAccessBlock'],
      destinationAccount: ['publicAccessBlock'],
    };
    await read(org, { plan: { ...none, bucket: ['replication'], ...both } });
    expect(asked()).toMatchObject({ [vault]: ['batchRoles', 'publicAccessBlock'] });
    expect(org.sandbox.calls.count({ operation: 's3:GetAccountPublicAccessBlock', account: vault })).toBe(1);
  });
});

describe('the roles that S3 Batch Operations may assume', () => {
  const batch = policy({
    Effect: 'Allow',
    Principal: { Service: 'batchoperations.s3.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const may = policy({ Effect: 'Allow', Action: 's3:InitiateReplication', Resource: '*' });
  const scan = (): Promise<void> =>
    read(org, { plan: { ...none, bucket: ['replication'], sourceAccount: ['batchRoles'] } });
  const roles = (): unknown => lines().find(({ id }) => id === shop)?.facts.batchRoles;
  let inside: Clients;

  beforeEach(async () => {
    inside = await org.inside(shop);
  });

  it('are kept with all that is attached to them, and no others are read', async () => {
    const arn = await makeRole(inside.iam, 'batch', batch, may);
    await replicationRole(inside, 'replication');
    const made = await inside.iam.send(new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument: may }));
    const PermissionsBoundary = made.Policy?.Arn ?? '';
    await inside.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'batch', PermissionsBoundary }));
    org.sandbox.calls.clear();
    await scan();
    expect(roles()).toMatchObject({
      known: true,
      account: shop,
      value: [
        {
          Arn: arn,
          AssumeRolePolicyDocument: batch,
          Tags: [],
          Policies: {
            Inline: [{ Name: 'inline', Document: may }],
            Attached: [],
            Boundary: { Name: PermissionsBoundary, Document: may },
          },
        },
      ],
    });
    expect(org.sandbox.calls.count({ operation: 'iam:GetRole' })).toBe(1);
  });

  it('are none where no role speaks of it', async () => {
    await scan();
    expect(roles()).toMatchObject({ known: true, value: [] });
    expect(org.sandbox.calls.count({ operation: 'iam:GetRole' })).toBe(0);
  });

  it('are found on the second page', async () => {
    const account = org.sandbox.world.accounts.get(shop);
    const [usual] = account?.roles.values() ?? [];
    if (account === undefined || usual === undefined) throw new Error('An account has roles.');
    for (let number = 0; number < 1000; number += 1) {
      const name = `a${number}`;
      account.roles.set(name, { ...usual, name, arn: `arn:aws:iam::${shop}:role/${name}` });
    }
    const arn = await makeRole(inside.iam, 'zz-batch', batch);
    await scan();
    expect(roles()).toMatchObject({ value: [{ Arn: arn }] });
    expect(org.sandbox.calls.count({ operation: 'iam:ListRoles', account: shop })).toBe(2);
  });

  it.each(['iam:ListRoles', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'])(
    'are unknown where %s is denied, and the cause names it',
    async (operation) => {
      await makeRole(inside.iam, 'batch', batch, may);
      org.sandbox.faults.add({ operation, kind: 'denied' });
      await scan();
      expect(roles()).toMatchObject({
        known: false,
        causes: [{ reason: 'access-denied', call: operation, account: shop }],
      });
    },
  );
});
