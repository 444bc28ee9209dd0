import { roleName } from './permission/sentence.ts';
import { trustS3 } from './remedies/trust.ts';
import { malformedAs } from './shared/malformed.ts';
import { isMalformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { mayAssume } from '../src/iam/trust.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'role-not-trusting-s3',
  title: 'Replication role does not trust S3',
  severity: 'error',
  scope: 'source',
  why: 'S3 replicates with the permissions of this role, and its trust policy does not let S3 assume it. All objects of all routes of the bucket fail. A role for S3 Batch Operations trusts another service and does not do.',
  fix: 'Let s3.amazonaws.com call sts:AssumeRole in the trust policy of the role, beside whatever else it must keep trusting, and take away a Deny that forbids it. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['AssumeRoleNotPermitted'],
  needs: { role: ['definition'] },
  evaluate({ source, role }) {
    if (role.definition === null) return notApplicable;
    const document = role.definition.AssumeRolePolicyDocument;
    if (mayAssume(document, 's3.amazonaws.com') === 'yes') return pass;
    const trust = ofText(document, 'trust policy', 'trust');
    if (isMalformed(trust))
      return undetermined(malformedAs(`trust policy of role '${roleName(role.arn)}'`, trust));
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services-in-opt-in-regions
    if (source.region !== null && mayAssume(document, `s3.${source.region}.amazonaws.com`) === 'yes') {
      return undetermined(
        `The role '${role.arn}' trusts S3 under its name for '${source.region}' only, and AWS does not document whether replication uses that name.`,
      );
    }
    return fail({
      message: `Objects of '${source.name}' will not be replicated: the role '${role.arn}' does not let 's3.amazonaws.com' assume it.`,
      expected: 's3.amazonaws.com may call sts:AssumeRole',
      actual: document,
      at: ['role.definition#/AssumeRolePolicyDocument'],
    });
  },
  remedy: ({ role }) => trustS3(role),
  examples: {
    bad: {
      role: {
        definition: {
          Arn: 'arn:aws:iam::111122223333:role/orders-replication',
          Tags: [],
          AssumeRolePolicyDocument:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"batchoperations.s3.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
        },
      },
    },
    good: {
      role: {
        definition: {
          Arn: 'arn:aws:iam::111122223333:role/orders-replication',
          Tags: [],
          AssumeRolePolicyDocument:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["s3.amazonaws.com","batchoperations.s3.amazonaws.com"]},"Action":"sts:AssumeRole"}]}',
        },
      },
    },
  },
});
