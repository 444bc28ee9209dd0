/** Whether a statement's conditions hold: for the operators and keys that the sandbox knows. */
import { wildcard } from './wildcard.ts';

export type Conditions = Readonly<Record<string, unknown>>;

/** Keys in lower case. Null: the request has no such key. A key that is not here can't be judged. */
export type Context = ReadonlyMap<string, string | null>;

type Operator = (actual: string, wanted: string) => boolean;

const equal: Operator = (actual, wanted) => actual === wanted;
const equalIgnoringCase: Operator = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const like: Operator = (actual, wanted) => wildcard(wanted).test(actual);

// ArnEquals takes wildcards as ArnLike does (IAM User Guide, reference_policies_elements_condition_operators).
const OPERATORS: Readonly<Record<string, Operator>> = {
  stringequals: equal,
  stringequalsignorecase: equalIgnoringCase,
  stringlike: like,
  arnequals: like,
  arnlike: like,
  bool: equalIgnoringCase,
};

/** True or false, or null where the sandbox can't tell. */
export function conditionHolds(conditions: Conditions, context: Context): boolean | null {
  let holds: boolean | null = true;
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, wanted] of Object.entries(keys ?? {})) {
      const one = keyHolds(operator.toLowerCase(), context.get(key.toLowerCase()), values(wanted));
      if (one === false) return false;
      if (one === null) holds = null;
    }
  }
  return holds;
}

function keyHolds(
  operator: string,
  actual: string | null | undefined,
  wanted: readonly string[],
): boolean | null {
  if (actual === undefined) return null;
  if (operator === 'null') return wanted.includes(actual === null ? 'true' : 'false');
  const optional = operator.endsWith('ifexists');
  const plain = optional ? operator.slice(0, -'ifexists'.length) : operator;
  const negative = plain.startsWith('stringnot') || plain.startsWith('arnnot');
  const test = OPERATORS[negative ? plain.replace('not', '') : plain];
  if (test === undefined) return null;
  if (actual === null) return optional || negative;
  return wanted.some((value) => test(actual, value)) !== negative;
}

function values(wanted: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list
    .map((value) => (typeof value === 'boolean' || typeof value === 'number' ? `${value}` : value))
    .filter((value) => typeof value === 'string');
}
