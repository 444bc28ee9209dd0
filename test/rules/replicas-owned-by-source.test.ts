import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replicas-owned-by-source.ts';
import type { TestSituation } from '../../src/tester.ts';

const writers = { ownershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } };
const override: Pick<TestSituation, 'replicationRule'> = {
  replicationRule: {
    Destination: {
      Bucket: 'arn:aws:s3:::orders-replica',
      Account: '444455556666',
      AccessControlTranslation: { Owner: 'Destination' },
    },
  },
};

describeRule(rule, {
  pass: [
    { name: 'trap 12: BucketOwnerEnforced needs no override' },
    { name: 'the override', ...override, destination: writers },
    {
      name: 'under the override the setting need not be known',
      ...override,
      denied: ['destination.ownershipControls'],
    },
  ],
  fail: [
    {
      name: 'writers own what they write',
      destination: writers,
      message:
        "Replicas of 'orders' in 'orders-replica' belong to account '111122223333' and not to the bucket's owner: the replication rule has no owner override, and the destination does not enforce its ownership.",
    },
    {
      name: 'BucketOwnerPreferred does not enforce',
      destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
      actual: 'BucketOwnerPreferred',
      message: ['belong to account'],
    },
    {
      name: 'trap: no ownership controls are ObjectWriter',
      destination: { ownershipControls: null },
      actual: 'not configured',
      message: ['belong to account'],
    },
  ],
  notApplicable: [
    { name: 'one account', destination: { ...writers, account: '111122223333' } },
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [{ name: 'the setting is denied', denied: ['destination.ownershipControls'] }],
});
