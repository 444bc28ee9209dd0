import { describeRule } from './describe-rule.ts';
import rule from '../../rules/prefix-without-delimiter.ts';

describeRule(rule, {
  pass: [
    { name: 'a slash', replicationRule: { Filter: { Prefix: 'Tax/' } } },
    { name: 'another delimiter', replicationRule: { Filter: { Prefix: '2026-' } } },
    { name: 'trap 1: version 1', replicationRule: { Filter: undefined, Prefix: 'Tax/' } },
  ],
  fail: [
    {
      name: 'a letter',
      replicationRule: { Filter: { Prefix: 'Tax' } },
      actual: 'Tax',
      message:
        "More of 'orders' than was meant may go to 'orders-replica': the replication rule takes every key that begins with 'Tax', 'Taxes/' among them.",
    },
    { name: 'a digit', replicationRule: { Filter: { Prefix: 'a/2026' } }, message: ["'a/2026'"] },
    {
      name: 'a letter of another script',
      replicationRule: { Filter: { Prefix: 'été' } },
      message: ["'été'"],
    },
    {
      name: 'beside tags',
      replicationRule: { Filter: { And: { Prefix: 'Tax', Tags: [{ Key: 'a', Value: 'b' }] } } },
      message: ["'Tax'"],
    },
  ],
  notApplicable: [
    { name: 'no prefix' },
    { name: 'an empty prefix', replicationRule: { Filter: { Prefix: '' } } },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
