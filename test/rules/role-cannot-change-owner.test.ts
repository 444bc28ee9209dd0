import { describeRule } from './describe-rule.ts';
import {
  everyLayer,
  ours,
  ownStatements,
  policyAnd,
  roleOf,
  statementsOf,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-change-owner.ts';
import { policyOf } from '../../rules/shared/example.ts';

const action = 's3:ObjectOwnerOverrideToBucketOwner';
const replicationRule = {
  Destination: {
    Bucket: 'arn:aws:s3:::orders-replica',
    Account: '444455556666',
    AccessControlTranslation: { Owner: 'Destination' },
  },
};
const preferred = { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } };
const base = { replicationRule, destination: preferred };
const layers = everyLayer({ action, owner: 'destination', base });
const silent = roleOf(without(ownStatements, action));
const silentOwner = policyOf(...without(statementsOf(policyAnd('destination')), action));

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    {
      name: 'ownership does not matter to who may',
      replicationRule,
      denied: ['destination.ownershipControls'],
    },
    {
      name: 'within one account the role’s policy does',
      ...base,
      destination: { ...preferred, account: ours, policy: null },
    },
  ],
  fail: [
    ...layers.fail,
    {
      name: "the owner's policy is silent",
      ...base,
      destination: { ...preferred, policy: silentOwner },
      message:
        "Role 'orders-replication' may not s3:ObjectOwnerOverrideToBucketOwner on 'orders-replica/*': the policy of 'orders-replica', of account 444455556666, does not allow it. Objects of 'orders' will not reach 'orders-replica'.",
    },
    {
      name: 'both are silent',
      ...base,
      role: silent,
      destination: { ...preferred, policy: null },
      message: [
        "no policy of the role allows it, and 'orders-replica' of account 444455556666 has no policy.",
      ],
    },
    {
      name: 'no ownership controls',
      replicationRule,
      role: silent,
      destination: { ownershipControls: null },
      message: ['no policy of the role allows it'],
    },
  ],
  notApplicable: [
    { name: 'no override', destination: preferred, role: silent },
    { name: 'trap 12: the destination is BucketOwnerEnforced', replicationRule, role: silent },
    { name: 'the role does not exist', ...base, role: { definition: null, policies: null } },
  ],
  unknown: [
    ...layers.unknown,
    {
      name: 'whether the destination owns its objects, where the right is missing',
      replicationRule,
      role: silent,
      denied: ['destination.ownershipControls'],
    },
  ],
});
