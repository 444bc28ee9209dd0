import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/backfill-unobservable.ts';
import type { InventoryConfiguration } from '../../src/model/aws.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { tryRule } from '../../src/tester.ts';

const inventory = (more: Partial<InventoryConfiguration> = {}): object => ({
  inventory: [
    {
      Id: 'daily',
      IsEnabled: true,
      IncludedObjectVersions: 'All',
      OptionalFields: ['Size', 'ReplicationStatus'],
      ...more,
    },
  ],
});
const hidden = { denied: ['objects.backfill'] } as const;

describeRule(rule, {
  pass: [
    { name: 'the listings were compared' },
    { name: 'the listing is denied, and an inventory has the status', ...hidden, source: inventory() },
    {
      name: 'the inventory takes more than the replication rule',
      ...hidden,
      source: inventory({ Filter: { Prefix: 'logs/' } }),
      replicationRule: { Filter: { Prefix: 'logs/2026/' } },
    },
  ],
  fail: [
    {
      name: 'the listing is denied, and there is no inventory',
      ...hidden,
      message: [
        "Nobody can see whether the older objects of 'orders' are in 'orders-replica'",
        'Account 111122223333 denied s3:ListObjectVersions.',
      ],
      actual: '0 inventories, none with ReplicationStatus for this route',
    },
    {
      name: 'the inventory lacks the status',
      ...hidden,
      source: inventory({ OptionalFields: ['Size'] }),
      message: ['no inventory of the source has their replication status'],
    },
    { name: 'the inventory is off', ...hidden, source: inventory({ IsEnabled: false }), message: ['Nobody'] },
    {
      name: 'the inventory takes less than the replication rule',
      ...hidden,
      source: inventory({ Filter: { Prefix: 'logs/' } }),
      message: ['Nobody can see'],
    },
    {
      name: 'nobody may ask the owner of the destination',
      destination: { account: null },
      message: ["Bucket 'orders-replica' is in no account that was scanned."],
    },
  ],
  notApplicable: [
    {
      name: 'there is no destination',
      destination: { account: null, presence: { status: 404 } },
    },
  ],
  unknown: [{ name: 'the inventories are denied too', denied: ['source.inventory', 'objects.backfill'] }],
});

it('speaks of no account that this scan left out: the next may see', () => {
  expect(tryRule(rule, { destination: { account: null }, everyAccountListed: false })).toMatchObject({
    outcome: 'unknown',
  });
});

it('is not asked where objects are not looked at, and lists none then', () => {
  const selection = select([rule], { objects: { mode: 'off' } });
  expect(selection).toEqual([]);
  expect(planOf(selection).objects).toEqual([]);
});

it('asks for an inventory that this rule takes', () => {
  const outcome = tryRule(rule, { destination: { account: null } });
  const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  const json = /--inventory-configuration "(.*)"$/.exec(cli)?.[1] ?? '';
  const asked = JSON.parse(json.replaceAll('\\"', '"')) as InventoryConfiguration;
  expect(asked.Id).toBe('replication-status');
  expect(tryRule(rule, { destination: { account: null }, source: { inventory: [asked] } }).outcome).toBe(
    'pass',
  );
});
