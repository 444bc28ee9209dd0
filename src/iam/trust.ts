/**
 * Whether a role's trust policy lets a service assume the role. Conditions are not weighed: an Allow under a condition
 * may hold, a Deny under one may not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

/** S3, as trust policies name it; in every partition the name ends in `amazonaws.com`. */
export type S3Principal = 's3.amazonaws.com' | `s3.${string}.amazonaws.com`;

/** Says whether some statement lets the service call sts:AssumeRole and no plain Deny takes that back. */
export function mayAssume(document: string, service: S3Principal): 'yes' | 'no' | 'malformed' {
  const statements = statementsOf(document);
  if (statements === null) return 'malformed';
  const about = statements.filter(
    (statement) => takesAction(statement) && takesPrincipal(statement, service),
  );
  if (about.some((one) => one['Effect'] === 'Deny' && one['Condition'] === undefined)) return 'no';
  return about.some((one) => one['Effect'] === 'Allow') ? 'yes' : 'no';
}

/** The policy with one statement more; what it says already stays. */
export function withStatement(document: string, statement: object): string {
  const policy = parse(document);
  const rest = isObject(policy) ? policy : {};
  return JSON.stringify({
    Version: '2012-10-17',
    ...rest,
    Statement: [...(statementsOf(document) ?? []), statement],
  });
}

type Json = Readonly<Record<string, unknown>>;

function statementsOf(document: string): readonly Json[] | null {
  const policy = parse(document);
  if (!isObject(policy)) return null;
  const listed = policy['Statement'];
  const statements: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  return statements.every((one) => isObject(one)) ? statements : null;
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function takesAction(statement: Json): boolean {
  const { Action: action, NotAction: notAction } = statement;
  if (action !== undefined) return texts(action).some(isAssumeRole);
  return notAction !== undefined && !texts(notAction).some(isAssumeRole);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html: no case, `*` and `?`. */
function isAssumeRole(pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test('sts:AssumeRole');
}

/** `{ "AWS": "*" }` is taken as everybody too, as AWS does where it can be told apart. */
function takesPrincipal(statement: Json, service: string): boolean {
  const principal = statement['Principal'];
  if (principal === '*') return true;
  if (!isObject(principal)) return false;
  return texts(principal['Service']).includes(service) || texts(principal['AWS']).includes('*');
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string');
}
