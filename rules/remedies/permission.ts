/** Statements to add, ready to paste. */
import { addStatement, bucketPolicy, keyPolicy } from './policy.ts';
import { hcl, sh, yamlString } from '../../src/rule.ts';

/** A statement that allows. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string } | { readonly Service: string };
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** As a finding's fix holds them. */
export interface Remedy {
  readonly cli: string;
  readonly json: string;
  readonly terraform: string;
  readonly cloudformation: string;
}

/** A statement, and the command that adds it. */
export interface Addition {
  readonly cli: string;
  readonly statement: Statement;
}

/** To the role: a policy of its own beside what it has. `of` tells it from those for other buckets, which it must not replace. */
export function allowRole(role: string, of: string, statement: Statement): Addition {
  const name = role.slice(role.lastIndexOf('/') + 1);
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const policy = `replint-${statement.Sid.toLowerCase()}-${of}`;
  return {
    cli: sh`aws iam put-role-policy --role-name ${name} --policy-name ${policy} --policy-document ${document}`,
    statement,
  };
}

/** To the policy of a bucket: all that it says already stays. */
export function allowInBucket(bucket: string, policy: string | null, statement: Statement): Addition {
  const own = named(statement, policy);
  return { cli: addStatement(bucketPolicy(bucket, policy), own), statement: own };
}

/** To the policy of a key. */
export function allowInKey(
  key: string,
  policy: string | null,
  region: string,
  statement: Statement,
): Addition {
  const own = named(statement, policy);
  return { cli: addStatement(keyPolicy(key, region), own), statement: own };
}

/** A Sid stands once in a policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function named(statement: Statement, policy: string | null): Statement {
  const { Sid } = statement;
  const taken = (one: string): boolean => policy?.includes(JSON.stringify(one)) === true;
  let number = 1;
  while (taken(number === 1 ? Sid : `${Sid}${number}`)) number += 1;
  return number === 1 ? statement : { ...statement, Sid: `${Sid}${number}` };
}

/** The commands, and the statements in three languages; nothing where there is nothing to add. */
export function remedyOf(additions: readonly Addition[]): Partial<Remedy> {
  if (additions.length === 0) return {};
  const statements = additions.map(({ statement }) => statement);
  return {
    cli: additions.map(({ cli }) => cli).join('\n'),
    json: JSON.stringify(statements.length === 1 ? statements[0] : statements, null, 2),
    terraform: statements.map(terraform).join('\n'),
    cloudformation: statements.map(cloudformation).join('\n'),
  };
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
function terraform({ Sid, Principal, Action, Resource, Condition = {} }: Statement): string {
  const list = (values: string | readonly string[]): string => `[${[values].flat().map(hcl).join(', ')}]`;
  const principals = Object.entries(Principal ?? {}).map(
    ([type, one]) => `  principals {\n    type        = ${hcl(type)}\n    identifiers = ${list(one)}\n  }\n`,
  );
  const conditions = Object.entries(Condition).flatMap(([test, keys]) =>
    Object.entries(keys).map(
      ([variable, values]) =>
        `  condition {\n    test     = ${hcl(test)}\n    variable = ${hcl(variable)}\n    values   = ${list(values)}\n  }\n`,
    ),
  );
  return `statement {\n  sid       = ${hcl(Sid)}\n  actions   = ${list(Action)}\n  resources = ${list(Resource)}\n${[...principals, ...conditions].join('')}}`;
}

function cloudformation({ Sid, Effect, Principal, Action, Resource, Condition = {} }: Statement): string {
  const list = (indent: string, values: string | readonly string[]): string =>
    [values]
      .flat()
      .map((one) => `${indent}- ${yamlString(one)}`)
      .join('\n');
  const principal = Object.entries(Principal ?? {}).map(
    ([type, one]) => `\n  Principal:\n    ${type}: ${yamlString(one)}`,
  );
  const conditions = Object.entries(Condition).map(
    ([test, keys]) =>
      `\n    ${test}:${Object.entries(keys)
        .map(([key, values]) => `\n      ${yamlString(key)}:\n${list('        ', values)}`)
        .join('')}`,
  );
  const condition = conditions.length === 0 ? '' : `\n  Condition:${conditions.join('')}`;
  return `- Sid: ${Sid}\n  Effect: ${Effect}${principal.join('')}\n  Action:\n${list('    ', Action)}\n  Resource:\n${list('    ', Resource)}${condition}`;
}
