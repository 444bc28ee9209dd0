import { describeRule } from './describe-rule.ts';
import rule from '../../rules/duplicate-priority.ts';
import { replicating } from '../../rules/shared/example.ts';

const elsewhere = { Destination: { Bucket: 'arn:aws:s3:::elsewhere' } };

describeRule(rule, {
  pass: [
    { name: 'one rule' },
    { name: 'a number each', source: replicating({ Priority: 1 }, { Priority: 2 }) },
    {
      name: 'trap 2: another destination',
      source: replicating({ Priority: 1 }, { Priority: 1, ...elsewhere }),
    },
    {
      name: 'version 1 has no priority',
      source: replicating(
        { Filter: undefined, Priority: undefined, Prefix: 'a/' },
        { Filter: undefined, Priority: undefined, Prefix: 'b/' },
      ),
    },
  ],
  fail: [
    {
      name: 'two of a number',
      source: replicating({ ID: 'a', Priority: 0 }, { ID: undefined, Priority: 0 }),
      actual: "0 to 'orders-replica' ('a' and '#2')",
      message: "Replication rules of 'orders' share a priority: 0 to 'orders-replica' ('a' and '#2').",
    },
    {
      name: 'a disabled rule counts',
      source: replicating({ Priority: 1 }, { Priority: 1, Status: 'Disabled' }),
      message: ["1 to 'orders-replica' ('rule-1' and 'rule-2')"],
    },
    {
      name: 'two pairs',
      source: replicating(
        { Priority: 1 },
        { Priority: 1, ...elsewhere },
        { Priority: 1 },
        { Priority: 1, ...elsewhere },
      ),
      message: ["'orders-replica' ('rule-1' and 'rule-3')", "'elsewhere' ('rule-2' and 'rule-4')"],
    },
  ],
  notApplicable: 'never: a bucket that replicates has rules',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
