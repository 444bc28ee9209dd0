/**
 * Statements: compiled from JSON, and refused where IAM would not take them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import type { Complaint, Members, Node } from './json.ts';
import { conditionOf, type Condition } from './operators.ts';
import { colonsIn, compile, type Pattern } from './pattern.ts';
import type { Kind, Statement } from './policy.ts';
import { namedOf, type Named } from './principal.ts';
import { templateOf, type Version } from './template.ts';
import { Recent } from '../recent.ts';

/** That a policy is malformed, and where. */
export class Refusal extends Error {
  readonly complaint: Complaint;
  constructor(at: number, sentence: string) {
    super(sentence);
    this.complaint = { at, sentence };
  }
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export function statementOf(node: Node, index: number, version: Version, kind: Kind): Statement {
  if (node.kind !== 'object') throw new Refusal(node.at, 'A statement is an object.');
  const { members } = node;
  for (const { key, keyAt } of members)
    if (!ELEMENTS.includes(key)) throw new Refusal(keyAt, `A statement has no element '${key}'.`);
  const effect = effectOf(node.at, members.get('Effect')?.value);
  return {
    index,
    sid: sidOf(members.get('Sid')?.value),
    effect,
    principal: principalOf(node.at, members, kind, effect),
    action: actionOf(node.at, members),
    resource: resourceOf(node.at, members, version, kind),
    conditions: conditionsOf(members.get('Condition')?.value, version),
  };
}

function effectOf(at: number, node: Node | undefined): 'Allow' | 'Deny' {
  if (node?.kind === 'string' && (node.text === 'Allow' || node.text === 'Deny')) return node.text;
  throw new Refusal(node?.at ?? at, 'The Effect is neither Allow nor Deny.');
}

function sidOf(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if (node.kind === 'string' || node.kind === 'number') return node.text;
  throw new Refusal(node.at, 'The Sid is not a string.');
}

function actionOf(at: number, members: Members): Statement['action'] {
  const { negated, node } = either(at, members, 'Action', 'NotAction');
  const texts = textsOf(node);
  return { negated, texts, patterns: texts.map(patternOfAction) };
}

/** AWS has many actions, and policies of roles that replicate name the same few. */
const actions = new Recent<string, Pattern>(256);

function patternOfAction(text: string): Pattern {
  return actions.of(text, (one) => compile([{ text: one.toLowerCase(), literal: false }], 'wildcards'));
}

/** A trust policy is about the role that it hangs on, and names no resource. */
function resourceOf(at: number, members: Members, version: Version, kind: Kind): Statement['resource'] {
  if (kind === 'trust') {
    const named = members.get('Resource') ?? members.get('NotResource');
    if (named !== undefined) throw new Refusal(named.keyAt, 'A trust policy has no Resource.');
    return null;
  }
  const { negated, node } = either(at, members, 'Resource', 'NotResource');
  const texts = textsOf(node);
  return {
    negated,
    templates: texts.map((text) => ({
      ...templateOf(kind === 'identity' ? completed(text) : text, 'resource', version),
      text,
    })),
  };
}

/** In an identity's policy the missing fields of a short ARN are wildcards. reference_policies_grammar.html */
function completed(text: string): string {
  const missing = 5 - colonsIn(text);
  return text.startsWith('arn:') && missing > 0 ? text + ':*'.repeat(missing) : text;
}

function either(
  at: number,
  members: Members,
  plain: string,
  negation: string,
): { readonly negated: boolean; readonly node: Node } {
  const one = members.get(plain);
  const other = members.get(negation);
  if (one !== undefined && other !== undefined)
    throw new Refusal(other.keyAt, `A statement has ${plain} or ${negation}, not both.`);
  const member = one ?? other;
  if (member === undefined) throw new Refusal(at, `The statement has neither ${plain} nor ${negation}.`);
  return { negated: other !== undefined, node: member.value };
}

function textsOf(node: Node): readonly string[] {
  const items = node.kind === 'array' ? node.items : [node];
  return items.map((item) => {
    if (item.kind !== 'string') throw new Refusal(item.at, 'This is not a string.');
    return item.text;
  });
}

function principalOf(at: number, members: Members, kind: Kind, effect: 'Allow' | 'Deny'): Named | null {
  if (kind === 'identity') {
    const named = members.get('Principal') ?? members.get('NotPrincipal');
    if (named === undefined) return null;
    throw new Refusal(named.keyAt, 'A policy of an identity names no principal.');
  }
  const { negated, node } = either(at, members, 'Principal', 'NotPrincipal');
  if (negated && (effect === 'Allow' || kind === 'trust'))
    throw new Refusal(node.at, 'NotPrincipal stands in a Deny of a policy of a resource only.');
  return namedOf(negated, principalsOf(node));
}

const PRINCIPALS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

function principalsOf(node: Node): ReadonlyMap<string, readonly string[]> {
  if (node.kind === 'string' && node.text === '*') return new Map([['AWS', ['*']]]);
  if (node.kind !== 'object') throw new Refusal(node.at, "A principal is '*' or an object.");
  return new Map(
    [...node.members].map(({ key, keyAt, value }) => {
      if (!PRINCIPALS.includes(key)) throw new Refusal(keyAt, `There is no kind of principal '${key}'.`);
      return [key, namesOf(value)];
    }),
  );
}

/** An account may stand without quotation marks: reference_policies_grammar.html#policies-grammar-json */
function namesOf(node: Node): readonly string[] {
  const items = node.kind === 'array' ? node.items : [node];
  return items.map((item) => {
    if (item.kind !== 'string' && item.kind !== 'number') throw new Refusal(item.at, 'This is not a string.');
    return item.text;
  });
}

function conditionsOf(node: Node | undefined, version: Version): readonly Condition[] {
  if (node === undefined) return [];
  if (node.kind !== 'object') throw new Refusal(node.at, 'A Condition is an object.');
  return [...node.members].flatMap(({ key: operator, keyAt, value }) => {
    if (value.kind !== 'object') throw new Refusal(value.at, 'Under an operator stands an object of keys.');
    return [...value.members].map(({ key, value: wanted }) => {
      const condition = conditionOf(operator, key, valuesOf(wanted), version);
      if (condition === null) throw new Refusal(keyAt, `There is no operator '${operator}'.`);
      return condition;
    });
  });
}

function valuesOf(node: Node): readonly string[] {
  const items = node.kind === 'array' ? node.items : [node];
  return items.map((item) => {
    if (item.kind === 'string' || item.kind === 'number' || item.kind === 'boolean') return item.text;
    throw new Refusal(item.at, 'A condition compares with text, a number or a Boolean.');
  });
}
