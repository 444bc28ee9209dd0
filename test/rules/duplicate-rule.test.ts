import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/duplicate-rule.ts';
import { replicating, toReplica } from '../../rules/shared/example.ts';
import { tryEach } from '../../src/tester.ts';

const tags = [
  { Key: 'a', Value: '1' },
  { Key: 'b', Value: '2' },
];

describeRule(rule, {
  pass: [
    {
      name: 'another prefix',
      source: replicating({ Filter: { Prefix: 'a/' } }, { Filter: { Prefix: 'b/' } }),
    },
    { name: 'a wider prefix', source: replicating({ Filter: { Prefix: 'a/' } }, {}) },
    {
      name: 'another storage class: not the same',
      source: replicating({ Destination: toReplica({ StorageClass: 'STANDARD_IA' }) }, {}),
    },
    { name: 'it is the one that S3 follows', source: replicating({ Priority: 2 }, { Priority: 1 }) },
  ],
  fail: [
    {
      name: 'the same rule again',
      source: replicating({ ID: 'everything' }, { ID: 'again' }),
      message:
        "The replication rules 'again' and 'everything' of 'orders' are the same: they take the same objects to 'orders-replica' in the same way.",
    },
    {
      name: 'the same filter in other words, the tags in another order',
      source: replicating(
        { Filter: { And: { Tags: tags } } },
        { Filter: { And: { Prefix: '', Tags: tags.toReversed() } } },
      ),
      message: ['are the same'],
    },
    {
      name: 'metrics make no difference to replicas',
      source: replicating({}, { Destination: toReplica({ Metrics: undefined }) }),
      message: ['are the same'],
    },
  ],
  notApplicable: [
    { name: 'one rule' },
    {
      name: 'trap 2: another destination',
      source: replicating({}, { Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }),
    },
    { name: 'the other one is disabled', source: replicating({}, { Status: 'Disabled' }) },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

it.each([
  ['the lower priority', replicating({ Priority: 9 }, { Priority: 8 }), ['pass', 'fail']],
  [
    'the later one in version 1, which has no priority',
    replicating({ Filter: undefined, Priority: undefined }, { Filter: undefined, Priority: undefined }),
    ['pass', 'fail'],
  ],
])('is told once, of %s', (_, source, expected) => {
  expect(tryEach(rule, { source }).map(({ outcome }) => outcome)).toEqual(expected);
});
