import { roleName } from './permission/sentence.ts';
import { scopeTrust } from './remedies/trust.ts';
import { policyOf } from './shared/example.ts';
import { malformedAs } from './shared/malformed.ts';
import { letsS3, nameOf } from './shared/statement.ts';
import { isMalformed, type Statement } from '../src/iam/policy.ts';
import { ofText } from '../src/iam/remembered.ts';
import { defineRule, fail, notApplicable, pass, undetermined } from '../src/rule.ts';

const s3 = 's3.amazonaws.com';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const sourceKeys = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'];

export default defineRule({
  id: 'role-trust-unscoped',
  title: 'Replication role may be assumed for any bucket',
  severity: 'note',
  scope: 'source',
  recommended: false,
  why: "The role's trust names S3 and not for whose bucket. IAM's pages advise to say so with aws:SourceArn or aws:SourceAccount wherever a service assumes a role; S3's own samples of replication roles leave it out, and a role can be passed within its account only. So this is hygiene, and our judgement.",
  fix: 'Add a condition on aws:SourceAccount, or on aws:SourceArn with the ARN of the source bucket, to the statement. Watch replication afterwards: no page of S3 says what replication brings with it.',
  page: 'judgement',
  needs: { role: ['definition'] },
  evaluate({ source, role }) {
    if (role.definition === null) return notApplicable;
    const trust = ofText(role.definition.AssumeRolePolicyDocument, 'trust policy', 'trust');
    if (isMalformed(trust))
      return undetermined(malformedAs(`trust policy of role '${roleName(role.arn)}'`, trust));
    const letting = trust.statements.filter(letsS3);
    const open = letting.find(isOpen);
    if (open !== undefined) {
      return fail({
        message: `The role '${role.arn}', which replicates '${source.name}', may be assumed by S3 for any bucket: ${nameOf(open)} of its trust policy names no source.`,
        expected: 'a condition on aws:SourceArn or aws:SourceAccount',
        actual: 'no condition on the source',
        at: ['role.definition#/AssumeRolePolicyDocument'],
      });
    }
    return letting.length === 0 ? notApplicable : pass;
  },
  remedy({ source, role }) {
    const document = role.definition?.AssumeRolePolicyDocument ?? '{}';
    const trust = ofText(document, 'trust policy', 'trust');
    const open = isMalformed(trust) ? [] : trust.statements.filter(isOpen);
    return scopeTrust(role, document, source.account, (index) => open.some((one) => one.index === index));
  },
  examples: {
    bad: {},
    good: {
      role: {
        definition: {
          Arn: 'arn:aws:iam::111122223333:role/orders-replication',
          Tags: [],
          AssumeRolePolicyDocument: policyOf({
            Effect: 'Allow',
            Principal: { Service: s3 },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          }),
        },
      },
    },
  },
});

function isOpen(statement: Statement): boolean {
  return letsS3(statement) && !statement.conditions.some(({ lowerKey }) => sourceKeys.includes(lowerKey));
}
