import { describeRule } from './describe-rule.ts';
import rule from '../../rules/object-writer-ownership.ts';

const of = (ObjectOwnership: string): object => ({
  source: { ownershipControls: { Rules: [{ ObjectOwnership }] } },
});

describeRule(rule, {
  pass: [
    { name: 'the owner of the bucket owns all' },
    { name: 'the owner of the bucket owns what it is given', ...of('BucketOwnerPreferred') },
  ],
  fail: [
    {
      name: 'writers own what they write',
      ...of('ObjectWriter'),
      message:
        "Objects that other accounts write into 'orders' will not be replicated: its Object Ownership is ObjectWriter, so they belong to their writers.",
    },
    {
      name: 'trap: no ownership controls are ObjectWriter',
      source: { ownershipControls: null },
      actual: 'not configured',
      message: ['it has no ownership controls'],
    },
  ],
  notApplicable: 'never: every bucket has an Object Ownership',
  unknown: [{ name: 'the ownership controls are denied', denied: ['source.ownershipControls'] }],
});
