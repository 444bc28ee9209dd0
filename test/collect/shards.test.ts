import {
  CreateAccountCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  estate,
  judge,
  makeBucket,
  read,
  replicate,
  replicationRole,
  silent,
  type Estate,
} from './estate.ts';
import type { CollectOptions } from '../../src/collect/collect.ts';
import { shared } from '../../src/collect/shards.ts';
import type { Shard } from '../../src/model/shard.ts';
import { sealed, unsealed } from '../../src/snapshot/seal.ts';
import { shardOf } from '../../src/snapshot/shards.ts';
import { fileOf } from '../../src/snapshot/snapshot.ts';
import { clientOf } from '../sandbox/s3/client.ts';
import { clientsOf, type Clients } from '../sandbox/sdk.ts';

const begun = new Date().toISOString();
const of = 3;
const unlimited = { perSecond: 3000, burst: 3000 };
const organizationRates = { listPolicies: unlimited, describePolicy: unlimited };

let org: Estate;
let admin: Clients;
let shop = '';
let vault = '';

/** A route across accounts, one out of the management account, which has no auditing role, and service control policies. */
beforeEach(async () => {
  org = await estate(4);
  admin = clientsOf(org.sandbox, org.sandbox.administrator);
  [shop = '', vault = ''] = org.accounts;
  const near = await org.s3(shop, 'eu-west-1');
  await makeBucket(near, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'replica');
  await replicate(near, 'orders', await replicationRole(await org.inside(shop), 'r'), 'replica');
  const central = clientOf(org.sandbox, 'us-east-1');
  await makeBucket(central, 'central');
  await replicate(central, 'central', await replicationRole(admin, 'r'), 'replica');
  const { organizations } = admin;
  const RootId = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id;
  await organizations.send(new EnablePolicyTypeCommand({ RootId, PolicyType: 'SERVICE_CONTROL_POLICY' }));
});

afterEach(() => org.close());

const shards: readonly Shard[] = [1, 2, 3].map((index) => ({ index, of }));
const shardWith = (account: string): Shard => ({ index: shardOf(account, of), of });

const buckets = (shard: Shard, options: Partial<CollectOptions> = {}): Promise<void> =>
  read(org, options, { wave: 'buckets', shard, from: null });
const ends = (shard: Shard, options: Partial<CollectOptions> = {}): Promise<void> =>
  read(org, { organizationRates, ...options }, { wave: 'ends', shard, from: [org.folder] });

async function everything(): Promise<void> {
  for (const shard of shards) await buckets(shard);
  for (const shard of shards) await ends(shard);
}

const timeless = (): string =>
  JSON.stringify(judge(org)).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => (time >= begun ? '' : time));

/** Changes what stands in a manifest, as whoever wrote it could have. */
function edit(name: string, change: (text: string) => string): void {
  const path = join(org.folder, name);
  const written = JSON.stringify(unsealed(path, readFileSync(path, 'utf8'), 0));
  const changed = JSON.parse(change(written)) as object;
  expect(changed).not.toEqual(JSON.parse(written));
  writeFileSync(path, sealed(changed, 0));
}

describe('shards', () => {
  it("see what one process sees, the caller's own account and the organization's policies included", async () => {
    await read(org, { organizationRates });
    const whole = timeless();
    expect(whole).toContain('"routes":2');
    await everything();
    expect(timeless()).toBe(whole);
    expect(judge(org).audit.coverage.complete).toBe(true);
  });

  it('list the organization once each, and not at all where the ends are read', async () => {
    const listings = (): number => org.sandbox.calls.count({ operation: 'organizations:ListAccounts' });
    for (const shard of shards) await buckets(shard);
    expect(listings()).toBe(of);
    for (const shard of shards) await ends(shard);
    expect(listings()).toBe(of);
  });

  it('that are resumed read no account again that was finished, and touch no file of another', async () => {
    for (const shard of shards) await buckets(shard);
    const reads = (account: string): number =>
      org.sandbox.calls.count({ operation: 's3:GetBucketReplication', account });
    const before = reads(shop);
    const other = org.accounts.find((id) => shardOf(id, of) !== shardOf(shop, of)) ?? '';
    const path = fileOf(org.folder, 'buckets', other);
    const { ino } = statSync(path);
    await buckets(shardWith(shop), { resume: true });
    expect(reads(shop)).toBe(before);
    await buckets(shardWith(shop));
    expect(reads(shop)).toBe(before + 1);
    expect(statSync(path).ino).toBe(ino);
    for (const shard of shards) await ends(shard);
    expect(judge(org).audit.coverage.complete).toBe(true);
  });

  it('that are resumed read no ends again that were finished, but those of buckets that were read anew', async () => {
    await everything();
    const shard = shardWith(vault);
    const reads = (): number =>
      org.sandbox.calls.count({ operation: 's3:GetBucketVersioning', account: vault });
    const before = reads();
    expect(before).toBeGreaterThan(0);
    rmSync(join(org.folder, `ends.${shard.index}-of-${of}.json`));
    await ends(shard, { resume: true });
    expect(reads()).toBe(before);
    const whole = timeless();
    // The route into the vault's bucket is another now, as far as anybody knows.
    for (const one of shards) await buckets(one);
    for (const one of shards) await ends(one, { resume: true });
    expect(reads()).toBe(before + 1);
    expect(timeless()).toBe(whole);
  });

  it('say that an account was not read that joined the organization between them', async () => {
    const [first = { index: 1, of }, ...others] = shards;
    await buckets(first);
    let late = '';
    for (let number = 1; late === '' || shardOf(late, of) !== first.index; number += 1) {
      const Email = `late${number}@example.com`;
      const made = await admin.organizations.send(new CreateAccountCommand({ AccountName: 'late', Email }));
      late = made.CreateAccountStatus?.AccountId ?? '';
    }
    for (const shard of others) await buckets(shard);
    for (const shard of shards) await ends(shard);
    const { coverage } = judge(org).audit;
    expect(coverage.complete).toBe(false);
    expect(coverage.accounts.find(({ id }) => id === late)).toMatchObject({
      status: 'skipped',
      why: expect.stringContaining('the organization changed in between') as string,
    });
  });

  it('refuse ends of other buckets: another version, configuration, caller', async () => {
    const [shard = { index: 1, of }] = shards;
    for (const one of shards) await buckets(one);
    await expect(ends(shard, { replint: '0.0.1' })).rejects.toThrow(
      'The buckets were read by replint 0.0.0, and this is 0.0.1.',
    );
    await expect(ends(shard, { role: 'Other' })).rejects.toThrow('read with another configuration');
    const central = org.sandbox.world.managementAccount;
    for (const { index } of shards) {
      edit(`buckets.${index}-of-${of}.json`, (text) =>
        text.replace(`"caller":{"account":"${central}"`, `"caller":{"account":"${vault}"`),
      );
    }
    await expect(ends(shard)).rejects.toThrow(
      `The buckets were read by account ${vault}, and this is account ${central}.`,
    );
  });
});

describe('a list of the accounts', () => {
  const [shard = { index: 1, of }] = shards;
  const fromList = (options: Partial<CollectOptions> = {}): Promise<void> =>
    read(org, options, { wave: 'buckets', shard, from: org.folder });

  it('spares shards their own, and outlives them', async () => {
    await read(org, {}, { wave: 'accounts' });
    const before = org.sandbox.calls.count({ operation: 'organizations:ListAccounts' });
    await fromList();
    await fromList();
    expect(org.sandbox.calls.count({ operation: 'organizations:ListAccounts' })).toBe(before);
  });

  it("is refused where it is another caller's, or another version's", async () => {
    await read(org, { progress: silent }, { wave: 'accounts' });
    await expect(fromList({ replint: '0.0.1' })).rejects.toThrow(
      'The accounts were listed by replint 0.0.0, and this is 0.0.1.',
    );
    const central = org.sandbox.world.managementAccount;
    edit('accounts.json', (text) => text.replace(`"account":"${central}"`, `"account":"${vault}"`));
    await expect(fromList()).rejects.toThrow(
      `The accounts were listed by account ${vault}, and this is account ${central}.`,
    );
  });
});

it("shards share the calling account's rates", () => {
  const rates = {
    listPolicies: { perSecond: 5, burst: 8 },
    describePolicy: { perSecond: 2, burst: 2 },
  };
  expect(shared(rates, { index: 3, of: 8 })).toEqual({
    listPolicies: { perSecond: 0.625, burst: 1 },
    describePolicy: { perSecond: 0.25, burst: 0.25 },
  });
});
