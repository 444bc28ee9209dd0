/**
 * Sets of objects, told apart. A set falls into parts of which the policies can tell no member from another: those that
 * match the same patterns. One member stands for each part, and what is decided of these few is decided of all.
 */
import { isUnder, type Context } from './context.ts';
import { MOST_PARTS, partsOf, type Part, type Track } from './parts.ts';
import type { Pattern, Token } from './pattern.ts';
import { isMalformed, type Statement } from './policy.ts';
import type { Layers, Policies, Request } from './request.ts';
import { takesAction } from './survey.ts';
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
  const sets = new Set<string>();
  if (typeof resource !== 'string') sets.add(resource.under);
  for (const known of context.values()) if (isUnder(known)) sets.add(known.under);
  const statements = statementsOf(layers).filter((one) => takesAction(one, request.action.toLowerCase()));
  let members: readonly Member[] = [
    { resource: typeof resource === 'string' ? resource : '', context, example: '', within: [], outside: [] },
  ];
  for (const prefix of sets) {
    const parts = partsOf(prefix, tracksOf(prefix, request, statements, layers));
    if (parts === null || members.length * parts.length > MOST_PARTS) return null;
    members = members.flatMap((member) => parts.map((part) => placed(member, part, prefix, request)));
  }
  return members;
}

/** The same object is meant wherever the same set stands: as the resource, and as the value of a key. */
function placed(member: Member, part: Part, prefix: string, request: Request): Member {
  const context = new Map(member.context);
  for (const [key, known] of request.context)
    if (isUnder(known) && known.under === prefix) context.set(key, [part.text]);
  const asked = typeof request.resource !== 'string' && request.resource.under === prefix;
  return {
    resource: asked ? part.text : member.resource,
    context,
    example: asked || member.example === '' ? part.text : member.example,
    within: [...member.within, ...part.within],
    outside: [...member.outside, ...part.outside],
  };
}

function statementsOf({
  identity,
  boundary,
  serviceControl,
  resourceControl,
  resource,
}: Layers): readonly Statement[] {
  const layers: Policies[] = [identity];
  for (const one of [boundary, resource]) layers.push(one === null || one === 'unread' ? [] : [one]);
  for (const levels of [serviceControl, resourceControl]) if (levels !== 'unread') layers.push(...levels);
  return layers.flatMap((policies) =>
    policies === 'unread' ? [] : policies.flatMap((one) => (isMalformed(one) ? [] : one.statements)),
  );
}

function tracksOf(
  prefix: string,
  { resource, context }: Request,
  statements: readonly Statement[],
  { grants }: Layers,
): readonly Track[] {
  const tracks = new Map<string, Track>();
  const add = (text: string, pattern: Pattern | null, ignoresCase: boolean): void => {
    if (pattern !== null)
      tracks.set(`${String(ignoresCase)} ${text}`, { text, tokens: whole(pattern), ignoresCase });
  };
  const about = (key: string): boolean => {
    const known = context.get(key);
    return known !== undefined && isUnder(known) && known.under === prefix;
  };
  for (const { resource: named, conditions } of statements) {
    if (typeof resource !== 'string' && resource.under === prefix)
      for (const template of named?.templates ?? []) add(template.text, widest(template, context), false);
    for (const { lowerKey, test } of conditions)
      if (about(lowerKey) && test.kind === 'text')
        for (const template of test.templates)
          add(template.text, widest(template, context), template.ignoresCase);
  }
  for (const { Constraints: constraints } of grants === 'unread' ? [] : grants)
    for (const value of Object.values({
      ...constraints?.EncryptionContextSubset,
      ...constraints?.EncryptionContextEquals,
    }))
      add(value, { head: value, tail: [] }, false);
  return [...tracks.values()];
}

function whole({ head, tail }: Pattern): readonly Token[] {
  return [...Array.from({ length: head.length }, (_, at) => head.charCodeAt(at)), ...tail];
}
