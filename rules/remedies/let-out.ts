/** What to type to let a role out of a Deny. */
import { cloudformation, terraform } from './block.ts';
import { editStatements, type Stored } from './policy.ts';
import { sh, type Remedy } from '../../src/rule.ts';

const [operator, key] = ['ArnNotEquals', 'aws:PrincipalArn'] as const;

/** The statement as it stands in the policy, whoever is let out of it already. */
function denial(document: string, index: number): object {
  // The rule has read it as a policy already.
  const statement = record([record(JSON.parse(document))['Statement']].flat()[index]);
  const others = Object.entries(record(statement['Condition'])).filter(([name]) => name !== operator);
  return { ...statement, Condition: Object.fromEntries(others) };
}

const isIt = `(.Condition += {} | del(.Condition.${operator})) == $deny`;
/** Several ARNs let each of them out. A statement that was changed since the scan is left alone, and jq says so. */
const program = `((.[] | select(${isIt})) // error("The statement is not what it was.")).Condition.${operator}["${key}"] |= ([. // empty] | flatten - [$role] + [$role])`;

/** Lets the role out of a statement of a policy; in the other languages it is the condition to add to the statement. */
export function spare(stored: Stored, document: string, index: number, role: string): Remedy {
  const options = sh`--argjson deny ${JSON.stringify(denial(document, index))} --arg role ${role}`;
  return {
    cli: editStatements(stored, options, program),
    terraform: terraform({ condition: { test: operator, variable: key, values: [role] } }),
    cloudformation: cloudformation({ Condition: { [operator]: { [key]: [role] } } }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // What is no object has no members.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
