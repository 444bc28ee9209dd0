/**
 * Where the two disagree, and the page of AWS's that decides it. Each is a rewriting: what the other evaluator reads where
 * a page of AWS's reads otherwise. Of a rewritten case both must say the same, or the run fails; so nothing hides behind them.
 */
import type { Case, Document } from './cases.ts';

/** A reason why the other evaluator answers otherwise. */
export interface Disagreement {
  readonly about: string;
  readonly page: string;
  /** The case as the other understands it, in words that we understand so too. */
  readonly rewrite: (one: Case) => Case;
}

type Json = Readonly<Record<string, unknown>>;

/** A condition that holds of no case; the generator makes none of this operator. */
const NEVER: readonly [string, Json] = ['BinaryEquals', { 'aws:PrincipalArn': 'bmV2ZXI=' }];

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    about: 'variables are letters before the version 2012-10-17',
    page: 'reference_policies_variables.html#policy-vars-using-variables: "variables like ${aws:username} are treated as literal strings in the policy."',
    rewrite: inDocuments((document) => ({ ...document, Version: '2012-10-17' })),
  },
  {
    about: 'ForAnyValue with IfExists holds of an absent key',
    page: 'reference_policies_elements_condition_operators.html#Conditions_IfExists: "If the key is not present, evaluate the condition element as true."',
    rewrite: (one) =>
      inConditions((operator, keys) =>
        /^ForAnyValue:.*IfExists$/.test(operator) &&
        Object.keys(keys).some((key) => one.context[key] === undefined)
          ? NEVER
          : [operator, keys],
      )(one),
  },
  {
    about: 'a variable without a value in NotResource is undetermined',
    page: 'reference_policies_variables.html#policy-vars-no-value: "will not match any resource"; #principaltable: "causes the statement to be invalid"',
    rewrite: (one) => (one.context['aws:PrincipalTag/team'] === undefined ? withoutVoid(one) : one),
  },
  {
    about: '0.0.0.0/0 takes every address',
    page: 'reference_policies_elements_condition_operators.html#Conditions_IPAddress: "The value must be in the standard CIDR format"',
    rewrite: inDocuments(
      (document) =>
        JSON.parse(JSON.stringify(document).replaceAll('0.0.0.0/0', '255.255.255.255')) as Document,
    ),
  },
  {
    about: 'what is no ARN matches no ARN, and so a negated operator holds',
    page: 'reference_policies_elements_condition_operators.html#Conditions_ARN: "Negated matching for ARN"',
    rewrite: inConditions((operator, keys) =>
      operator.startsWith('ArnNot') && JSON.stringify(keys).includes('arn:aws:iam:*')
        ? NEVER
        : [operator, keys],
    ),
  },
  {
    about: '${*} is a star wherever variables are',
    page: 'reference_policies_variables.html#policy-vars-specialchars: "can be used in any string where you can use regular policy variables"',
    rewrite: inConditions((operator, keys) => [
      operator,
      operator.includes('Like')
        ? keys
        : (JSON.parse(JSON.stringify(keys).replaceAll('${*}', '${$}{*}')) as Json),
    ]),
  },
  {
    about: 'a negated operator holds against a variable without a value',
    page: 'reference_policies_variables.html#policy-vars-no-value: "Inverted condition operators like StringNotEquals or StringNotLike do match against a null value"',
    rewrite: (one) =>
      one.context['aws:PrincipalTag/team'] === undefined
        ? inConditions((operator, keys) =>
            operator.startsWith('StringNot') && JSON.stringify(keys).includes('${aws:PrincipalTag/team}')
              ? NEVER
              : [operator, keys],
          )(one)
        : one,
  },
];

function inConditions(
  change: (operator: string, keys: Json) => readonly [string, Json],
): (one: Case) => Case {
  return inDocuments((document) => ({
    ...document,
    Statement: document.Statement.map((statement) => ({
      ...statement,
      ...(statement['Condition'] === undefined
        ? {}
        : {
            Condition: Object.fromEntries(
              // The generator makes no other conditions than objects of objects.
              Object.entries(statement['Condition'] as Readonly<Record<string, Json>>).map(
                ([operator, keys]) => change(operator, keys),
              ),
            ),
          }),
    })),
  }));
}

function inDocuments(change: (document: Document) => Document): (one: Case) => Case {
  return (one) => ({
    ...one,
    identity: one.identity.map(change),
    boundary: one.boundary === null ? null : change(one.boundary),
    serviceControl: one.serviceControl.map((level) => level.map(change)),
    resourceControl: one.resourceControl.map((level) => level.map(change)),
    policy: one.policy === null ? null : change(one.policy),
  });
}

/** The other drops the statement, but where the ARNs differ before their resource: there it takes the variable for a letter. */
function withoutVoid(one: Case): Case {
  const isVoid = (statement: Json): boolean =>
    JSON.stringify(statement['NotResource'] ?? '').includes('${aws:PrincipalTag/team}');
  return inDocuments((document) => ({
    ...document,
    Statement: one.resource.startsWith('arn:aws:s3:')
      ? document.Statement.filter((statement) => !isVoid(statement))
      : document.Statement.map((statement) =>
          isVoid(statement)
            ? { ...statement, NotResource: withLetters(statement['NotResource']) }
            : statement,
        ),
  }))(one);
}

function withLetters(resources: unknown): unknown {
  return JSON.parse(JSON.stringify(resources).replaceAll('${aws:PrincipalTag/team}', 'letters'));
}
