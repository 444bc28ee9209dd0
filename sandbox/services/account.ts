/** AWS Account Management: which Regions an account can use. */
import { OPT_IN_REGIONS, REGIONS } from '../regions.ts';
import { AwsError } from '../service.ts';
import type { Service } from '../service.ts';
import { list, number, oneOf, optionalText, text } from '../wire/fields.ts';
import type { Fields } from '../wire/fields.ts';
import { jsonService } from '../wire/json.ts';
import { allow } from '../wire/operation.ts';
import type { Call } from '../wire/operation.ts';
import { page } from '../wire/page.ts';
import type { Account } from '../world.ts';

const STATUSES = ['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'] as const;

/** `account:*` */
export const account: Service = jsonService({
  prefix: 'account',
  contentType: 'application/json',
  rest: true,
  operations: {
    ListRegions: listRegions,
    GetRegionOptStatus: getRegionOptStatus,
    EnableRegion: (call) => opt(call, 'ENABLED'),
    DisableRegion: (call) => opt(call, 'DISABLED'),
  },
});

function listRegions(call: Call): Fields {
  const { input, world } = call;
  const target = targetOf(call);
  const wanted = list(input, 'RegionOptStatusContains').map((status) =>
    oneOf(String(status), 'regionOptStatusContains', STATUSES),
  );
  const all = (REGIONS[world.partition] ?? [])
    .map((region) => ({ RegionName: region, RegionOptStatus: statusOf(target, region) }))
    .filter((region) => wanted.length === 0 || wanted.some((status) => status === region.RegionOptStatus));
  const size = number(input, 'MaxResults', { least: 1, most: 50, otherwise: 20 });
  const { items, next } = page(all, optionalText(input, 'NextToken'), size);
  return { Regions: items, NextToken: next };
}

function getRegionOptStatus(call: Call): Fields {
  const target = targetOf(call);
  const region = regionOf(call);
  return { RegionName: region, RegionOptStatus: statusOf(target, region) };
}

/** At AWS this takes minutes or hours; here it is done. */
function opt(call: Call, status: 'ENABLED' | 'DISABLED'): Fields {
  const target = targetOf(call);
  const region = regionOf(call);
  if (!OPT_IN_REGIONS.has(region)) {
    throw new AwsError(
      'ValidationException',
      400,
      `The Region ${region} is enabled by default and stays so.`,
    );
  }
  target.regions.set(region, status);
  return {};
}

function statusOf(target: Account, region: string): string {
  return target.regions.get(region) ?? (OPT_IN_REGIONS.has(region) ? 'DISABLED' : 'ENABLED_BY_DEFAULT');
}

function regionOf({ input, world }: Call): string {
  const region = text(input, 'RegionName');
  if (REGIONS[world.partition]?.includes(region) !== true) {
    throw new AwsError('ValidationException', 400, `There is no Region ${region}.`);
  }
  return region;
}

/** The caller's account, or the member account that the management account or a delegated administrator names. */
function targetOf(call: Call): Account {
  const { input, world, caller } = call;
  const { partition, organization, managementAccount } = world;
  const id = optionalText(input, 'AccountId');
  if (id === null) {
    allow(call, `arn:${partition}:account::${caller.account}:account`);
    return call.account;
  }
  allow(call, `arn:${partition}:account::${managementAccount}:account/${organization?.id ?? ''}/${id}`);
  const leads =
    caller.account === managementAccount ||
    organization?.delegated.get(caller.account)?.has('account.amazonaws.com') === true;
  const target = organization?.parents.has(id) === true ? world.accounts.get(id) : undefined;
  // Nor may the management account name itself (Account Management API, ListRegions).
  if (!leads || target === undefined || id === managementAccount) {
    throw new AwsError(
      'AccessDenied',
      403,
      `${caller.arn} may not read or set the Regions of account ${id}.`,
    );
  }
  return target;
}
