/** From answers to a rule's verdict: refused is a failure, in doubt is unknown or undetermined, allowed is a pass. */
import { isRefused, type Answer } from './answer.ts';
import { malformedOf } from './places.ts';
import { doubtOf, placesOf, refusalsOf } from './sentence.ts';
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
  /** The reason, where the rule knows it better than the layers tell. */
  readonly because?: string;
  /** Facts that it rests on besides the policies. */
  readonly at?: readonly P[];
}

/** Judges a rule's answers; `refused` are those that fail it, where not all refusals are this rule's. */
export function judged<P extends string, Q extends string = never>(
  answers: readonly Answer<P>[],
  consequence: Consequence<Q> | ((refused: readonly Answer<P>[]) => Consequence<Q>),
  isOurs: (answer: Answer<P>) => boolean = () => true,
): Verdict<P | Q> {
  const refused = answers.filter((answer) => isRefused(answer) && isOurs(answer));
  if (refused.length > 0)
    return failure(refused, typeof consequence === 'function' ? consequence(refused) : consequence);
  const open = answers.find(({ decision }) => decision.outcome === 'undetermined');
  if (open !== undefined) return inDoubt(open);
  // What is refused for another rule's reason is not allowed: this one has nothing to say of it.
  return answers.some(isRefused) ? notApplicable : pass;
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
    actual: [...new Set(refused.map(({ decision }) => said[decision.outcome]))].join(', '),
    at: [...new Set([...refused.flatMap(placesOf), ...at])],
    ...(severity === undefined ? {} : { severity }),
  });
}

const said = {
  allowed: 'allowed',
  allowedForSome: 'allowed for a part',
  implicitlyDenied: 'not allowed',
  explicitlyDenied: 'denied',
  undetermined: 'not known',
};

/** A layer that could not be read is unknown, with its causes; what AWS documents not is undetermined. */
export function inDoubt(answer: Answer): Verdict<never> {
  const { target, decision } = answer;
  const layers = decision.unknown.filter(({ what }) => what === 'layer');
  const causes = [...target.unread].flatMap(([layer, why]) =>
    layers.some(({ name }) => name === layer) ? why : [],
  );
  if (causes.length > 0) return unknown({ known: false, causes });
  const [malformed] = layers.length > 0 ? malformedOf(target) : [];
  if (malformed === undefined) return undetermined(doubtOf(answer));
  const { name, line, column, malformed: why } = malformed;
  return undetermined(
    `The policy '${name}' is malformed at line ${line}, column ${column}, so nobody can say what it allows: ${why}`,
  );
}
