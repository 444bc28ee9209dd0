/** What to type to let a role out of a Deny. */
import { cloudformation, terraform } from './block.ts';
import type { Remedy } from '../../src/rule.ts';

const [operator, key] = ['ArnNotEquals', 'aws:PrincipalArn'] as const;

/** The policy with the role let out of a statement; what it says besides stays. Several ARNs let each of them out. */
function letOut(document: string, index: number, role: string): string {
  // The rule has read it as a policy already.
  const policy = record(JSON.parse(document));
  const statements = [policy['Statement']].flat().map((one: unknown, at) => {
    if (at !== index) return one;
    const statement = record(one);
    const condition = record(statement['Condition']);
    const spared = record(condition[operator]);
    const arns = [spared[key] ?? []].flat();
    return {
      ...statement,
      Condition: { ...condition, [operator]: { ...spared, [key]: [...arns, role] } },
    };
  });
  return JSON.stringify({ ...policy, Statement: statements });
}

/** `put` makes the command of the changed policy; in the other languages it is the condition to add to the statement. */
export function spare(
  document: string,
  index: number,
  role: string,
  put: (document: string) => string,
): Remedy {
  return {
    cli: put(letOut(document, index, role)),
    terraform: terraform({ condition: { test: operator, variable: key, values: [role] } }),
    cloudformation: cloudformation({ Condition: { [operator]: { [key]: [role] } } }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // What is no object has no members.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
