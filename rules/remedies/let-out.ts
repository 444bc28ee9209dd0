/** What to type to let a role out of a Deny. */
import { cloudformation, terraform } from './block.ts';
import { editStatements, type Stored } from './policy.ts';
import { sh, type Remedy } from '../../src/rule.ts';

const [operator, key] = ['ArnNotEquals', 'aws:PrincipalArn'] as const;

/** The statement as it stands in the policy. */
function denial(document: string, index: number): Readonly<Record<string, unknown>> {
  // The rule has read it as a policy already.
  return record([record(JSON.parse(document))['Statement']].flat()[index]);
}

/** The same, whoever is let out of it already. */
function toAll(statement: Readonly<Record<string, unknown>>): object {
  const others = Object.entries(record(statement['Condition'])).filter(([name]) => name !== operator);
  return { ...statement, Condition: Object.fromEntries(others) };
}

/** The same, with the role let out of it. */
function toOthers(statement: Readonly<Record<string, unknown>>, role: string): object {
  const condition = record(statement['Condition']);
  const spared = record(condition[operator]);
  const roles = [...[spared[key] ?? []].flat().filter((one) => one !== role), role];
  return { ...statement, Condition: { ...condition, [operator]: { ...spared, [key]: roles } } };
}

const isIt = `(.Condition += {} | del(.Condition.${operator})) == $deny`;
/** Several ARNs let each of them out. A statement that was changed since the scan is left alone, and jq says so. */
const program = `((.[] | select(${isIt})) // error("The statement is not what it was.")).Condition.${operator}["${key}"] |= ([. // empty] | flatten - [$role] + [$role])`;

/** Lets the role out of a statement of a policy; as JSON it is the whole statement, in the other languages the condition to add to it. */
export function spare(stored: Stored, document: string, index: number, role: string): Remedy {
  const statement = denial(document, index);
  const options = sh`--argjson deny ${JSON.stringify(toAll(statement))} --arg role ${role}`;
  return {
    cli: editStatements(stored, options, program),
    json: JSON.stringify(toOthers(statement, role), null, 2),
    terraform: terraform({ condition: { test: operator, variable: key, values: [role] } }),
    cloudformation: cloudformation({ Condition: { [operator]: { [key]: [role] } } }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // What is no object has no members.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
