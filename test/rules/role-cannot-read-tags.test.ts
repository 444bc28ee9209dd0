import { describeRule } from './describe-rule.ts';
import { everyLayer, roleOf, ownStatements, without } from './permission/situations.ts';
import rule from '../../rules/role-cannot-read-tags.ts';

const action = 's3:GetObjectVersionTagging';
const layers = everyLayer({ action, owner: 'source' });

describeRule(rule, {
  ...layers,
  fail: [
    ...layers.fail,
    {
      name: 'the whole sentence',
      replicationRule: { Filter: { Prefix: 'in/' } },
      role: roleOf(without(ownStatements, action)),
      message:
        "Role 'orders-replication' may not s3:GetObjectVersionTagging on 'orders/in/*': no policy of the role allows it. Objects of 'orders' that carry tags may fail.",
      actual: 'not allowed',
    },
  ],
  notApplicable: [{ name: 'the role does not exist', role: { definition: null, policies: null } }],
});
