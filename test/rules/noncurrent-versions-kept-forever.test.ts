import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/noncurrent-versions-kept-forever.ts';
import { select } from '../../src/selection.ts';
import { tryRule } from '../../src/tester.ts';

const undo = (Status = 'Enabled'): object => ({
  lifecycle: { Rules: [{ Status, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] },
});
const to = (name: string): object => ({
  Status: 'Enabled',
  Filter: {},
  Destination: { Bucket: `arn:aws:s3:::${name}` },
});
const twice = {
  ...undo(),
  replication: { Role: 'arn:aws:iam::111122223333:role/r', Rules: [to('orders-replica'), to('second')] },
};

describeRule(rule, {
  pass: [
    { name: 'both ends let them go', source: undo(), destination: undo() },
    {
      name: 'of a destination in no scanned account nothing is said',
      source: undo(),
      destination: { account: null },
    },
  ],
  fail: [
    {
      name: 'neither end has a lifecycle',
      message:
        "Versions that are overwritten or deleted are kept for good in 'orders', 'orders-replica': no enabled lifecycle rule has a NoncurrentVersionExpiration.",
    },
    { name: 'the source keeps them', destination: undo(), message: ["for good in 'orders':"] },
    { name: 'the destination keeps them', source: undo(), message: ["for good in 'orders-replica':"] },
    {
      name: 'the second of two destinations keeps them',
      source: twice as never,
      destination: undo(),
      buckets: [{ name: 'second', account: '444455556666', region: 'eu-north-1' }],
      message: ["for good in 'second':"],
    },
    {
      name: 'the rule at the source is disabled',
      source: undo('Disabled'),
      destination: undo(),
      message: ["for good in 'orders':"],
    },
    {
      name: "the source keeps them, whatever the destination's lifecycle",
      denied: ['destinations.lifecycle'],
      message: ["for good in 'orders':"],
    },
  ],
  notApplicable: 'never: a bucket that replicates is versioned',
  unknown: [
    { name: "the source's lifecycle is denied", denied: ['source.lifecycle'] },
    {
      name: 'the source lets them go, and the destination does not say',
      source: undo(),
      denied: ['destinations.lifecycle'],
    },
  ],
});

it('is on only where it is asked for, by name or by the preset of all', () => {
  const on = (configuration: object): number => select([rule], configuration).length;
  expect([on({}), on({ preset: 'all' }), on({ rules: { [rule.id]: 'note' } })]).toEqual([0, 1, 1]);
});

it('adds a rule to each bucket that keeps them, once, and to no other', () => {
  const buckets = (situation: object): readonly string[] => {
    const outcome = tryRule(rule, situation);
    const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
    return [...cli.matchAll(/put-bucket-lifecycle-configuration --bucket (\S+)/g)].map(
      ([, name = '']) => name,
    );
  };
  expect(buckets({})).toEqual(['orders', 'orders-replica']);
  expect(buckets({ source: undo() })).toEqual(['orders-replica']);
  expect(buckets({ destination: undo('Disabled') })).toEqual(['orders', 'orders-replica']);
});
