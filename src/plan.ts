/** From the rules that are on to the facts that they need, from those to the calls, and from those to the IAM policy. */
import { surveyCalls, tellingOf, tellings, type End, type Told } from './facts.ts';
import type { Selected } from './selection.ts';

/** The facts to read, by what they are of; sorted, each once. */
export type Plan = Readonly<Record<End, readonly string[]>>;

/** Which facts the selected rules need and want. Routes come from replication, so that is always read. */
export function planOf(selection: readonly Selected[]): Plan {
  const wanted: Record<End, Set<string>> = {
    bucket: new Set(['replication']),
    source: new Set(),
    destination: new Set(),
    role: new Set(),
    objects: new Set(),
  };
  for (const { rule, only } of selection) {
    if (only?.tags) wanted.bucket.add('tagging');
    for (const facts of [rule.needs, rule.wants ?? {}]) {
      for (const end of ends) for (const fact of facts[end] ?? []) wanted[end].add(fact);
    }
  }
  const plan = (end: End): readonly string[] => [...wanted[end]].sort();
  return {
    bucket: plan('bucket'),
    source: plan('source'),
    destination: plan('destination'),
    role: plan('role'),
    objects: plan('objects'),
  };
}

/** What a fact can be of, in the catalogue's order. */
// The keys of an object literal of ours, which nothing widens.
const ends = Object.keys(tellings) as readonly End[];

/** What tells the planned facts, each call once. */
export function callsOf(plan: Plan): readonly Told[] {
  const told = ends.flatMap((end) => plan[end].map((fact) => tellingOf(end, fact)));
  const distinct = new Map(told.map((telling) => [telling.call, telling]));
  return [...distinct.values()].sort((a, b) => (a.call < b.call ? -1 : 1));
}

/** The IAM actions for all calls that a scan makes in an account, sorted. */
export function actionsOf(plan: Plan): readonly string[] {
  const told = callsOf(plan).map(({ action }) => action);
  const survey = [surveyCalls['s3:ListBuckets'], surveyCalls['s3:HeadBucket']];
  return [...new Set([...told, ...survey])].sort();
}

/** The IAM actions that the caller needs besides, in the management account or a delegated administrator's. */
export const callerActions: readonly string[] = [
  ...new Set(Object.values(surveyCalls).filter((action) => action !== null && !action.startsWith('s3:'))),
].flatMap((action) => (action === null ? [] : [action]));
