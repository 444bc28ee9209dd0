import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/expiration-not-mirrored.ts';
import type { LifecycleRule } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const lifecycle = (...Rules: readonly Partial<LifecycleRule>[]): object => ({
  lifecycle: { Rules: Rules.map((one) => ({ Status: 'Enabled', ...one })) },
});
const year = { ID: 'a year', Expiration: { Days: 365 } };
const below = (Prefix: string): Partial<LifecycleRule> => ({ ...year, Filter: { Prefix } });

describeRule(rule, {
  pass: [
    { name: 'both ends expire', source: lifecycle(year), destination: lifecycle(year) },
    {
      name: 'the destination expires later: that they differ is said elsewhere',
      source: lifecycle(year),
      destination: lifecycle({ Expiration: { Days: 3650 } }),
    },
    {
      name: 'the destination expires more than the source',
      source: lifecycle(below('logs/')),
      destination: lifecycle(year),
    },
  ],
  fail: [
    {
      name: 'nothing expires at the destination',
      source: lifecycle(year),
      message:
        "Objects of 'orders' expire after 365 days by the lifecycle rule 'a year', and their replicas in 'orders-replica' do not: delete markers that lifecycle makes are not replicated, and nothing expires these objects there.",
    },
    {
      name: 'delete markers replicate, but not those of lifecycle',
      source: lifecycle(year),
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      message: ['delete markers that lifecycle makes are not replicated'],
    },
    {
      name: 'other objects expire at the destination',
      source: lifecycle(below('logs/')),
      destination: lifecycle(below('temporary/')),
      message: ["'a year'"],
    },
    {
      name: 'the rule at the destination is disabled',
      source: lifecycle({ Expiration: { Date: '2027-01-01T00:00:00.000Z' } }),
      destination: lifecycle({ ...year, Status: 'Disabled' }),
      message: ['expire on 2027-01-01 by a lifecycle rule without an ID'],
    },
    {
      name: 'lone delete markers alone are removed at the destination',
      source: lifecycle(year),
      destination: lifecycle({ Expiration: { ExpiredObjectDeleteMarker: true } }),
      message: ['do not'],
    },
  ],
  notApplicable: [
    { name: 'nothing expires at the source' },
    {
      name: 'nothing expires at the source, whatever the destination does',
      denied: ['destination.lifecycle'],
    },
    { name: 'the rule at the source is disabled', source: lifecycle({ ...year, Status: 'Disabled' }) },
    {
      name: 'what expires does not take this route',
      source: lifecycle(below('logs/')),
      replicationRule: { Filter: { Prefix: 'invoices/' } },
    },
    {
      name: 'noncurrent versions alone expire',
      source: lifecycle({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
    },
  ],
  unknown: [
    { name: "the source's lifecycle is denied", source: lifecycle(year), denied: ['source.lifecycle'] },
    {
      name: "the destination's lifecycle is denied",
      source: lifecycle(year),
      denied: ['destination.lifecycle'],
    },
  ],
});

it('expires the same objects at the destination, beside the rules that are there', () => {
  const cli = (situation: object): string => {
    const outcome = tryRule(rule, situation);
    return 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  };
  const mine =
    '{"ID":"expire-replicas","Status":"Enabled","Filter":{"Prefix":"logs/"},"Expiration":{"Days":365}}';
  const put = 'aws s3api put-bucket-lifecycle-configuration --bucket orders-replica';
  expect(cli({ source: lifecycle(below('logs/')) })).toBe(
    `${put} --lifecycle-configuration '{"Rules":[${mine}]}'`,
  );
  expect(cli({ source: lifecycle({ ...year, Prefix: 'logs/' }) })).toContain(mine);
  const beside = cli({ source: lifecycle(below('logs/')), destination: lifecycle(below('temporary/')) });
  expect(beside.split('\n')).toEqual([
    'aws s3api get-bucket-lifecycle-configuration --bucket orders-replica > lifecycle.json',
    `jq --argjson rule '${mine}' '{Rules: (.Rules + [$rule])}' lifecycle.json > changed.json`,
    `${put} --lifecycle-configuration file://changed.json`,
  ]);
});
