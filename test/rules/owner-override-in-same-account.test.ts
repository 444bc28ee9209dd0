import { describeRule } from './describe-rule.ts';
import rule from '../../rules/owner-override-in-same-account.ts';
import type { TestSituation } from '../../src/tester.ts';

const override: Pick<TestSituation, 'replicationRule'> = {
  replicationRule: {
    Destination: {
      Bucket: 'arn:aws:s3:::orders-replica',
      Account: '111122223333',
      AccessControlTranslation: { Owner: 'Destination' },
    },
  },
};
const same = { account: '111122223333' };

describeRule(rule, {
  pass: [
    { name: 'two accounts', ...override },
    {
      name: 'trap 12: a destination that enforces its ownership has no ACLs',
      ...override,
      destination: same,
    },
  ],
  fail: [
    {
      name: 'one account',
      ...override,
      destination: { ...same, ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
      message:
        "ACLs of 'orders' will not reach 'orders-replica': the replication rule overrides the owner, though both buckets are of account '111122223333'.",
    },
    {
      name: 'trap: no ownership controls are ObjectWriter',
      ...override,
      destination: { ...same, ownershipControls: null },
      message: ['ACLs of'],
    },
  ],
  notApplicable: [
    { name: 'no override', destination: same },
    { name: 'no override, and the setting is denied', denied: ['destination.ownershipControls'] },
  ],
  unknown: [
    {
      name: 'the setting is denied',
      ...override,
      destination: same,
      denied: ['destination.ownershipControls'],
    },
  ],
});
