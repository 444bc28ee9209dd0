/**
 * Sets of objects, told apart. A set falls into parts of which the policies can tell no member from another: those that
 * match the same patterns. One member stands for each part, and what is decided of these few is decided of all.
 */
import type { Context, Knowledge } from './context.ts';
import type { Grant } from './grant.ts';
import { MOST_PARTS, partsOf, type Part, type Track } from './parts.ts';
import { divides, type Pattern, type Token } from './pattern.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from './policy.ts';
import { actionOf, isBounded, type Layers, type Request } from './request.ts';
import { namesPrincipal } from './survey.ts';
import { widest } from './template.ts';

/** One member of a part, with the request's context as it is for it. */
export interface Member {
  readonly resource: string;
  readonly context: Context;
  readonly example: string;
  /** The patterns that take it, and those that do not, of those that tell the parts apart. */
  readonly within: readonly string[];
  readonly outside: readonly string[];
}

/** A member of each part; null where they are too many. */
export function expand(request: Request, layers: Layers): readonly Member[] | null {
  const { resource, context } = request;
  let members: readonly Member[] = [
    { resource: typeof resource === 'string' ? resource : '', context, example: '', within: [], outside: [] },
  ];
  for (const prefix of prefixesOf(request)) {
    const parts = partsOf(prefix, tracksOf(prefix, request, layers));
    if (parts === null || members.length * parts.length > MOST_PARTS) return null;
    members = members.flatMap((member) => parts.map((part) => placed(member, part, prefix, request)));
  }
  return members;
}

function prefixesOf({ resource, context }: Request): readonly string[] {
  const prefixes = typeof resource === 'string' ? [] : [resource.under];
  for (const [, { under }] of context.sets) if (!prefixes.includes(under)) prefixes.push(under);
  return prefixes;
}

/** The same object is meant wherever the same set stands: as the resource, and as the value of a key. */
function placed(member: Member, part: Part, prefix: string, { resource, context }: Request): Member {
  const asked = typeof resource !== 'string' && resource.under === prefix;
  return {
    resource: asked ? part.text : member.resource,
    context: settled(member.context, keysOf(context, prefix), part.text),
    example: asked || member.example === '' ? part.text : member.example,
    within: [...member.within, ...part.within],
    outside: [...member.outside, ...part.outside],
  };
}

/** The context with one value for keys of which only a set was known. */
function settled({ parts, sets }: Context, keys: readonly string[], value: string): Context {
  if (keys.length === 0) return { parts, sets };
  const known = new Map<string, Knowledge>();
  for (const key of keys) known.set(key, [value]);
  return { parts: [...parts, known], sets: sets.filter(([key]) => !known.has(key)) };
}

/** The keys of whose value it is known that it is in the set. */
function keysOf({ sets }: Context, prefix: string): readonly string[] {
  return sets.filter(([, { under }]) => under === prefix).map(([key]) => key);
}

/** Shows each statement about the action. */
function statementsOf(request: Request, layers: Layers, show: (statement: Statement) => void): void {
  const { identity, boundary, serviceControl, resourceControl, resource } = layers;
  const asked = actionOf(request);
  const search = (policy: Policy | Malformed): void => {
    if (!isMalformed(policy)) for (const statement of policy.about(asked)) show(statement);
  };
  if (identity !== 'unread') identity.forEach(search);
  if (boundary !== null && boundary !== 'unread') search(boundary);
  if (resource !== null && resource !== 'unread') search(resource);
  for (const levels of [serviceControl, resourceControl])
    if (levels !== 'unread') for (const level of levels) level.forEach(search);
}

/** The patterns that divide the set, of statements that are about who asks. */
function tracksOf(prefix: string, request: Request, layers: Layers): readonly Track[] {
  const { principal, resource, context } = request;
  const tracks = new Map<string, Track>();
  const add = (statement: Statement, text: string, pattern: Pattern | null, ignoresCase: boolean): void => {
    // Of what ignores case this is told only by walking.
    if (pattern === null || !(ignoresCase || divides(pattern, prefix))) return;
    if (namesPrincipal(statement, { principal, bounded: isBounded(layers) }, []).truth === 'no') return;
    tracks.set(`${String(ignoresCase)} ${text}`, { text, tokens: whole(pattern), ignoresCase });
  };
  const asked = typeof resource !== 'string' && resource.under === prefix;
  const keys = keysOf(context, prefix);
  statementsOf(request, layers, (statement) => {
    const { resource: named, conditions } = statement;
    if (asked && named !== null)
      for (const template of named.templates) add(statement, template.text, widest(template, context), false);
    if (keys.length === 0) return;
    for (const { lowerKey, test } of conditions)
      if (test.kind === 'text' && keys.includes(lowerKey))
        for (const template of test.templates)
          add(statement, template.text, widest(template, context), template.ignoresCase);
  });
  for (const value of grantedValues(layers))
    if (divides({ head: value, tail: [] }, prefix))
      tracks.set(`false ${value}`, {
        text: value,
        tokens: whole({ head: value, tail: [] }),
        ignoresCase: false,
      });
  return tracks.size === 0 ? NO_TRACKS : [...tracks.values()];
}

const NO_TRACKS: readonly Track[] = [];

function grantedValues({ grants }: Layers): readonly string[] {
  return grants === 'unread' ? [] : grants.flatMap(valuesOf);
}

function valuesOf({ Constraints: constraints }: Grant): readonly string[] {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = constraints ?? {};
  return Object.values({ ...subset, ...equals });
}

function whole({ head, tail }: Pattern): readonly Token[] {
  return [...Array.from({ length: head.length }, (_, at) => head.charCodeAt(at)), ...tail];
}
