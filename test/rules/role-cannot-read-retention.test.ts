import { describeRule } from './describe-rule.ts';
import { everyLayer, ownStatements, roleOf, without } from './permission/situations.ts';
import rule from '../../rules/role-cannot-read-retention.ts';

const actions = ['s3:GetObjectRetention', 's3:GetObjectLegalHold'];
const locked = { source: { objectLock: { ObjectLockEnabled: 'Enabled' } } };
const layers = everyLayer({ action: actions, owner: 'source', base: locked });

describeRule(rule, {
  ...layers,
  fail: [
    ...layers.fail,
    {
      name: 'one of the two rights',
      ...locked,
      role: roleOf(without(ownStatements, 's3:GetObjectLegalHold')),
      message:
        "Role 'orders-replication' may not s3:GetObjectLegalHold on 'orders/*': no policy of the role allows it. Objects of 'orders', which has Object Lock, will not be replicated.",
    },
  ],
  notApplicable: [
    { name: 'no Object Lock', role: roleOf(without(ownStatements, ...actions)) },
    {
      name: 'trap 16: the lock is the destination’s alone',
      destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
      role: roleOf(without(ownStatements, ...actions)),
    },
    { name: 'the role does not exist', ...locked, role: { definition: null, policies: null } },
  ],
  unknown: [...layers.unknown, { name: 'the lock is denied', denied: ['source.objectLock'] }],
});
