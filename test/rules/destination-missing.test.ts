import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-missing.ts';

describeRule(rule, {
  pass: [
    { name: "an account's list names it: no call is needed" },
    { name: 'it exists and denies us', destination: { account: null, presence: { status: 403 } } },
    {
      name: 'it exists and answers, of an owner unknown',
      destination: { account: null, presence: { status: 200 } },
    },
  ],
  fail: [
    {
      name: 'HeadBucket answers 404',
      destination: { account: null, presence: { status: 404 } },
      message: "Objects of 'orders' will not be replicated: the destination 'orders-replica' does not exist.",
    },
  ],
  notApplicable: 'never: every route has a destination',
  unknown: [{ name: 'HeadBucket failed', destination: { account: null }, denied: ['destination.presence'] }],
});
