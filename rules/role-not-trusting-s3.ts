import { controlOf } from './permission/assuming.ts';
import { policyIn, roleName } from './permission/sentence.ts';
import { trustS3 } from './remedies/trust.ts';
import { malformedAs } from './shared/malformed.ts';
import { nameOf } from './shared/statement.ts';
import { isMalformed } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { mayAssume } from '../src/iam/trust.ts';
import type { StatementReference } from '../src/iam/verdict.ts';
import { defineRule, fail, notApplicable, pass, undetermined, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'role-not-trusting-s3',
  title: 'Replication role does not trust S3',
  severity: 'error',
  scope: 'source',
  why: "S3 replicates with the permissions of this role, and its trust policy does not let S3 assume it, or a resource control policy over the role's account denies that. All objects of all routes of the bucket fail. A role for S3 Batch Operations trusts another service and does not do.",
  fix: 'Let s3.amazonaws.com call sts:AssumeRole in the trust policy of the role, beside whatever else it must keep trusting, and take away a Deny that forbids it. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: ['AssumeRoleNotPermitted'],
  needs: { role: ['definition'] },
  wants: { roleAccount: ['resourceControlPolicies'] },
  evaluate({ source, role, roleAccount }) {
    if (role.definition === null) return notApplicable;
    const document = role.definition.AssumeRolePolicyDocument;
    const trust = ofText(document, 'trust policy', 'trust');
    if (isMalformed(trust))
      return undetermined(malformedAs(`trust policy of role '${roleName(role.arn)}'`, trust));
    if (mayAssume(document, 's3.amazonaws.com') === 'yes') {
      const control = roleAccount.resourceControlPolicies;
      if (!control.known) return unknown(control);
      const denial = controlOf(role, trust, control.value, { ...source, organization: 'unknown' });
      if (denial === null) return pass;
      if ('malformed' in denial)
        return undetermined(malformedAs(`resource control policy '${denial.name}'`, denial));
      return fail(denied(source.name, role.arn, denial));
    }
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
  remedy: ({ role }) =>
    mayAssume(role.definition?.AssumeRolePolicyDocument ?? '', 's3.amazonaws.com') === 'yes'
      ? {
          untyped:
            'what denies it is a policy of the organization, and how wide that shall be people decide.',
        }
      : trustS3(role),
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

function denied(source: string, role: string, denial: StatementReference) {
  const policy = policyIn('resourceControl', denial.policy, { policyName: '' });
  return {
    message: `Objects of '${source}' will not be replicated: ${nameOf(denial)} of the ${policy} denies 's3.amazonaws.com' to assume the role '${role}'.`,
    expected: 's3.amazonaws.com may call sts:AssumeRole',
    actual: 'denied',
    at: ['roleAccount.resourceControlPolicies'],
  } as const;
}
