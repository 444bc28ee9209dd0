import { trustS3For } from './remedies/trust.ts';
import { policyOf, roleArn } from './shared/example.ts';
import { letsS3, nameOf, written } from './shared/statement.ts';
import { holds } from '../src/iam/condition.ts';
import type { Context } from '../src/iam/context.ts';
import { decide } from '../src/iam/decide.ts';
import { isMalformed, type Statement } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { onTrust } from '../src/iam/replication.ts';
import { UNGOVERNED } from '../src/iam/request.ts';
import { mayAssume } from '../src/iam/trust.ts';
import { roleName } from './permission/sentence.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'role-trust-condition-mismatch',
  title: "Replication role's trust policy means another bucket or account",
  severity: 'warning',
  scope: 'source',
  why: "The trust policy lets S3 assume the role, but only for the sake of another bucket, account or organization than the source's. AWS documents aws:SourceArn and aws:SourceAccount for services in general and not for replication, whose sample roles have no such condition, so this is a judgement: where S3 brings them they name the source bucket and its account, and the role is refused.",
  fix: "Let aws:SourceArn name the source bucket's ARN and aws:SourceAccount its account in the trust policy of the role.",
  page: 'judgement',
  predicts: ['AssumeRoleNotPermitted'],
  needs: { role: ['definition'] },
  evaluate({ source, sourceAccount, role }) {
    // A role that is not there, or trusts S3 nowhere, is another rule's finding.
    if (role.definition?.Arn !== role.arn) return notApplicable;
    const document = role.definition.AssumeRolePolicyDocument;
    if (mayAssume(document, 's3.amazonaws.com') !== 'yes') return notApplicable;
    const trust = ofText(document, 'trust policy', 'trust');
    if (isMalformed(trust)) return notApplicable;
    const { organization: id } = sourceAccount;
    const organization = id === null ? 'unknown' : { id };
    const request = onTrust(role, { ...source, organization });
    const { outcome, unknown, statement } = decide(request, { ...UNGOVERNED, resource: trust });
    if (outcome === 'allowed') return pass;
    if (outcome === 'undetermined') {
      const keys = unknown.map(({ name }) => `'${name}'`).join(', ');
      const where = statement === null ? '' : ` (${nameOf(statement)} of its trust policy)`;
      return undetermined(
        `Whether S3 may assume the role '${role.arn}' hangs on ${keys}${where}, which neither what was read nor AWS's documentation tells.`,
      );
    }
    const how =
      outcome === 'explicitlyDenied' && statement !== null
        ? `${nameOf(statement)} denies it`
        : trust.statements.filter(letsS3).map(onlyUnder(request.context)).join('; ');
    return fail({
      message: `Objects of '${source.name}' may not be replicated: the trust policy of role '${roleName(role.arn)}' does not let S3 assume it for '${source.arn}' of account ${source.account}: ${how}.`,
      expected: `conditions that take '${source.arn}' and account ${source.account}`,
      actual: document,
      at: ['role.definition#/AssumeRolePolicyDocument'],
    });
  },
  remedy({ source, role }) {
    const document = role.definition?.AssumeRolePolicyDocument ?? '{}';
    const denies = ofText(document, 'trust policy', 'trust');
    return !isMalformed(denies) && denies.statements.some(({ effect }) => effect === 'Deny')
      ? {
          untyped:
            'the trust policy has a Deny, which no statement outweighs; its condition has to be written anew.',
        }
      : trustS3For(role, source);
  },
  examples: {
    bad: {
      role: {
        definition: { Arn: roleArn, AssumeRolePolicyDocument: trusting('arn:aws:s3:::order'), Tags: [] },
      },
    },
    good: {
      role: {
        definition: { Arn: roleArn, AssumeRolePolicyDocument: trusting('arn:aws:s3:::orders'), Tags: [] },
      },
    },
  },
});

/** What keeps S3 from a statement that names it. */
function onlyUnder(context: Context): (statement: Statement) => string {
  return (statement) => {
    const failing = statement.conditions.filter((one) => holds(one, context, []) === 'no');
    return `${nameOf(statement)} lets it only under ${failing.map(written).join(' and ')}`;
  };
}

function trusting(source: string): string {
  return policyOf({
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { ArnLike: { 'aws:SourceArn': source } },
  });
}
