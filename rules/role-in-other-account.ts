import { nameRole } from './remedies/role.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'role-in-other-account',
  title: 'Replication role is of another account',
  severity: 'warning',
  scope: 'source',
  why: "Whoever configures replication passes the role to S3, and a role can be passed within its own account only, so S3 refuses such a configuration on the usual way. Whether S3 assumes the role where it stands nevertheless no page of AWS tells: this is our judgement, and AssumeRoleNotPermitted what we expect. In any case two accounts then decide about one bucket's replication.",
  fix: "Make the replication role in the account of the source bucket, and name that one in the replication configuration. Let the destination's policy and the key policies name it too.",
  page: 'judgement',
  predicts: ['AssumeRoleNotPermitted'],
  needs: {},
  evaluate({ source, role }) {
    if (role.account === source.account) return pass;
    return fail({
      message: `Objects of '${source.name}' may not be replicated: the bucket is in account '${source.account}' and its replication role in account '${role.account}'.`,
      expected: `a role of account ${source.account}`,
      actual: role.arn,
      at: ['source.replication#/Role'],
    });
  },
  remedy: ({ source }) => nameRole(source.name),
  examples: {
    bad: {
      source: {
        replication: {
          Role: 'arn:aws:iam::444455556666:role/orders-replication',
          Rules: [
            {
              ID: 'everything',
              Priority: 1,
              Filter: {},
              Status: 'Enabled',
              Destination: { Bucket: 'arn:aws:s3:::orders-replica' },
            },
          ],
        },
      },
    },
    good: {},
  },
});
