/** What to type to change whom a role trusts. */
import { cloudformation, type Members } from './block.ts';
import { hcl, sh, type Remedy } from '../../src/rule.ts';
import { withStatement } from '../../src/iam/trust.ts';
import { Recent } from '../../src/recent.ts';

const s3 = 's3.amazonaws.com';

/** Lets S3 assume the role for one bucket, beside whatever the role trusts already. */
export function trustS3For(
  role: { readonly arn: string },
  document: string,
  source: { readonly arn: string; readonly account: string },
): Remedy {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: s3 },
    Action: 'sts:AssumeRole',
    Condition: {
      ArnLike: { 'aws:SourceArn': source.arn },
      StringEquals: { 'aws:SourceAccount': source.account },
    },
  };
  return { cli: putTrust(role.arn, withStatement(document, statement)), ...added(statement) };
}

/** Lets S3 assume the role for buckets of one account only, in each statement that says for nobody in particular. */
export function scopeTrust(
  role: { readonly arn: string },
  document: string,
  account: string,
  isOpen: (index: number) => boolean,
): Remedy {
  const policy = parsed(document);
  const statements = [policy['Statement']].flat().filter(isRecord);
  const changed = statements.map((one, index) => (isOpen(index) ? scoped(one, account) : one));
  if (changed.includes(null))
    return {
      untyped:
        'the statement trusts others besides S3, for whom the condition would never hold: they need a statement of their own first.',
    };
  return { cli: putTrust(role.arn, JSON.stringify({ ...policy, Statement: changed })), ...addedFor(account) };
}

/** An account's roles are scoped alike, and stand side by side. */
const scopes = new Recent<string, ReturnType<typeof added>>(4);

function addedFor(account: string): ReturnType<typeof added> {
  const known = scopes.get(account);
  if (known !== undefined) return known;
  const fragments = added({
    Effect: 'Allow',
    Principal: { Service: s3 },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  });
  scopes.set(account, fragments);
  return fragments;
}

/** Null where the statement is not about S3 alone. */
function scoped(statement: Readonly<Record<string, unknown>>, account: string): object | null {
  const { Principal, Condition } = statement;
  if (JSON.stringify(Principal) !== JSON.stringify({ Service: s3 }) && !isListOfS3(Principal)) return null;
  const conditions = isRecord(Condition) ? Condition : {};
  const equals = isRecord(conditions['StringEquals']) ? conditions['StringEquals'] : {};
  return {
    ...statement,
    Condition: { ...conditions, StringEquals: { ...equals, 'aws:SourceAccount': account } },
  };
}

function isListOfS3(principal: unknown): boolean {
  return JSON.stringify(principal) === JSON.stringify({ Service: [s3] });
}

function putTrust(arn: string, document: string): string {
  return sh`aws iam update-assume-role-policy --role-name ${arn.slice(arn.lastIndexOf('/') + 1)} --policy-document ${document}`;
}

function added(statement: Members): Pick<Remedy, 'terraform' | 'cloudformation'> {
  return {
    terraform: `assume_role_policy = ${encoded(statement)}`,
    cloudformation: cloudformation({
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] },
    }),
  };
}

/** A policy of one statement as Terraform writes it. */
export function encoded(statement: Members): string {
  return `jsonencode({\n  Version   = "2012-10-17"\n  Statement = [${object(statement)}]\n})`;
}

function object(members: Members): string {
  const written = Object.entries(members).map(([name, value]) => {
    const key = /^\w+$/.test(name) ? name : hcl(name);
    return `${key} = ${literal(value)}`;
  });
  return `{ ${written.join(', ')} }`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  // What a statement holds is text, lists of it, and objects of those.
  return typeof value === 'object' && value !== null ? object(value as Members) : hcl(String(value));
}

function parsed(document: string): Readonly<Record<string, unknown>> {
  // The rule has read it as a policy already.
  const policy: unknown = JSON.parse(document);
  return isRecord(policy) ? policy : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
