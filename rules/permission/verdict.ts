/** From answers to a rule's verdict: refused is a failure, in doubt is unknown or undetermined, allowed is a pass. */
import { culprit, isRefused, type Answer } from './answer.ts';
import { isOfNetworks } from './networks.ts';
import { malformedOf } from './places.ts';
import { doubtOf, isOfPart, placesOf, policyIn, refusalsOf, type Because } from './sentence.ts';
import { malformedAs } from '../shared/malformed.ts';
import type { Decision } from '../../src/iam/decide.ts';
import {
  fail,
  notApplicable,
  pass,
  undetermined,
  unknown,
  type Severity,
  type Verdict,
} from '../../src/rule.ts';

/** What a refusal comes to. */
export interface Consequence<P extends string> {
  /** What will not happen, a sentence. */
  readonly then: string;
  readonly severity?: Severity;
  /** Why it is refused, where the rule knows it better than the layers tell. */
  readonly because?: Because;
  /** Facts that it rests on besides the policies. */
  readonly at?: readonly P[];
}

/** Judges a rule's answers; what networks decide is the finding of the rules about those. */
export function judged<P extends string, Q extends string = never>(
  answers: readonly Answer<P>[],
  consequence: Consequence<Q> | ((refused: readonly Answer<P>[]) => Consequence<Q>),
): Verdict<P | Q> {
  const ours = answers.filter((answer) => !isOfNetworks(answer));
  const refused = ours.filter(isRefused);
  if (refused.length > 0)
    return failure(refused, typeof consequence === 'function' ? consequence(refused) : consequence);
  const open = ours.find(({ decision }) => decision.outcome === 'undetermined');
  if (open !== undefined) return inDoubt(open);
  return ours.length < answers.length ? notApplicable : pass;
}

/** The finding of what is refused. */
export function failure<P extends string, Q extends string>(
  refused: readonly Answer<P>[],
  { then, severity, because, at = [] }: Consequence<Q>,
): Verdict<P | Q> {
  const actions = [...new Set(refused.map(({ action }) => action))];
  return fail<P | Q>({
    message: `${refusalsOf(refused, because)}. ${then}`,
    expected: `the role is allowed ${actions.join(', ')}`,
    actual: [...new Set(refused.map(({ decision }) => extentOf(decision)))].join(', '),
    at: [...new Set([...refused.flatMap(placesOf), ...at])],
    ...(severity === undefined ? {} : { severity }),
  });
}

function extentOf(decision: Decision): string {
  if (decision.outcome === 'allowedForSome') return 'allowed for a part';
  const how = culprit(decision).outcome === 'explicitlyDenied' ? 'denied' : 'not allowed';
  return isOfPart(decision) ? `${how} for a part` : how;
}

/** What could not be read is unknown, with its causes; what nobody tells is undetermined. */
export function inDoubt(answer: Answer): Verdict<never> {
  const { target, decision } = answer;
  const open = new Set(decision.unknown.map(({ name }) => name.toLowerCase()));
  const causes = [...target.unread].flatMap(([name, why]) => (open.has(name.toLowerCase()) ? why : []));
  if (causes.length > 0) return unknown({ known: false, causes });
  return undetermined(malformedIn(answer) ?? doubtOf(answer));
}

/** The first policy for which the answer is in doubt because it is none. */
function malformedIn({ decision, target }: Answer): string | null {
  for (const layer of LAYERS) {
    const malformed = malformedOf(layer, target).find(({ name }) =>
      decision.unknown.some((one) => one.what === 'layer' && one.name === `${layer}: ${name}`),
    );
    if (malformed !== undefined) return malformedAs(policyIn(layer, malformed.name, target), malformed);
  }
  return null;
}

const LAYERS = ['identity', 'boundary', 'serviceControl', 'resourceControl', 'resource'] as const;
