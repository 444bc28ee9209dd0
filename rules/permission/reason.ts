/** Why a use of a key is refused: for one of the conditions that have rules of their own, or for want of a permission. */
import { ifUnknown, isRefused, misspelt, type Answer } from './answer.ts';
import { isOfNetworks } from './networks.ts';
import { failure, inDoubt, type Consequence } from './verdict.ts';
import { notApplicable, pass, type Verdict } from '../../src/rule.ts';

export const viaService = 'kms:ViaService';
export const encryptionContext = 'kms:EncryptionContext:aws:s3:arn';
const conditions = [viaService, encryptionContext, misspelt] as const;

export type Reason = (typeof conditions)[number] | 'permission';

/** The reasons of a refusal, found by asking again as if a key could hold anything; none where it is not refused. */
export function reasonsOf(answer: Answer): ReadonlySet<Reason> {
  if (!isRefused(answer)) return new Set();
  if (isRefused(ifUnknown(answer, conditions))) return new Set(['permission']);
  const alone = conditions.filter((key) => isRefused(ifUnknown(answer, others(key))));
  // Statements that fail for a condition each refuse together only.
  const together = conditions.filter((key) => mentions(answer, key));
  return new Set(alone.length > 0 ? alone : together);
}

function others(key: string): readonly string[] {
  return conditions.filter((other) => other !== key);
}

/** Whether some condition of the policies hangs on the key at all. */
function mentions(answer: Answer, key: string): boolean {
  const { unknown, leftOut } = ifUnknown(answer, conditions).decision;
  const all = [...unknown, ...leftOut.flatMap(({ decision }) => decision.unknown)];
  return all.some(({ name }) => name.toLowerCase() === key.toLowerCase());
}

/** What is refused for one reason. */
export function refusedFor<P extends string>(
  reason: Reason,
  answers: readonly Answer<P>[],
): readonly Answer<P>[] {
  return answers.filter((answer) => reasonsOf(answer).has(reason));
}

/** Judges what is refused for one reason; a rule about another has nothing to say of it. */
export function judgedFor<P extends string, Q extends string = never>(
  reason: Reason,
  answers: readonly Answer<P>[],
  consequence: Consequence<Q> | ((refused: readonly Answer<P>[]) => Consequence<Q>),
): Verdict<P | Q> {
  const refused = refusedFor(reason, answers);
  if (refused.length > 0)
    return failure(refused, typeof consequence === 'function' ? consequence(refused) : consequence);
  const open = answers.find((answer) => isOpen(answer, reason) && !isOfNetworks(answer));
  if (open !== undefined) return inDoubt(open);
  const isOthers = answers.some((answer) => isRefused(answer) || isOfNetworks(answer));
  return answers.length === 0 || isOthers ? notApplicable : pass;
}

/** What hangs on another condition holds as far as this one goes: else it would be refused. */
function isOpen({ decision: { outcome, unknown } }: Answer, reason: Reason): boolean {
  if (outcome !== 'undetermined') return false;
  return reason === 'permission' || unknown.some(({ what, name }) => what === 'layer' || name === reason);
}
