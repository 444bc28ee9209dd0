import { describeRule } from './describe-rule.ts';
import { replicating } from '../../rules/shared/example.ts';
import rule from '../../rules/rule-count-near-quota.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';

const many = (count: number, more: Partial<ReplicationRule> = {}): ReturnType<typeof replicating> =>
  replicating(
    {},
    ...Array.from({ length: count - 1 }, (_, at) => ({ Filter: { Prefix: `${at}/` }, ...more })),
  );

describeRule(rule, {
  pass: [{ name: 'one rule' }, { name: 'as many as leave room', source: many(899) }],
  fail: [
    {
      name: 'nine tenths of the quota',
      source: many(900),
      actual: '900',
      message: "'orders' has 900 replication rules, and S3 takes 1,000 at most.",
    },
    {
      name: 'disabled rules count',
      source: many(1000, { Status: 'Disabled' }),
      message: ['1,000 replication'],
    },
    {
      name: "a bound of one's own",
      options: { atLeast: 2 },
      source: many(2),
      message: ['2 replication rules'],
    },
  ],
  notApplicable: 'never: a bucket that replicates has rules',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
