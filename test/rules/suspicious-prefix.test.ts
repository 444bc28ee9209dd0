import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/suspicious-prefix.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

describeRule(rule, {
  pass: [
    { name: 'a folder', replicationRule: { Filter: { Prefix: 'invoices/' } } },
    { name: 'slashes inside', replicationRule: { Filter: { Prefix: 'a/b/c' } } },
    { name: 'other signs', replicationRule: { Filter: { Prefix: '.well-known/?' } } },
    {
      name: 'trap 1: in version 1 too',
      replicationRule: { Filter: undefined, Prefix: 'invoices/' },
    },
  ],
  fail: [
    {
      name: 'a slash first',
      replicationRule: { Filter: { Prefix: '/invoices/' } },
      actual: '/invoices/',
      message:
        "Objects of 'orders' will probably not reach 'orders-replica': the replication rule takes keys that begin with '/invoices/', which begins with a slash.",
    },
    {
      name: 'a wildcard',
      replicationRule: { Filter: { Prefix: 'invoices/*' } },
      message: ['an asterisk stands for nothing but itself'],
    },
    { name: 'nothing but a wildcard', replicationRule: { Filter: { Prefix: '*' } }, message: ["with '*'"] },
    {
      name: 'an address',
      replicationRule: { Filter: { Prefix: 's3://orders/invoices/' } },
      message: ['is an address'],
    },
    {
      name: 'beside tags',
      replicationRule: { Filter: { And: { Prefix: '/a', Tags: [{ Key: 'b', Value: 'c' }] } } },
      message: ["'/a'"],
    },
    {
      name: 'trap 1: version 1 has its prefix elsewhere',
      replicationRule: { Filter: undefined, Prefix: '/a' },
      message: ["'/a'"],
    },
  ],
  notApplicable: [
    { name: 'no prefix' },
    { name: 'a tag alone', replicationRule: { Filter: { Tag: { Key: '*', Value: '/' } } } },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});

const tagged = (Prefix: string): Partial<ReplicationRule> => ({
  Filter: { And: { Prefix, Tags: [{ Key: 'b', Value: 'c' }] } },
});

it.each<[Partial<ReplicationRule>, string, string]>([
  [{ Filter: { Prefix: '/a/' } }, 'a/', '.Rules[0].Filter.Prefix = $prefix'],
  [{ Filter: { Prefix: 'a/*.csv' } }, 'a/', '.Rules[0].Filter.Prefix = $prefix'],
  [{ Filter: { Prefix: 's3://orders/a/' } }, 'a/', '.Rules[0].Filter.Prefix = $prefix'],
  [tagged('//a b'), "'a b'", '.Rules[0].Filter.And.Prefix = $prefix'],
  [{ Filter: undefined, Prefix: '/a' }, 'a', '.Rules[0].Prefix = $prefix'],
])('mends %j where the prefix stands', (replicationRule, prefix, program) => {
  const outcome = tryRule(rule, { replicationRule });
  const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  expect(cli).toContain(`jq --arg prefix ${prefix} '${program}' replication.json`);
});
