/**
 * Whether conditions hold, and what they make of keys that are absent or not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { lookUp, not, valuesOf, type Context, type Knowledge, type Truth, type Unknown } from './context.ts';
import type { Condition, Test } from './operators.ts';
import { anyFits } from './template.ts';

/** Whether the condition holds. Keys that would have to be known are added to `unknown`. */
export function holds(condition: Condition, context: Context, unknown: Unknown[]): Truth {
  const before = unknown.length;
  const truth = judged(condition, context, unknown);
  // Of what is decided no key is missing, whatever was looked at on the way.
  if (truth !== 'maybe' && unknown.length > before) unknown.length = before;
  return truth;
}

function judged(condition: Condition, context: Context, unknown: Unknown[]): Truth {
  const known = lookUp(context, condition.lowerKey);
  if (condition.test.kind === 'null') return isAbsent(condition, known, unknown);
  const values = valuesOf(known);
  if (values === null) return unknownKey(condition, unknown);
  if (values.length === 0) return ofAbsent(condition);
  switch (condition.quantifier) {
    case 'all':
      return everyValue(condition, values, context, unknown);
    case 'any':
      return not(noValue(condition, values, context, unknown));
    case 'one':
      // A key of several values needs a set operator; what it does without one is documented nowhere.
      if (values.length > 1) return unknownKey(condition, unknown);
      return ofValue(condition, values[0] ?? '', context, unknown);
  }
}

function unknownKey(condition: Condition, unknown: Unknown[]): Truth {
  unknown.push({ what: 'key', name: condition.key });
  return 'maybe';
}

/** `Null: true` asks that the key be absent, `Null: false` that it be there. */
function isAbsent(condition: Condition, known: Knowledge, unknown: Unknown[]): Truth {
  const wanted = new Set(condition.values.map((value) => value.toLowerCase()));
  if (known === 'unknown')
    return wanted.has('true') && wanted.has('false') ? 'yes' : unknownKey(condition, unknown);
  const absent = valuesOf(known)?.length === 0;
  return wanted.has(absent ? 'true' : 'false') ? 'yes' : 'no';
}

/**
 * A key that is absent matches nothing; so what asks for no match holds, and so do IfExists and ForAllValues. ForAnyValue
 * does not, negated or not: there is no value of which it could hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function ofAbsent({ ifExists, quantifier, negated }: Condition): Truth {
  if (ifExists || quantifier === 'all') return 'yes';
  return quantifier === 'one' && negated ? 'yes' : 'no';
}

/** ForAllValues holds of an empty value as of none: #conditions_arn_multivalued, "such as an empty string". */
function everyValue(
  condition: Condition,
  values: readonly string[],
  context: Context,
  unknown: Unknown[],
): Truth {
  let all: Truth = 'yes';
  for (const value of values) {
    const one = value === '' && values.length === 1 ? 'yes' : ofValue(condition, value, context, unknown);
    if (one === 'no') return 'no';
    if (one === 'maybe') all = 'maybe';
  }
  return all;
}

function noValue(
  condition: Condition,
  values: readonly string[],
  context: Context,
  unknown: Unknown[],
): Truth {
  let none: Truth = 'yes';
  for (const value of values) {
    const one = ofValue(condition, value, context, unknown);
    if (one === 'yes') return 'no';
    if (one === 'maybe') none = 'maybe';
  }
  return none;
}

function ofValue(condition: Condition, value: string, context: Context, unknown: Unknown[]): Truth {
  const any = anyMatches(condition.test, value, context, unknown);
  return condition.negated ? not(any) : any;
}

function anyMatches(test: Test, value: string, context: Context, unknown: Unknown[]): Truth {
  if (test.kind === 'null') return 'no';
  if (test.kind === 'text') return anyFits(test.templates, value, context, unknown);
  const compared = test.templates.some(
    ({ pattern }) => pattern !== null && test.compare(value, pattern.head),
  );
  if (compared) return 'yes';
  // Only Bool has variables.
  const open = test.templates.filter(({ pattern }) => pattern === null);
  return anyFits(open, value.toLowerCase(), context, unknown);
}
