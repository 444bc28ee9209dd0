import * as api from '@aws-sdk/client-account';
import { RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientsOf, enter, keysOf, makeRole, organize, refusalOf, trust } from './sdk.ts';
import type { Clients } from './sdk.ts';

let sandbox: Sandbox;
let admin: Clients;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
});

afterEach(() => sandbox.close());

async function regions(
  client: api.AccountClient,
  input: api.ListRegionsCommandInput = {},
): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  const all: api.Region[] = [];
  for await (const page of api.paginateListRegions({ client }, input)) all.push(...(page.Regions ?? []));
  return new Map(all.map((region) => [region.RegionName, region.RegionOptStatus]));
}

const enable = (client: api.AccountClient, RegionName: string, AccountId?: string): Promise<unknown> =>
  client.send(new api.EnableRegionCommand({ RegionName, AccountId }));

describe('Regions', () => {
  it('are there by default, or have to be asked for', async () => {
    const all = await regions(admin.account, { MaxResults: 7 });
    expect(all.size).toBe(34);
    expect(all.get('us-east-1')).toBe('ENABLED_BY_DEFAULT');
    expect(all.get('ap-southeast-7')).toBe('DISABLED');
    const enabled = await regions(admin.account, {
      RegionOptStatusContains: ['ENABLED_BY_DEFAULT', 'ENABLED'],
    });
    expect(enabled.size).toBe(17);
    expect(enabled.has('ap-southeast-7')).toBe(false);
  });

  it('are listed twenty at a time', async () => {
    const { Regions, NextToken } = await admin.account.send(new api.ListRegionsCommand({}));
    expect([Regions?.length, typeof NextToken]).toEqual([20, 'string']);
  });

  it('are asked for and given back', async () => {
    const status = async () => {
      const command = new api.GetRegionOptStatusCommand({ RegionName: 'eu-south-1' });
      return (await admin.account.send(command)).RegionOptStatus;
    };
    expect(await status()).toBe('DISABLED');
    await enable(admin.account, 'eu-south-1');
    expect(await status()).toBe('ENABLED');
    expect((await regions(admin.account)).get('eu-south-1')).toBe('ENABLED');
    await admin.account.send(new api.DisableRegionCommand({ RegionName: 'eu-south-1' }));
    expect(await status()).toBe('DISABLED');
  });

  it('that are default or unknown can not be asked for', async () => {
    for (const region of ['us-east-1', 'eu-nowhere-1']) {
      const refusal = await refusalOf(enable(admin.account, region));
      expect([refusal.code, refusal.status]).toEqual(['ValidationException', 400]);
    }
  });

  it.each([
    ['aws-cn', ['cn-north-1', 'cn-northwest-1']],
    ['aws-us-gov', ['us-gov-east-1', 'us-gov-west-1']],
  ])('of %s are its own', async (partition, names) => {
    const abroad = await startSandbox({ partition });
    const { account } = clientsOf(abroad, abroad.administrator, names[0]);
    expect([...(await regions(account)).keys()]).toEqual(names);
    await abroad.close();
  });
});

describe("another account's Regions", () => {
  it('are for the management account and a delegated administrator', async () => {
    const [member = '', other = ''] = await organize(admin, 2);
    await enable(admin.account, 'eu-south-1', member);
    const inside = await enter(sandbox, admin, member);
    expect((await regions(inside.account)).get('eu-south-1')).toBe('ENABLED');
    expect((await regions(admin.account)).get('eu-south-1')).toBe('DISABLED');
    const refusal = await refusalOf(enable(inside.account, 'eu-south-1', other));
    expect([refusal.code, refusal.status]).toEqual(['AccessDeniedException', 403]);
    const request = { AccountId: member, ServicePrincipal: 'account.amazonaws.com' };
    await admin.organizations.send(new RegisterDelegatedAdministratorCommand(request));
    expect((await regions(inside.account, { AccountId: other })).get('eu-south-1')).toBe('DISABLED');
  });

  it('are not those of the management account or of a stranger', async () => {
    await organize(admin, 0);
    for (const account of [sandbox.world.managementAccount, '999999999999']) {
      expect((await refusalOf(enable(admin.account, 'eu-south-1', account))).code).toBe(
        'AccessDeniedException',
      );
    }
  });
});

it('refuses who may not', async () => {
  const role = await makeRole(admin.iam, 'nobody', trust('*'));
  const nobody = clientsOf(sandbox, await keysOf(admin.sts, role));
  const refusal = await refusalOf(regions(nobody.account));
  expect([refusal.code, refusal.status]).toEqual(['AccessDeniedException', 403]);
  expect(refusal.message).toContain('perform: account:ListRegions on resource: arn:aws:account::');
});

it('does not pretend to know other operations', async () => {
  const contact = admin.account.send(new api.GetContactInformationCommand({}));
  expect((await refusalOf(contact)).status).toBe(501);
});
