/** What a fault may change, and what it may not. */
import { keyOf, timeless, type Judged, type Seen } from './seen.ts';
import type { Cause } from '../../src/model/facts.ts';

/** Whether a cause names what was hit. */
export type IsHit = (cause: Cause) => boolean;

/**
 * Whose verdict is about the scan itself: that a bucket's owner is not known, or that nobody can list its objects, is true and is
 * said where a call was refused.
 */
const aboutTheScan: ReadonlySet<string> = new Set(['destination-unverifiable', 'backfill-unobservable']);

/** Whose answer stands on less: nothing is archived before a backfill where nothing waits for one, whatever archives it. */
const standsOnLess: ReadonlySet<string> = new Set(['archived-before-backfill']);

/**
 * The one verdict that what was not read may turn: a bucket that replicates nothing is left alone where it is itself a
 * destination, which only its source tells. `docs/reliability.md` says so.
 */
const asFarAsWasRead: ReadonlySet<string> = new Set(['policy replication-required']);

/** How it is said of what no account that was read owns. */
const ownerUnknown: ReadonlySet<string> = new Set(['not-collected', 'undetermined']);

/** What differs between two scans although it must not; empty where only what was hit is unknown, with its cause. */
export function differences(before: Seen, after: Seen, isHit: IsHit): readonly string[] {
  return [
    ...differingFacts(before, after, isHit),
    ...differingOutcomes(before, after, isHit),
    ...differingAccounts(before, after, isHit),
  ];
}

/** The same, of a scan that must have got over it. */
export function anyDifference(before: Seen, after: Seen): readonly string[] {
  const nothing: IsHit = () => false;
  const audits = timeless(before.audit) === timeless(after.audit) ? [] : ['The audits differ.'];
  return [...differences(before, after, nothing), ...audits];
}

/** Whether anything says that it was hit. */
export function saysSo({ facts, audit }: Seen, isHit: IsHit): boolean {
  const causes = [
    ...[...facts.values()].flatMap((fact) => (fact.known ? [] : fact.causes)),
    ...audit.coverage.accounts.flatMap((one) => ('causes' in one ? one.causes : [])),
  ];
  return causes.some(isHit);
}

function differingFacts(before: Seen, after: Seen, isHit: IsHit): readonly string[] {
  return [...after.facts].flatMap(([name, fact]) => {
    const reference = before.facts.get(name);
    if (!fact.known) {
      // Unknown before, and for the same reason.
      if (reference?.known === false && timeless(reference) === timeless(fact)) return [];
      return fact.causes.some(isHit) ? [] : [`${name} is unknown for ${JSON.stringify(fact.causes)}`];
    }
    if (reference === undefined || !reference.known) return [];
    const [was, is] = [timeless(reference.value), timeless(fact.value)];
    return was === is ? [] : [`${name} is ${is} and was ${was}`];
  });
}

function differingOutcomes(before: Seen, after: Seen, isHit: IsHit): readonly string[] {
  const unread = new Set(
    after.audit.coverage.accounts
      .filter((one) => 'causes' in one && one.causes.some(isHit))
      .map(({ id }) => id),
  );
  // Of what nobody could list, it is not known whose it is.
  const isExplained = ({ outcome, causes }: Judged): boolean =>
    outcome === 'unknown' &&
    causes.some((cause) => isHit(cause) || (unread.size > 0 && ownerUnknown.has(cause.reason)));
  const all = new Set([...before.judged.keys(), ...after.judged.keys()]);
  return [...all].flatMap((key) => {
    const [was, is] = [before.judged.get(key), after.judged.get(key)];
    if (is !== undefined) {
      if (was?.outcome === is.outcome && saysNoMore(is, was)) return [];
      if (isExplained(is) || aboutTheScan.has(is.rule) || asFarAsWasRead.has(is.rule)) return [];
      if (is.outcome === 'notApplicable' && unread.size > 0) return [];
      if (is.outcome === 'pass' && was?.outcome === 'notApplicable' && standsOnLess.has(is.rule)) return [];
      return [
        `${key}: ${is.outcome} and was ${was?.outcome ?? 'not there'}: ${apart(is.text, was?.text ?? '')}`,
      ];
    }
    if (was === undefined || unread.has(was.account)) return [];
    // Where replication is not known a rule is unknown once of the bucket, and not of each route.
    const ofBucket = after.judged.get(keyOf({ ...was, route: '' }));
    return ofBucket && isExplained(ofBucket) ? [] : [`${key}: not there, and was ${was.outcome}`];
  });
}

/** A failure may rest on a part of what it rested on, and what was not known may be unknown for one more reason. */
function saysNoMore(is: Judged, was: Judged): boolean {
  if (is.outcome === 'unknown' || is.text === was.text) return true;
  return is.evidence.length > 0 && is.evidence.every((one) => was.evidence.includes(one));
}

/** An account is read as before, or not at all for the cause; an OU is as it was, or nobody knows any. */
function differingAccounts(before: Seen, after: Seen, isHit: IsHit): readonly string[] {
  const unknownUnits = saysSo(after, isHit);
  return before.audit.coverage.accounts.flatMap((was) => {
    const is = after.audit.coverage.accounts.find(({ id }) => id === was.id);
    if (is === undefined) return [`Account ${was.id} is not there.`];
    const sameUnit = is.ou === was.ou || (is.ou === null && unknownUnits);
    const sameStatus = is.status === was.status || ('causes' in is && is.causes.some(isHit));
    return sameUnit && sameStatus ? [] : [`Account ${was.id}: ${timeless(is)} and was ${timeless(was)}`];
  });
}

/** Two texts from where they begin to differ. */
function apart(is: string, was: string): string {
  const at = Math.max(0, Array.from(is).findIndex((letter, index) => letter !== was[index]) - 20);
  return `…${is.slice(at, at + 120)}… and was …${was.slice(at, at + 120)}…`;
}
