import { describeRule } from './describe-rule.ts';
import { everyLayer, ownStatements, roleOf, without } from './permission/situations.ts';
import rule from '../../rules/role-cannot-read-annotations.ts';

const action = 's3:GetObjectVersionAnnotationForReplication';
const layers = everyLayer({ action, owner: 'source' });

describeRule(rule, {
  ...layers,
  fail: [
    ...layers.fail,
    {
      name: "a role from before annotations, as AWS's own samples are",
      replicationRule: { Filter: {}, ID: 'before' },
      role: roleOf(without(ownStatements, action)),
      message:
        "Role 'orders-replication' may not s3:GetObjectVersionAnnotationForReplication on 'orders/*': no policy of the role allows it. Annotations of objects of 'orders' will not be replicated.",
    },
  ],
  notApplicable: [{ name: 'the role does not exist', role: { definition: null, policies: null } }],
});
