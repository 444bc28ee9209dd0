/**
 * Sets of objects, told apart. A set falls into parts of which the policies can tell no member from another: those that
 * match the same patterns. One member stands for each part, and what is decided of these few is decided of all.
 */
import { contextOf, together, type Context, type Knowledge } from './context.ts';
import type { Grant } from './grant.ts';
import { MOST_PARTS, partsOf, type Part, type Track } from './parts.ts';
import { divides, type Pattern, type Token } from './pattern.ts';
import { isMalformed, type Statement } from './policy.ts';
import { isBounded, type Layers, type Policies, type Request } from './request.ts';
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
  const statements = statementsOf(request, layers);
  for (const prefix of prefixesOf(request)) {
    const parts = partsOf(prefix, tracksOf(prefix, request, statements, layers));
    if (parts === null || members.length * parts.length > MOST_PARTS) return null;
    members = members.flatMap((member) => parts.map((part) => placed(member, part, prefix, request)));
  }
  return members;
}

function prefixesOf({ resource, context }: Request): ReadonlySet<string> {
  const prefixes = new Set(typeof resource === 'string' ? [] : [resource.under]);
  for (const [, { under }] of context.sets) prefixes.add(under);
  return prefixes;
}

/** The same object is meant wherever the same set stands: as the resource, and as the value of a key. */
function placed(member: Member, part: Part, prefix: string, request: Request): Member {
  const { resource, context } = request;
  const asked = typeof resource !== 'string' && resource.under === prefix;
  const object: Record<string, Knowledge> = {};
  for (const key of keysOf(context, prefix)) object[key] = [part.text];
  return {
    resource: asked ? part.text : member.resource,
    context: context.sets.length === 0 ? context : together(member.context, contextOf(object)),
    example: asked || member.example === '' ? part.text : member.example,
    within: [...member.within, ...part.within],
    outside: [...member.outside, ...part.outside],
  };
}

/** The keys of whose value it is known that it is in the set. */
function keysOf({ sets }: Context, prefix: string): readonly string[] {
  return sets.filter(([, { under }]) => under === prefix).map(([key]) => key);
}

/** The statements about the action. */
function statementsOf({ action }: Request, layers: Layers): readonly Statement[] {
  const { identity, boundary, serviceControl, resourceControl, resource } = layers;
  const asked = action.toLowerCase();
  const found: Statement[] = [];
  const search = (policies: Policies): void => {
    if (policies === 'unread') return;
    for (const policy of policies) if (!isMalformed(policy)) found.push(...policy.about(asked));
  };
  search(identity);
  for (const one of [boundary, resource]) if (one !== null) search(one === 'unread' ? one : [one]);
  for (const levels of [serviceControl, resourceControl]) if (levels !== 'unread') levels.forEach(search);
  return found;
}

/** The patterns that divide the set, of statements that are about who asks. */
function tracksOf(
  prefix: string,
  { principal, resource, context }: Request,
  statements: readonly Statement[],
  layers: Layers,
): readonly Track[] {
  const tracks = new Map<string, Track>();
  const bounded = isBounded(layers);
  const add = (statement: Statement, text: string, pattern: Pattern | null, ignoresCase: boolean): void => {
    // Of what ignores case this is told only by walking.
    if (pattern === null || !(ignoresCase || divides(pattern, prefix))) return;
    if (namesPrincipal(statement, { principal, bounded }, []).truth === 'no') return;
    tracks.set(`${String(ignoresCase)} ${text}`, { text, tokens: whole(pattern), ignoresCase });
  };
  const asked = typeof resource !== 'string' && resource.under === prefix;
  const keys = keysOf(context, prefix);
  for (const statement of statements) {
    const { resource: named, conditions } = statement;
    if (asked)
      for (const template of named?.templates ?? [])
        add(statement, template.text, widest(template, context), false);
    for (const { lowerKey, test } of conditions)
      if (test.kind === 'text' && keys.includes(lowerKey))
        for (const template of test.templates)
          add(statement, template.text, widest(template, context), template.ignoresCase);
  }
  const { grants } = layers;
  if (grants !== 'unread')
    for (const value of grants.flatMap(valuesOf))
      if (divides({ head: value, tail: [] }, prefix))
        tracks.set(`false ${value}`, {
          text: value,
          tokens: whole({ head: value, tail: [] }),
          ignoresCase: false,
        });
  return [...tracks.values()];
}

function valuesOf({ Constraints: constraints }: Grant): readonly string[] {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = constraints ?? {};
  return Object.values({ ...subset, ...equals });
}

function whole({ head, tail }: Pattern): readonly Token[] {
  return [...Array.from({ length: head.length }, (_, at) => head.charCodeAt(at)), ...tail];
}
