/** What to type to change whom a role trusts. */
import { cloudformation, type Members } from './block.ts';
import { addStatement, editStatements, trustPolicy } from './policy.ts';
import { hcl, sh, type Remedy } from '../../src/rule.ts';
import { Recent } from '../../src/recent.ts';

const s3 = 's3.amazonaws.com';

/** Lets S3 assume the role, beside whatever the role trusts already. */
export function trustS3({ arn }: { readonly arn: string }): Remedy {
  const statement = { Effect: 'Allow', Principal: { Service: s3 }, Action: 'sts:AssumeRole' };
  return { cli: addStatement(trustPolicy(arn), statement), ...added(statement) };
}

/** Lets S3 assume the role for one bucket, beside whatever the role trusts already. */
export function trustS3For(
  role: { readonly arn: string },
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
  return { cli: addStatement(trustPolicy(role.arn), statement), ...added(statement) };
}

/** Each as the scan saw it: another remedy of the role may have changed them alike by now. */
const scope =
  'map(if any($open[] == .; .) then .Condition.StringEquals["aws:SourceAccount"] = $account else . end)';

/** Lets S3 assume the role for buckets of one account only, in each statement that says for nobody in particular. */
export function scopeTrust(
  role: { readonly arn: string },
  document: string,
  account: string,
  isOpen: (index: number) => boolean,
): Remedy {
  const policy = parsed(document);
  const statements = [policy['Statement']].flat().filter(isRecord);
  const open = statements.filter((_, index) => isOpen(index));
  if (!open.every(isOfS3))
    return {
      untyped:
        'the statement trusts others besides S3, for whom the condition would never hold: they need a statement of their own first.',
    };
  const options = sh`--argjson open ${JSON.stringify(open)} --arg account ${account}`;
  return { cli: editStatements(trustPolicy(role.arn), options, scope), ...addedFor(account) };
}

/** An account's roles are scoped alike, and stand side by side. */
const scopes = new Recent<string, ReturnType<typeof added>>(4);

function addedFor(account: string): ReturnType<typeof added> {
  return scopes.of(account, () =>
    added({
      Effect: 'Allow',
      Principal: { Service: s3 },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
}

/** Whether the statement is about S3 alone. */
function isOfS3({ Principal }: Readonly<Record<string, unknown>>): boolean {
  const text = JSON.stringify(Principal);
  return text === JSON.stringify({ Service: s3 }) || text === JSON.stringify({ Service: [s3] });
}

function added(statement: Members): Pick<Remedy, 'json' | 'terraform' | 'cloudformation'> {
  return {
    json: JSON.stringify(statement, null, 2),
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
