/**
 * Text in a policy in which variables may stand: `arn:aws:s3:::home-${aws:PrincipalTag/team, 'none'}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { lookUp, valuesOf, type Context, type Truth, type Unknown } from './context.ts';
import { compile, matches, type Pattern, type Piece, type Style } from './pattern.ts';

interface Variable {
  readonly key: string;
  readonly fallback: string | null;
}

/** As it stands in the policy, and compiled: whole where there are no variables, else in its parts. */
export interface Template {
  readonly text: string;
  readonly style: Style;
  readonly ignoresCase: boolean;
  readonly pattern: Pattern | null;
  readonly parts: readonly (Piece | Variable)[];
}

/** Variables came with the version 2012-10-17; before, they are letters like others. */
export type Version = '2008-10-17' | '2012-10-17';

export function templateOf(text: string, style: Style, version: Version, ignoresCase = false): Template {
  const variable = version === '2012-10-17' && text.includes('${');
  const parts = variable ? partsOf(text) : [{ text, literal: false }];
  const pieces = parts.filter((part) => 'text' in part);
  const pattern = pieces.length === parts.length ? compile(pieces.map(folded(ignoresCase)), style) : null;
  return { text, style, ignoresCase, pattern, parts };
}

/** Whether the text is one that the template means. Variables whose keys are not known are added to `unknown`. */
export function fits(template: Template, text: string, context: Context, unknown: Unknown[]): Truth {
  const asked = template.ignoresCase ? text.toLowerCase() : text;
  if (template.pattern !== null) return matches(template.pattern, asked) ? 'yes' : 'no';
  const { pattern, missing } = filled(template, context);
  if (pattern === null || !matches(pattern, asked)) return 'no';
  if (missing.length === 0) return 'yes';
  for (const key of missing) unknown.push({ what: 'key', name: key });
  return 'maybe';
}

/** Whether the text is one that any of them means. */
export function anyFits(
  templates: readonly Template[],
  text: string,
  context: Context,
  unknown: Unknown[],
): Truth {
  const before = unknown.length;
  let any: Truth = 'no';
  for (const template of templates) {
    const one = fits(template, text, context, unknown);
    if (one === 'yes') {
      if (unknown.length > before) unknown.length = before;
      return 'yes';
    }
    if (one === 'maybe') any = 'maybe';
  }
  return any;
}

/** The widest that the template can mean: a variable that is not known may be anything. Null: it means nothing. */
export function widest(template: Template, context: Context): Pattern | null {
  return template.pattern ?? filled(template, context).pattern;
}

/**
 * A variable without a value matches nothing. Which value one of several has is documented nowhere, nor may such a key
 * stand in a variable: so it is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
function filled(
  template: Template,
  context: Context,
): { readonly pattern: Pattern | null; readonly missing: readonly string[] } {
  const pieces: Piece[] = [];
  const missing: string[] = [];
  for (const part of template.parts) {
    if ('text' in part) {
      pieces.push(template.style === 'literal' ? { ...part, literal: true } : part);
      continue;
    }
    const known = valuesOf(lookUp(context, part.key.toLowerCase()));
    if (known === null || known.length > 1) {
      missing.push(part.key);
      pieces.push({ text: '*', literal: false });
      continue;
    }
    const value = known[0] ?? part.fallback;
    if (value === null) return { pattern: null, missing: [] };
    pieces.push({ text: value, literal: true });
  }
  // A literal template's only wildcards are now its variables that may be anything.
  const style = template.style === 'literal' ? 'wildcards' : template.style;
  return { pattern: compile(pieces.map(folded(template.ignoresCase)), style), missing };
}

function folded(ignoresCase: boolean): (piece: Piece) => Piece {
  return ignoresCase ? (piece) => ({ ...piece, text: piece.text.toLowerCase() }) : (piece) => piece;
}

const VARIABLE = /\$\{(?:([*?$])|([^{}]+?)(?:, '([^']*)')?)\}/g;

function partsOf(text: string): readonly (Piece | Variable)[] {
  const parts: (Piece | Variable)[] = [];
  let from = 0;
  for (const found of text.matchAll(VARIABLE)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), literal: false });
    const [whole, character, key, fallback] = found;
    if (character !== undefined) parts.push({ text: character, literal: true });
    else if (key !== undefined) parts.push({ key: key.trim(), fallback: fallback ?? null });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), literal: false });
  return parts;
}
