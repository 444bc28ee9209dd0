import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-count-near-quota.ts';
import { replicating } from '../../rules/shared/example.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const toMany = (count: number, more: Partial<ReplicationRule> = {}): ReturnType<typeof replicating> =>
  replicating(
    {},
    ...Array.from({ length: count - 1 }, (_, at) => ({
      Destination: { Bucket: `arn:aws:s3:::replica-${at}` },
      ...more,
    })),
  );

describeRule(rule, {
  pass: [
    { name: 'one destination' },
    { name: 'as many as leave room', source: toMany(25) },
    {
      name: 'many rules and few destinations',
      source: replicating(...Array.from({ length: 30 }, (_, at) => ({ Filter: { Prefix: `${at}/` } }))),
    },
  ],
  fail: [
    {
      name: 'more than leave room',
      source: toMany(26),
      actual: '26',
      message: "'orders' names 26 destinations, and S3 takes 28 at most.",
    },
    {
      name: 'disabled rules count',
      source: toMany(28, { Status: 'Disabled' }),
      message: ['28 destinations'],
    },
    { name: "a bound of one's own", options: { atLeast: 2 }, source: toMany(2), message: ['2 destinations'] },
  ],
  notApplicable: 'never: a bucket that replicates has destinations',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
