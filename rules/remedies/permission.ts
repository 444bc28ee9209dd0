/** Statements to add, ready to paste. */
import { hcl, sh, yamlString } from '../../src/rule.ts';
import { withStatement } from '../../src/iam/trust.ts';

/** A statement that allows. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string } | { readonly Service: string };
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Remedy {
  readonly cli: string;
  readonly json: string;
  readonly terraform: string;
  readonly cloudformation: string;
}

/** To the role: a policy of its own beside what it has. */
export function allowRole(role: string, ...statements: readonly Statement[]): Remedy {
  const name = role.slice(role.lastIndexOf('/') + 1);
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const policy = `replint-${(statements[0]?.Sid ?? 'replication').toLowerCase()}`;
  return {
    cli: sh`aws iam put-role-policy --role-name ${name} --policy-name ${policy} --policy-document ${document}`,
    ...written(statements),
  };
}

/** To the policy of a bucket: all that it says already stays. */
export function allowInBucket(bucket: string, policy: string | null, statement: Statement): Remedy {
  const document = withStatement(policy ?? '{}', statement);
  return {
    cli: sh`aws s3api put-bucket-policy --bucket ${bucket} --policy ${document}`,
    ...written([statement]),
  };
}

/** To the policy of a key. */
export function allowInKey(key: string, policy: string | null, region: string, statement: Statement): Remedy {
  const document = withStatement(policy ?? '{}', statement);
  return {
    cli: sh`aws kms put-key-policy --key-id ${key} --policy-name default --region ${region} --policy ${document}`,
    ...written([statement]),
  };
}

/** The statements themselves, in three languages. */
function written(statements: readonly Statement[]): Omit<Remedy, 'cli'> {
  return {
    json: statements.map((one) => JSON.stringify(one, null, 2)).join(',\n'),
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
