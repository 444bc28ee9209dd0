/** One rule in full: for a reader, and as JSON. Everything in it stands in the rule's file. */
import { columns, section, wrapped, type Page, type Row } from './page.ts';
import { marks } from './paint.ts';
import { ruleSetting } from './rule-setting.ts';
import { callsFor } from '../plan.ts';
import type { Rule } from '../rule.ts';

/** AWS's page, in full. */
export function address(page: string): string | null {
  return page === 'judgement' ? null : `https://docs.aws.amazon.com/${page}`;
}

/** What a rule says of itself, without its functions; every key is always there. */
export function ruleJson(rule: Rule): object {
  const { id, title, severity, scope, policy = false, recommended = !policy, lint = false } = rule;
  const { why, fix, page, predicts = [], controls = [], needs, wants = {}, options = null } = rule;
  return {
    ...{ id, title, severity, scope, policy, recommended, lint, why, fix, page: address(page) },
    ...{ predicts, controls },
    ...{ needs, wants, calls: callsToTell(rule) },
    options: options && { schema: options.schema, defaults: options.defaults },
  };
}

/** All calls that a scan for this rule alone makes of buckets, roles, keys and accounts. */
function callsToTell(rule: Rule): readonly string[] {
  const { id, severity } = rule;
  return callsFor({ rule, name: id, policy: null, severity, only: null, options: undefined });
}

/** The rule's lines for a page. */
export function ruleText(rule: Rule, page: Page): readonly string[] {
  const { id, title, why, fix } = rule;
  return [
    page.paint('1', id),
    ...wrapped(title, page.width, '  '),
    '',
    ...columns(facts(rule), page),
    ...section('Why it matters', why, page),
    ...section('How to mend it', fix, page),
    ...options(rule, page),
    '',
    page.paint('1', 'In replint.yaml'),
    ...ruleSetting(rule).map((line) => `  ${line}`),
  ];
}

const scopes = {
  bucket: 'every bucket',
  source: 'every bucket that replicates',
  route: 'every route: an enabled replication rule with its destination',
} as const;

function facts(rule: Rule): readonly Row[] {
  const { severity, scope, page, predicts = [], controls = [] } = rule;
  const [shape] = marks[severity];
  return [
    ['Severity', `${shape} ${severity}${whenOn(rule)}`],
    ['About', scopes[scope]],
    ...(rule.lint === true
      ? [['Met', 'in templates and plans: AWS refuses it when the configuration is put'] as const]
      : []),
    ['Calls', callsToTell(rule).join(', ')],
    ...list('Foretells', predicts),
    ...list('Controls', controls),
    ['AWS', address(page) ?? 'a judgement of ours; AWS documents nothing that decides it'],
  ];
}

const list = (name: string, words: readonly string[]): readonly Row[] =>
  words.length === 0 ? [] : [[name, words.join(', ')]];

/** What has to be said for a rule to be on, where that is anything. */
export function whenOn({ policy, recommended }: Rule): string {
  if (policy === true) return ', off until a policy asks for it';
  return recommended === false ? ", off until the preset 'all' or its own setting asks for it" : '';
}

/** What is read of an option's JSON Schema. */
interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
}

function options({ options: own }: Rule, page: Page): readonly string[] {
  if (own === undefined) return [];
  // A rule's schema describes an object, and JSON Schema says what is in one.
  const { properties = {} } = own.schema as { readonly properties?: Readonly<Record<string, OptionSchema>> };
  const defaults: Readonly<Record<string, unknown>> = { ...(own.defaults ?? {}) };
  const rows = Object.entries(properties).map(([name, schema]): Row => {
    const usual = defaults[name];
    const unsaid = usual === undefined ? '' : `, ${JSON.stringify(usual)} if left out`;
    return [name, `${kind(schema)}${unsaid}. ${schema.description ?? ''}`];
  });
  return ['', page.paint('1', 'Options'), ...columns(rows, page)];
}

function kind({ type, enum: allowed }: OptionSchema): string {
  return allowed === undefined ? (type ?? 'any value') : allowed.map((one) => JSON.stringify(one)).join(', ');
}
