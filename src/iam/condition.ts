/**
 * Conditions: the operators, their prefixes and endings, and what they make of keys that are absent or not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { address, binary, boolean, date, numeric, type Compare, type OrderName } from './compare.ts';
import { isUnder, lookUp, not, type Context, type Knowledge, type Truth, type Unknown } from './context.ts';
import type { Style } from './pattern.ts';
import { fits, templateOf, type Template, type Version } from './template.ts';

/** One key under one operator. */
export interface Condition {
  /** As it stands in the policy: `ForAnyValue:StringNotLikeIfExists`. */
  readonly operator: string;
  /** As it stands in the policy. */
  readonly key: string;
  readonly values: readonly string[];
  readonly lowerKey: string;
  readonly quantifier: 'one' | 'all' | 'any';
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly test: Test;
}

/** How a value is compared: as text, by a comparison, or not at all (`Null`). */
export type Test =
  | { readonly kind: 'text'; readonly templates: readonly Template[] }
  | { readonly kind: 'compare'; readonly compare: Compare; readonly templates: readonly Template[] }
  | { readonly kind: 'null' };

interface Operator {
  readonly negated: boolean;
  readonly style?: Style;
  readonly ignoresCase?: boolean;
  readonly compare?: Compare;
}

const ORDERED: readonly OrderName[] = ['LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...pair('StringEquals', 'StringNotEquals', { style: 'literal' }),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', { style: 'literal', ignoresCase: true }),
  ...pair('StringLike', 'StringNotLike', { style: 'wildcards' }),
  ...pair('ArnEquals', 'ArnNotEquals', { style: 'arn' }),
  ...pair('ArnLike', 'ArnNotLike', { style: 'arn' }),
  ...pair('NumericEquals', 'NumericNotEquals', { compare: numeric('Equals') }),
  ...pair('DateEquals', 'DateNotEquals', { compare: date('Equals') }),
  ...pair('IpAddress', 'NotIpAddress', { compare: address }),
  ...ORDERED.map((order) => entry(`Numeric${order}`, { negated: false, compare: numeric(order) })),
  ...ORDERED.map((order) => entry(`Date${order}`, { negated: false, compare: date(order) })),
  // The operators' page gives Bool variables, so its values are templates too.
  entry('Bool', { negated: false, compare: boolean, style: 'literal' }),
  entry('BinaryEquals', { negated: false, compare: binary }),
  entry('Null', { negated: false }),
]);

function pair(name: string, opposite: string, rest: Omit<Operator, 'negated'>): [string, Operator][] {
  return [entry(name, { ...rest, negated: false }), entry(opposite, { ...rest, negated: true })];
}

function entry(name: string, operator: Operator): [string, Operator] {
  return [name.toLowerCase(), operator];
}

/** Compiles one key under one operator; null where there is no such operator. */
export function conditionOf(
  operator: string,
  key: string,
  values: readonly string[],
  version: Version,
): Condition | null {
  const parts = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase());
  const [, set, name = '', ending] = parts ?? [];
  const found = OPERATORS.get(name);
  if (found === undefined || (name === 'null' && ending !== undefined)) return null;
  return {
    operator,
    key,
    values,
    lowerKey: key.toLowerCase(),
    quantifier: set === undefined ? 'one' : set === 'forallvalues' ? 'all' : 'any',
    ifExists: ending !== undefined,
    negated: found.negated,
    test: testOf(found, values, version),
  };
}

function testOf(operator: Operator, values: readonly string[], version: Version): Test {
  const { style, compare, ignoresCase } = operator;
  if (style === undefined && compare === undefined) return { kind: 'null' };
  // Other operators know no variables: their values are taken as they stand, as in the version that had none.
  const templates = values.map((value) =>
    templateOf(value, style ?? 'literal', style === undefined ? '2008-10-17' : version, ignoresCase),
  );
  return compare === undefined ? { kind: 'text', templates } : { kind: 'compare', compare, templates };
}

/** Whether the condition holds. Keys that would have to be known are added to `unknown`. */
export function holds(condition: Condition, context: Context, unknown: Unknown[]): Truth {
  const before = unknown.length;
  const truth = judged(condition, context, unknown);
  // Of what is decided no key is missing, whatever was looked at on the way.
  if (truth !== 'maybe') unknown.length = before;
  return truth;
}

function judged(condition: Condition, context: Context, unknown: Unknown[]): Truth {
  const known = lookUp(context, condition.lowerKey);
  if (condition.test.kind === 'null') return isAbsent(condition, known, unknown);
  if (known === 'unknown' || known === 'present' || isUnder(known)) return unknownKey(condition, unknown);
  if (known.length === 0) return ofAbsent(condition);
  switch (condition.quantifier) {
    case 'all':
      return everyValue(condition, known, context, unknown);
    case 'any':
      return not(noValue(condition, known, context, unknown));
    case 'one':
      // A key of several values needs a set operator; what it does without one is documented nowhere.
      if (known.length > 1) return unknownKey(condition, unknown);
      return ofValue(condition, known[0] ?? '', context, unknown);
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
  const absent = Array.isArray(known) && known.length === 0;
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
  const any = anyFits(condition.test, value, context, unknown);
  return condition.negated ? not(any) : any;
}

function anyFits(test: Test, value: string, context: Context, unknown: Unknown[]): Truth {
  if (test.kind === 'null') return 'no';
  let any: Truth = 'no';
  for (const template of test.templates) {
    const one = fitsOne(test, template, value, context, unknown);
    if (one === 'yes') return 'yes';
    if (one === 'maybe') any = 'maybe';
  }
  return any;
}

function fitsOne(
  test: Exclude<Test, { readonly kind: 'null' }>,
  template: Template,
  value: string,
  context: Context,
  unknown: Unknown[],
): Truth {
  if (test.kind === 'compare' && template.pattern !== null)
    return test.compare(value, template.pattern.head) ? 'yes' : 'no';
  return fits(template, test.kind === 'compare' ? value.toLowerCase() : value, context, unknown);
}
