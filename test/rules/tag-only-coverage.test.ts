import { describeRule } from './describe-rule.ts';
import { replicating } from '../../rules/shared/example.ts';
import rule from '../../rules/tag-only-coverage.ts';

const tag = { Key: 'replicate', Value: 'yes' };

describeRule(rule, {
  pass: [
    { name: 'trap 1: an empty filter takes everything' },
    { name: 'trap 1: version 1 knows no tags', source: replicating({ Filter: undefined, Prefix: 'a/' }) },
    {
      name: 'one rule of two goes without tags',
      source: replicating({ Filter: { Tag: tag } }, { Filter: { Prefix: 'invoices/' } }),
    },
  ],
  fail: [
    {
      name: 'a tag',
      replicationRule: { Filter: { Tag: tag } },
      actual: '1 with tags, none without',
      message:
        "Objects of 'orders' that are tagged after their upload will not be replicated: its only replication rule filters by tags.",
    },
    {
      name: 'a tag and a prefix',
      replicationRule: { Filter: { And: { Prefix: 'invoices/', Tags: [tag] } } },
      message: ['its only replication rule filters by tags'],
    },
    {
      name: 'the rule without tags is disabled',
      source: replicating({ Filter: { Tag: tag } }, { Status: 'Disabled' }),
      message: ['its only replication rule filters by tags'],
    },
    {
      name: 'two rules with tags',
      source: replicating({ Filter: { Tag: tag } }, { Filter: { And: { Tags: [tag] } } }),
      message: ['all its replication rules filter by tags'],
    },
  ],
  notApplicable: 'never: a bucket that replicates has a filter or takes everything',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
