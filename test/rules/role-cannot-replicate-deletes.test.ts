import { describeRule } from './describe-rule.ts';
import { deny, everyLayer, ownStatements, policyAnd, roleOf, without } from './permission/situations.ts';
import rule from '../../rules/role-cannot-replicate-deletes.ts';
import { healthy } from '../../src/tester.ts';

const action = 's3:ReplicateDelete';
const deleting = { replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } } };
const layers = everyLayer({ action, owner: 'destination', base: deleting });
const silent = roleOf(without(ownStatements, action));

describeRule(rule, {
  ...layers,
  fail: [
    ...layers.fail,
    {
      name: 'a configuration of the first version always replicates them',
      role: silent,
      source: {
        replication: {
          Role: healthy.role,
          Rules: [
            { Status: 'Enabled', Prefix: 'in/', Destination: { Bucket: 'arn:aws:s3:::orders-replica' } },
          ],
        },
      },
      message:
        "Role 'orders-replication' may not s3:ReplicateDelete on 'orders-replica/in/*': no policy of the role allows it. Delete markers of 'orders' will not reach 'orders-replica'.",
    },
    {
      name: 'a network that s3:ReplicateObject does not need is nobody else’s finding',
      ...deleting,
      destination: {
        policy: policyAnd(
          'destination',
          deny(action, '*', {
            Principal: '*',
            Condition: { Null: { 's3:DataAccessPointArn': 'true' } },
          }),
        ),
      },
      message: ["the statement 'Fence' of the policy of 'orders-replica' denies it"],
    },
  ],
  notApplicable: [
    { name: 'delete markers stay at the source', role: silent },
    { name: 'the role does not exist', ...deleting, role: { definition: null, policies: null } },
    { name: "the owner's policy alone is silent", ...deleting, destination: { policy: null } },
  ],
});
