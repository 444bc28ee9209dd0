import { describeRule } from './describe-rule.ts';
import rule from '../../rules/coverage-gap.ts';
import { replicating } from '../../rules/shared/example.ts';

const elsewhere = { Destination: { Bucket: 'arn:aws:s3:::elsewhere' } };
const tag = { Key: 'a', Value: 'b' };

describeRule(rule, {
  pass: [
    { name: 'trap 1: an empty filter is the whole bucket' },
    { name: 'an empty prefix is', replicationRule: { Filter: { Prefix: '' } } },
    { name: 'trap 1: version 1 without a prefix is', replicationRule: { Filter: undefined } },
    {
      name: 'trap 2: to another destination, where both apply',
      source: replicating({ Filter: { Prefix: 'invoices/' } }, elsewhere),
    },
  ],
  fail: [
    {
      name: 'a prefix',
      replicationRule: { Filter: { Prefix: 'invoices/' } },
      actual: "keys that begin with 'invoices/'",
      message:
        "Objects of 'orders' that no replication rule takes will not be replicated: its enabled rules take keys that begin with 'invoices/'.",
    },
    {
      name: 'tags, and tags with a prefix',
      source: replicating(
        { Filter: { Tag: tag } },
        { Filter: { And: { Prefix: 'x/', Tags: [tag, { Key: 'c', Value: 'd' }] } } },
      ),
      actual: "objects, tagged 'a' = 'b'; keys that begin with 'x/', tagged 'a' = 'b' and 'c' = 'd'",
      message: ['will not be replicated'],
    },
    {
      name: 'the rule that takes the rest is disabled',
      source: replicating({ Filter: { Prefix: 'x/' } }, { Status: 'Disabled' }),
      message: ["take keys that begin with 'x/'."],
    },
    {
      name: 'one part goes to two destinations and is named once',
      source: replicating({ Filter: { Prefix: 'x/' } }, { Filter: { Prefix: 'x/' }, ...elsewhere }),
      message: ["take keys that begin with 'x/'."],
    },
    {
      name: 'trap 1: version 1 with a prefix',
      replicationRule: { Filter: undefined, Prefix: 'x/' },
      message: ["'x/'"],
    },
  ],
  notApplicable: "never: a bucket that does not replicate is replication-required's",
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
