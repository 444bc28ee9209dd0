/**
 * What one policy says to one request. Written for the sandbox alone: the scanner has an evaluator of its own, and
 * two that share their mistakes could not find them.
 */
import { conditionHolds } from './condition.ts';
import type { Conditions, Context } from './condition.ts';
import { wildcard } from './wildcard.ts';
import type { Caller } from './world.ts';

/** One request, as policies see it. */
export interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** What a policy says. A resource's policy allows the caller by name, or leaves it to the caller's account. */
export interface Said {
  readonly denies: boolean;
  readonly allows: boolean;
  readonly allowsAccount: boolean;
}

interface Statement {
  readonly denies: boolean;
  /** Null where there is no Principal, as in the policy of an identity. */
  readonly principals: Names | null;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly conditions: Conditions;
}

/** Whether a statement names the caller, its whole account, or somebody else. */
type Reach = 'named' | 'account' | 'none';

interface Names {
  readonly not: boolean;
  readonly names: ReadonlySet<string>;
}

interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly RegExp[];
}

const ALL: Patterns = { not: true, patterns: [] };
const CACHE_LIMIT = 20_000;
const cache = new Map<string, readonly Statement[]>();

/** What the policy of an identity (or of an OU) says. A text that is no policy says nothing. */
export function readIdentity(text: string, asked: Asked): Said {
  return read(text, asked, () => 'named');
}

/** What the policy of a resource says: to those whom it names. */
export function readResource(text: string, asked: Asked): Said {
  return read(text, asked, (statement) => principalReach(statement, asked.caller));
}

function read(text: string, asked: Asked, reachOf: (statement: Statement) => Reach): Said {
  const said = { denies: false, allows: false, allowsAccount: false };
  for (const statement of statements(text)) {
    const reach = reachOf(statement);
    if (reach === 'none' || !matches(statement, asked)) continue;
    if (statement.denies) said.denies = true;
    else if (reach === 'account') said.allowsAccount = true;
    else said.allows = true;
  }
  return said;
}

function matches(statement: Statement, asked: Asked): boolean {
  if (!takes(statement.actions, asked.action) || !takes(statement.resources, asked.resource)) return false;
  const holds = conditionHolds(statement.conditions, asked.context);
  // A condition that the sandbox can't judge is read to the caller's disadvantage.
  return holds ?? statement.denies;
}

function takes(patterns: Patterns, text: string): boolean {
  return patterns.patterns.some((pattern) => pattern.test(text)) !== patterns.not;
}

function principalReach(statement: Statement, caller: Caller): Reach {
  if (statement.principals === null) return 'none';
  const { not, names } = statement.principals;
  const reach = nameReach(names, caller);
  if (not) return reach === 'none' ? 'named' : 'none';
  return reach;
}

function nameReach(names: ReadonlySet<string>, caller: Caller): Reach {
  const uniqueId = caller.userId.split(':')[0] ?? caller.userId;
  const own = ['*', caller.arn, caller.role ?? caller.arn, uniqueId];
  if (own.some((name) => names.has(name))) return 'named';
  const partition = caller.arn.split(':')[1] ?? '';
  const root = `arn:${partition}:iam::${caller.account}:root`;
  return names.has(caller.account) || names.has(root) ? 'account' : 'none';
}

function statements(text: string): readonly Statement[] {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const parsed = parse(text);
  cache.set(text, parsed);
  return parsed;
}

/** The statements as they stand, unread; null where the text is no policy. */
export function rawStatements(text: string): readonly Readonly<Record<string, unknown>>[] | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(document)) return null;
  const list = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
  const records = list.filter(isRecord);
  return records.length === 0 || records.length !== list.length ? null : records;
}

function parse(text: string): readonly Statement[] {
  return (rawStatements(text) ?? []).map((raw) => ({
    denies: raw['Effect'] === 'Deny',
    principals: principals(raw),
    actions: patterns(raw['Action'], raw['NotAction'], 'i'),
    resources:
      raw['Resource'] === undefined && raw['NotResource'] === undefined
        ? ALL // A trust policy has none.
        : patterns(raw['Resource'], raw['NotResource'], ''),
    conditions: isRecord(raw['Condition']) ? raw['Condition'] : {},
  }));
}

function principals(raw: Readonly<Record<string, unknown>>): Names | null {
  const not = raw['NotPrincipal'] !== undefined;
  const principal = raw['NotPrincipal'] ?? raw['Principal'];
  if (principal === undefined) return null;
  // Service and Federated principals never sign a request to the sandbox.
  const named = isRecord(principal) ? principal['AWS'] : principal;
  return { not, names: new Set(texts(named)) };
}

function patterns(plain: unknown, not: unknown, flags: string): Patterns {
  return {
    not: not !== undefined,
    patterns: texts(not ?? plain).map((text) => wildcard(text, flags)),
  };
}

/** The strings of a string or a list of strings. */
export function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((entry) => typeof entry === 'string');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
