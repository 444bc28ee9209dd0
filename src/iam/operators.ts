/**
 * The condition operators, with their prefixes and endings.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { address, binary, boolean, date, numeric, type Compare, type OrderName } from './compare.ts';
import type { Style } from './pattern.ts';
import { templateOf, type Template, type Version } from './template.ts';

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
