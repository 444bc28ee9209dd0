import { EnableRegionCommand, AccountClient } from '@aws-sdk/client-account';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estate, makeBucket, read, replicate, replicationRole, type Estate } from './estate.ts';
import type { AccountLine } from '../../src/model/estate.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';

let org: Estate;
let shop = '';
let vault = '';

beforeEach(async () => {
  org = await estate(2);
  [shop = '', vault = ''] = org.accounts;
  const s3 = await org.s3(shop, 'eu-west-1');
  await makeBucket(s3, 'orders');
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'orders-replica');
  await replicate(
    s3,
    'orders',
    await replicationRole(await org.inside(shop), 'replication'),
    'orders-replica',
  );
});

afterEach(() => org.close());

function regionsIn(account: string): AccountLine['facts']['regions'] {
  const lines = [...openSnapshot(org.folder).ends()];
  const line = lines.find((one) => one.kind === 'account' && one.id === account);
  return line?.kind === 'account' ? line.facts.regions : undefined;
}

const statusIn = (account: string, region: string): string | undefined => {
  const regions = regionsIn(account);
  const found = regions?.known === true ? regions.value : [];
  return found.find(({ RegionName }) => RegionName === region)?.RegionOptStatus;
};

describe("an account's Regions", () => {
  it("are read with the account's own credentials, once", async () => {
    const credentials = (await org.s3(vault, 'us-east-1')).config.credentials;
    const client = new AccountClient({ endpoint: org.sandbox.endpoint, region: 'us-east-1', credentials });
    await client.send(new EnableRegionCommand({ RegionName: 'me-south-1' }));
    await read(org);
    expect(statusIn(vault, 'me-south-1')).toBe('ENABLED');
    expect(statusIn(shop, 'me-south-1')).toBe('DISABLED');
    expect([statusIn(shop, 'af-south-1'), statusIn(shop, 'us-west-2')]).toEqual([
      'DISABLED',
      'ENABLED_BY_DEFAULT',
    ]);
    expect(org.sandbox.calls.count({ operation: 'account:ListRegions', account: shop })).toBe(1);
    expect(regionsIn(shop)).toMatchObject({ known: true, account: shop });
  });

  it('are unknown where the account does not tell them', async () => {
    org.sandbox.faults.add({ operation: 'account:ListRegions', account: vault, kind: 'denied' });
    await read(org);
    expect(regionsIn(vault)).toMatchObject({
      known: false,
      causes: [{ reason: 'access-denied', call: 'account:ListRegions', account: vault }],
    });
    expect(regionsIn(shop)).toMatchObject({ known: true });
  });

  it('are asked of no account that could not be read', async () => {
    org.sandbox.world.accounts.get(vault)?.roles.delete('ReplintAudit');
    await read(org);
    expect(org.sandbox.calls.count({ operation: 'account:ListRegions', account: vault })).toBe(0);
    expect(regionsIn(vault)).toBeUndefined();
    expect(regionsIn(shop)).toMatchObject({ known: true });
  });
});
