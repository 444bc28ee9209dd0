/** Whether a value is a rule: what the compiler checks of ours, of rules that no compiler saw. */
import { nearest } from '../../config/complaint.ts';
import { faultOfOptions } from '../../config/validator.ts';
import { tellings, type End } from '../../facts.ts';
import { failureReasons } from '../../model/failures.ts';
import { severities } from '../../model/finding.ts';
import type { Definition, Rule, Scope } from '../../rule.ts';

/** What is wrong with it, in sentences without a subject; nothing where it is a rule. */
export function faultsOf(value: unknown): readonly string[] {
  if (!isRecord(value)) return ['is no rule: a rule is an object, as defineRule takes it.'];
  const wrong = members.flatMap(([name, holds, wanted]) =>
    holds(value[name]) ? [] : [`${name} ${wanted}.`],
  );
  return [...wrong, ...strangers(value), ...facts(value), ...options(value)];
}

/** Whether nothing is wrong with it. */
export function isRule(value: unknown): value is Rule {
  return faultsOf(value).length === 0;
}

type Member = keyof Definition<Scope, object, object, unknown>;
type Check = readonly [name: Member, holds: (value: unknown) => boolean, wanted: string];

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isOneOf = (allowed: readonly unknown[]) => (value: unknown) => allowed.includes(value);
const isList = (holds: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.every(holds));
const isFunction = (value: unknown): boolean => typeof value === 'function';

const members: readonly Check[] = [
  ['id', matches(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/), 'must be lower-case words with hyphens between them'],
  ['title', isText, 'must be a text'],
  ['severity', isOneOf(severities), 'must be error, warning or note'],
  ['scope', isOneOf(['bucket', 'source', 'route']), 'must be bucket, source or route'],
  ['policy', isOneOf([true, undefined]), 'must be true, or left out'],
  ['recommended', isOneOf([false, undefined]), 'must be false, or left out'],
  ['lint', isOneOf([true, undefined]), 'must be true, or left out'],
  ['why', isText, 'must be a text'],
  ['fix', isText, 'must be a text'],
  ['page', isText, "must be a page below docs.aws.amazon.com, or 'judgement'"],
  ['predicts', isList(isOneOf(failureReasons)), "must list failure reasons of AWS's"],
  ['controls', isList(matches(/^[^/]+\/.+$/)), "must list controls, as 'FRAMEWORK/ID'"],
  ['needs', isRecord, 'must say which facts it needs; {} is none'],
  ['wants', (value) => value === undefined || isRecord(value), 'must be an object, or left out'],
  ['options', (value) => value === undefined || isRecord(value), 'must be { schema, defaults }, or left out'],
  ['evaluate', isFunction, 'must be a function'],
  ['remedy', (value) => value === undefined || isFunction(value), 'must be a function, or left out'],
  [
    'examples',
    (value) => isRecord(value) && isRecord(value['bad']) && isRecord(value['good']),
    'must be { bad, good }',
  ],
];

const names: readonly string[] = members.map(([name]) => name);

function strangers(rule: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(rule)
    .filter((name) => !names.includes(name))
    .map((name) => `'${name}' is no member of a rule.${meant(name, names)}`);
}

const ofRoutes = Object.keys(tellings).filter((end) => end !== 'bucket' && end !== 'destinations');
/** What a rule of each scope may need facts of, as `Reach` in src/rule.ts has it. */
const reach: Readonly<Record<Scope, readonly string[]>> = {
  bucket: ['bucket'],
  source: ['source', 'sourceAccount', 'role', 'roleAccount', 'sourceKey', 'sourceKeyAccount'],
  route: ofRoutes,
};

function facts({ scope, needs, wants }: Readonly<Record<string, unknown>>): readonly string[] {
  const ends = isScope(scope) ? reach[scope] : Object.keys(tellings);
  return Object.entries({ needs, wants }).flatMap(([member, value]) => {
    // Of all destinations together facts may be wanted only, where a rule is about no single route.
    const seen = member === 'wants' && scope !== 'route' ? [...ends, 'destinations'] : ends;
    return isRecord(value)
      ? Object.entries(value).flatMap(([end, list]) => factsOf(member, seen, end, list))
      : [];
  });
}

function factsOf(member: string, ends: readonly string[], end: string, list: unknown): readonly string[] {
  if (!ends.includes(end)) {
    return [`${member}.${end} is nothing that a rule of its scope sees. Allowed: ${ends.join(', ')}.`];
  }
  // `ends` are keys of the tellings.
  const known = Object.keys(tellings[end as End]);
  if (!Array.isArray(list)) return [`${member}.${end} must list facts.`];
  return list
    .map(String)
    .filter((fact) => !known.includes(fact))
    .map(
      (fact) =>
        `${member}.${end} names no fact: '${fact}'.${meant(fact, known)} Allowed: ${known.join(', ')}.`,
    );
}

function options({ options: own }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!isRecord(own)) return [];
  const { schema, defaults } = own;
  if (!isRecord(schema)) return ['options.schema must be a JSON Schema.'];
  if (!isRecord(defaults)) return ['options.defaults must be an object.'];
  // What a configuration has to give has no default that would ever hold.
  const { required = [], ...rest } = schema;
  const asked = Array.isArray(required) ? required.map(String) : [];
  const used = Object.entries(defaults).filter(([name]) => !asked.includes(name));
  const fault = faultOfOptions({ schema: rest, defaults: Object.fromEntries(used) });
  return fault === null ? [] : [`${fault}.`];
}

function meant(given: string, allowed: readonly string[]): string {
  const near = nearest(given, allowed);
  return near === undefined ? '' : ` Did you mean '${near}'?`;
}

function isScope(value: unknown): value is Scope {
  return value === 'bucket' || value === 'source' || value === 'route';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
