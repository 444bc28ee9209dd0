import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-chain.ts';
import type { ReplicationConfiguration, ReplicationRule } from '../../src/model/aws.ts';
import { tryEach } from '../../src/tester.ts';

const to = (name: string, more: Partial<ReplicationRule> = {}): ReplicationRule => ({
  Status: 'Enabled',
  Filter: {},
  Destination: { Bucket: `arn:aws:s3:::${name}` },
  ...more,
});
const by = (...Rules: readonly ReplicationRule[]): { replication: ReplicationConfiguration } => ({
  replication: { Role: 'arn:aws:iam::111122223333:role/r', Rules },
});
const archive = { name: 'archive', account: '444455556666', region: 'eu-north-1' };

describeRule(rule, {
  pass: [
    {
      name: 'the source replicates into the last bucket itself',
      source: by(to('orders-replica'), to('archive')),
      destination: by(to('archive')),
      buckets: [archive],
    },
    { name: 'the way on leads back: the objects are there', destination: by(to('orders')) },
    {
      name: 'what is replicated on is something else',
      replicationRule: { Filter: { Prefix: 'invoices/' } },
      destination: by(to('archive', { Filter: { Prefix: 'logs/' } })),
    },
  ],
  fail: [
    {
      name: 'A to B, B to C, and no A to C',
      destination: by(to('archive')),
      buckets: [archive],
      message:
        "Objects of 'orders' reach 'orders-replica' and go no further: that bucket replicates into 'archive', but replicas are not replicated again, and 'orders' has no route there itself.",
    },
    {
      name: 'the last bucket is nobody’s whom the scan knows',
      destination: by(to('elsewhere')),
      message: ["replicates into 'elsewhere'"],
    },
    {
      name: 'the direct way is disabled, and a disabled rule is no way',
      source: by(to('orders-replica'), to('archive', { Status: 'Disabled' })),
      destination: by(to('archive')),
      message: ["into 'archive'"],
    },
    {
      name: 'the direct way takes other objects',
      source: by(
        to('orders-replica', { Filter: { Prefix: 'invoices/' } }),
        to('archive', { Filter: { Prefix: 'logs/' } }),
      ),
      destination: by(to('archive')),
      message: ["into 'archive'"],
    },
    {
      name: 'one of two ways on is not the source’s own, and it is named once',
      source: by(to('orders-replica'), to('archive')),
      destination: by(to('archive'), to('second'), to('second', { Filter: { Prefix: 'a' } })),
      message: ["replicates into 'second', but"],
    },
  ],
  notApplicable: [
    { name: 'the destination replicates nothing' },
    {
      name: 'the destination’s rule is disabled',
      destination: by(to('archive', { Status: 'Disabled' })),
    },
  ],
  unknown: [
    { name: 'nobody knows where the destination replicates to', denied: ['destination.replication'] },
  ],
});

it('is unknown, not passed, where the destination is nobody’s whom the scan may ask', () => {
  expect(tryEach(rule, { destination: { account: null } })).toMatchObject([{ outcome: 'unknown' }]);
});
