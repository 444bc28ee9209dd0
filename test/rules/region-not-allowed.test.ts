import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/region-not-allowed.ts';
import { parseConfiguration } from '../../src/config/read.ts';

const europe = { options: { regions: ['eu-west-1', 'eu-central-1'] } };
const to = (name: string): object => ({
  Status: 'Enabled',
  Filter: {},
  Destination: { Bucket: `arn:aws:s3:::${name}` },
});
const both: object = {
  replication: {
    Role: 'arn:aws:iam::111122223333:role/r',
    Rules: [to('orders-replica'), to('overseas')],
  },
};

describeRule(rule, {
  pass: [
    { name: 'both ends are in allowed Regions', ...europe },
    { name: 'a bucket that replicates nothing is in one', ...europe, source: { replication: null } },
    {
      name: 'the rule that leads out is disabled',
      ...europe,
      destination: { region: 'us-east-1' },
      replicationRule: { Status: 'Disabled' },
    },
  ],
  fail: [
    {
      name: 'a replica is elsewhere',
      ...europe,
      destination: { region: 'us-east-1' },
      message: "Data of 'orders' is where it may not be: 'orders-replica' in us-east-1.",
      actual: 'us-east-1',
    },
    {
      name: 'the bucket itself is elsewhere, replicated or not',
      ...europe,
      source: { region: 'us-east-1', replication: null },
      message: ["'orders' in us-east-1"],
    },
    {
      name: 'the second of two destinations is elsewhere',
      ...europe,
      source: both,
      buckets: [{ name: 'overseas', account: '444455556666', region: 'us-west-2' }],
      message: ["where it may not be: 'overseas' in us-west-2."],
    },
    {
      name: 'one is elsewhere, and of another nobody knows where it is',
      ...europe,
      source: both,
      destination: { region: 'us-east-1' },
      message: ["where it may not be: 'orders-replica' in us-east-1."],
    },
  ],
  notApplicable: 'never: whom it asks the selector says',
  unknown: [{ name: 'the replication configuration is denied', ...europe, denied: ['bucket.replication'] }],
  undetermined: [
    {
      name: 'where a replica is nobody knows',
      ...europe,
      destination: { region: null },
      message: ["The Region of 'orders-replica' is not known."],
    },
  ],
});

it('is refused without the Regions, which it cannot do without', () => {
  const policy =
    (options: string): (() => unknown) =>
    () =>
      parseConfiguration(
        `policies:\n  - name: residency\n    rule: region-not-allowed${options}\n`,
        'a.yaml',
      );
  expect(policy('')).toThrow('a.yaml:2');
  expect(policy('\n    options: {}')).toThrow('a.yaml:4');
  expect(policy('\n    options: { regions: [] }')).toThrow('a.yaml:4');
  expect(policy('\n    options: { regions: [eu-west-1] }')).not.toThrow();
});
