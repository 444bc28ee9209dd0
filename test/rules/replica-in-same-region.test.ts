import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-in-same-region.ts';

describeRule(rule, {
  pass: [
    { name: 'another Region' },
    { name: 'another Region of the same account', destination: { account: '111122223333' } },
  ],
  fail: [
    {
      name: 'the same Region, of another account',
      destination: { region: 'eu-west-1' },
      message: "Replicas of 'orders' in 'orders-replica' are in the same Region, eu-west-1.",
      actual: 'eu-west-1',
    },
  ],
  notApplicable: 'never: every bucket is in a Region',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
  undetermined: [
    {
      name: 'the Region of the destination is not known',
      destination: { region: null },
      message: ["The Region of 'orders-replica' is not known."],
    },
  ],
});
