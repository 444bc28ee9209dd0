import { describeRule } from './describe-rule.ts';
import rule from '../../rules/mixed-configuration-versions.ts';
import { replicating } from '../../rules/shared/example.ts';

const v1 = { Filter: undefined, Prefix: 'invoices/' };

describeRule(rule, {
  pass: [
    { name: 'trap 1: an empty Filter is one', source: replicating({}, { Filter: { Prefix: 'a/' } }) },
    { name: 'all of version 1', source: replicating(v1, { ...v1, Prefix: 'orders/' }) },
    { name: 'one rule' },
  ],
  fail: [
    {
      name: 'one of each',
      source: replicating({}, v1),
      actual: '1 with, 1 without',
      message:
        "The replication configuration of 'orders' is of two versions: 1 of its 2 rules have no Filter.",
    },
    {
      name: 'a disabled rule counts',
      source: replicating({ ...v1, Status: 'Disabled' }, {}, {}),
      message: ['1 of its 3 rules'],
    },
  ],
  notApplicable: 'never: a bucket that replicates has rules',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
