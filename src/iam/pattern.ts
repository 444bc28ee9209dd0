/**
 * The wildcards of policies, `*` and `?`, compiled once. A pattern is a row of tokens that is walked as an automaton, so
 * no pattern is slow, and so that `represent.ts` can walk several side by side.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */

/** A character's code, or one of the wildcards below. */
export type Token = number;

/** Any one character; any number of characters; the same, but no colon. */
export const ONE = -1;
export const MANY = -2;
export const ONE_IN_SEGMENT = -3;
export const MANY_IN_SEGMENT = -4;

const COLON = 58;

/** How a text is to be taken: to the letter, with wildcards, or as an ARN whose segments the wildcards respect. */
export type Style = 'literal' | 'wildcards' | 'resource' | 'arn';

/** Text in a pattern: with wildcards as it stands in the policy, or a value that was put in for a variable. */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

/** What is matched against. `head` are the letters before the first wildcard, `tail` the tokens after them. */
export interface Pattern {
  readonly head: string;
  readonly tail: readonly Token[];
}

/** Compiles pieces into a pattern. Most are letters to the end, or to a last star. */
export function compile(pieces: readonly Piece[], style: Style): Pattern {
  let head = '';
  for (const [at, { text, literal }] of pieces.entries()) {
    const wild = literal || style === 'literal' ? -1 : firstWild(text);
    if (wild === -1) {
      head += text;
      continue;
    }
    head += text.slice(0, wild);
    const rest = [{ text: text.slice(wild), literal }, ...pieces.slice(at + 1)];
    return { head, tail: collapse(tokensOf(rest, style, colonsIn(head))) };
  }
  return { head, tail: [] };
}

/** Where the first wildcard stands; a search by pattern takes longer than most texts are long. */
function firstWild(text: string): number {
  const many = text.indexOf('*');
  const one = text.indexOf('?');
  return many === -1 || one === -1 ? Math.max(many, one) : Math.min(many, one);
}

export function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) colons += 1;
  return colons;
}

/** Whether the pattern takes the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  const { head, tail } = pattern;
  if (tail.length === 0) return text === head;
  if (!text.startsWith(head)) return false;
  if (tail.length === 1 && tail[0] === MANY) return true;
  let states = start(tail);
  for (let at = head.length; at < text.length; at += 1) {
    states = step(tail, states, text.charCodeAt(at));
    if (states.length === 0) return false;
  }
  return accepts(tail, states);
}

/** Whether it may take some of the texts that begin so and not others. What it says no to, it takes all of or none. */
export function divides({ head, tail }: Pattern, prefix: string): boolean {
  if (head.length > prefix.length) return head.startsWith(prefix);
  if (!prefix.startsWith(head)) return false;
  return tail.length === 0 ? head === prefix : tail.length > 1 || tail[0] !== MANY;
}

/** Places in a row of tokens where an automaton may stand, ascending. */
export type States = readonly number[];

export function start(tokens: readonly Token[]): States {
  return isMany(tokens[0]) ? [0, 1] : [0];
}

export function step(tokens: readonly Token[], states: States, code: number): States {
  const next: number[] = [];
  for (const at of states) {
    const token = tokens[at];
    if (token === undefined || !takes(token, code)) continue;
    const to = isMany(token) ? at : at + 1;
    add(next, to);
    if (isMany(tokens[to])) add(next, to + 1);
  }
  return next;
}

export function accepts(tokens: readonly Token[], states: States): boolean {
  return states.at(-1) === tokens.length;
}

/** States are added in ascending order, but for those that stand there already. */
function add(states: number[], at: number): void {
  const last = states.at(-1);
  if (last === undefined || at > last) states.push(at);
}

export function isMany(token: Token | undefined): boolean {
  return token === MANY || token === MANY_IN_SEGMENT;
}

function takes(token: Token, code: number): boolean {
  if (token >= 0) return token === code;
  return token === ONE || token === MANY || code !== COLON;
}

function tokensOf(pieces: readonly Piece[], style: Style, colonsBefore: number): Token[] {
  const tokens: Token[] = [];
  let colons = colonsBefore;
  for (const { text, literal } of pieces) {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === COLON) colons += 1;
      const wild = !literal && style !== 'literal';
      // The sixth segment of an ARN, the resource, may hold colons itself.
      const inSegment = (style === 'resource' || style === 'arn') && colons < 5;
      if (wild && text[at] === '?') tokens.push(inSegment ? ONE_IN_SEGMENT : ONE);
      else if (wild && text[at] === '*') tokens.push(manyAt(text, at, style, inSegment));
      else tokens.push(code);
    }
  }
  return tokens;
}

/** In a Resource a `*` that ends its segment reaches beyond the colon; in an ARN operator none does. */
function manyAt(text: string, at: number, style: Style, inSegment: boolean): Token {
  if (!inSegment) return MANY;
  const ends = at + 1 === text.length || text[at + 1] === ':';
  return style === 'resource' && ends ? MANY : MANY_IN_SEGMENT;
}

/** `**` is `*`: the automaton's walk rests on no two of them standing side by side. */
function collapse(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token, at) => {
    if (!isMany(token)) return true;
    const next = tokens[at + 1];
    return !isMany(next);
  });
}
