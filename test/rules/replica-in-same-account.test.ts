import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-in-same-account.ts';

const stranger = { destination: { account: null } } as const;

describeRule(rule, {
  pass: [
    { name: 'another account' },
    { name: 'another account of the same Region', destination: { region: 'eu-west-1' } },
    { name: 'every account was listed, and none owns it', ...stranger },
    {
      name: 'the rule names an account outside the organization',
      ...stranger,
      everyAccountListed: false,
      replicationRule: { Destination: { Bucket: 'arn:aws:s3:::orders-replica', Account: '999988887777' } },
    },
  ],
  fail: [
    {
      name: 'the same account, in another Region',
      destination: { account: '111122223333' },
      message: "Replicas of 'orders' in 'orders-replica' are in the same account, 111122223333.",
      actual: '111122223333',
    },
  ],
  notApplicable: 'never: every bucket is in an account',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
  undetermined: [
    {
      name: 'an account was not listed, which may own it',
      ...stranger,
      everyAccountListed: false,
      message: ["Which account owns 'orders-replica' is not known."],
    },
  ],
});
