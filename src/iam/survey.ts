/**
 * What one layer of policies says of a request: whether it denies, and whether and how it allows.
 */
import { both, not, type Context, type Truth, type Unknown } from './context.ts';
import { holds } from './condition.ts';
import { isMalformed, type Malformed, type Policy, type Statement } from './policy.ts';
import { reach, spares, type Principal, type Reach } from './principal.ts';
import { anyFits, widest } from './template.ts';
import { doubt, either, silence, type Layer, type Verdict } from './verdict.ts';

/** One concrete question. The action is in lower case, as actions ignore case. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** Whether the principal has a permissions boundary. */
  readonly bounded: Truth;
}

/** What a layer says: whether a Deny applies, and of each way to be named, whether an Allow does. */
export interface Survey {
  readonly deny: Verdict;
  readonly allow: Readonly<Record<Reach, Verdict>>;
}

/** Weighs the policies of a layer; `unread` where they could not be read. */
export function survey(
  layer: Layer,
  policies: readonly (Policy | Malformed)[] | 'unread',
  question: Question,
): Survey {
  if (policies === 'unread') {
    const none = silence(layer);
    const unread = doubt(layer, layer);
    return { deny: unread, allow: { account: none, role: none, direct: unread } };
  }
  let tally: Tally | null = null;
  for (const policy of policies) {
    if (isMalformed(policy)) {
      const malformed = doubt(layer, `${layer}: ${policy.name}`);
      tally ??= silent(layer);
      tally.deny = either(tally.deny, malformed);
      tally.direct = either(tally.direct, malformed);
    } else {
      for (const statement of policy.about(question.action))
        tally = weigh(layer, policy, statement, question, tally);
    }
  }
  return tally === null ? SILENT[layer] : { deny: tally.deny, allow: tally };
}

type Tally = Record<Reach | 'deny', Verdict>;

function silent(layer: Layer): Tally {
  const none = silence(layer);
  return { deny: none, account: none, role: none, direct: none };
}

const SILENT: Readonly<Record<Layer, Survey>> = {
  identity: quiet('identity'),
  boundary: quiet('boundary'),
  serviceControl: quiet('serviceControl'),
  resourceControl: quiet('resourceControl'),
  resource: quiet('resource'),
  grants: quiet('grants'),
};

function quiet(layer: Layer): Survey {
  const tally = silent(layer);
  return { deny: tally.deny, allow: tally };
}

/** Adds what a statement says where it counts; where it is not about the question, nothing. */
function weigh(
  layer: Layer,
  policy: Policy,
  statement: Statement,
  question: Question,
  before: Tally | null,
): Tally | null {
  const unknown: Unknown[] = [];
  const named = namesPrincipal(statement, question, unknown);
  const truth = both(named.truth, applies(statement, question, named.truth, unknown));
  if (truth === 'no') return before;
  const tally = before ?? silent(layer);
  const slot = statement.effect === 'Deny' ? 'deny' : named.by;
  const { sid, index } = statement;
  tally[slot] = either(tally[slot], {
    truth,
    layer,
    statement: { policy: policy.name, sid, index },
    unknown: truth === 'maybe' ? unknown : NOTHING,
  });
  return tally;
}

/** Whether, and how, the statement names who asks. */
export function namesPrincipal(
  { principal: named }: Statement,
  { principal, bounded }: Pick<Question, 'principal' | 'bounded'>,
  unknown: Unknown[],
): { readonly truth: Truth; readonly by: Reach } {
  if (named === null) return ANYBODY;
  if (!named.negated) return reach(named, principal, unknown);
  return { truth: not(spares(named, principal, bounded, unknown)), by: 'direct' };
}

const NOTHING: readonly Unknown[] = [];

const ANYBODY = { truth: 'yes', by: 'direct' } as const;

function applies(statement: Statement, question: Question, named: Truth, unknown: Unknown[]): Truth {
  let truth = named === 'no' ? 'no' : takesResource(statement, question, unknown);
  for (const condition of statement.conditions) {
    if (truth === 'no') return 'no';
    truth = both(truth, holds(condition, question.context, unknown));
  }
  return truth;
}

function takesResource(
  { resource }: Statement,
  { resource: asked, context }: Question,
  unknown: Unknown[],
): Truth {
  if (resource === null) return 'yes';
  const any = anyFits(resource.templates, asked, context, unknown);
  if (!resource.negated) return any;
  if (any !== 'no' || resource.templates.every((template) => widest(template, context) !== null))
    return not(any);
  // reference_policies_variables.html says once that such a resource matches none, once that the statement is invalid.
  unknown.push({ what: 'documentation', name: 'a variable without a value in NotResource' });
  return 'maybe';
}
