/** From the rules that are on to the facts that they need, from those to the calls, and from those to the IAM policy. */
import { surveyCalls, tellingOf, tellings, type End, type Told } from './facts.ts';
import type { WaiverSetting } from './model/configuration.ts';
import { selectorsOf, type Selected } from './selection.ts';

/** The facts to read, by what they are of; sorted, each once. */
export type Plan = Readonly<Record<End, readonly string[]>>;

/** Which facts the selected rules need and want. Routes come from replication, so that is always read. */
export function planOf(selection: readonly Selected[], waivers: readonly WaiverSetting[] = []): Plan {
  // The catalogue's own ends, each with an empty set.
  const wanted = Object.fromEntries(ends.map((end) => [end, new Set()])) as Record<End, Set<string>>;
  wanted.bucket.add('replication');
  const ids = new Set(selection.map(({ rule }) => rule.id));
  if (waivers.some(({ rule, only }) => only.tags && ids.has(rule))) wanted.bucket.add('tagging');
  for (const selected of selection) {
    const { rule } = selected;
    if (selectorsOf(selected).some(({ tags }) => tags)) wanted.bucket.add('tagging');
    for (const facts of [rule.needs, rule.wants ?? {}]) {
      for (const end of ends) for (const fact of facts[end] ?? []) wanted[end].add(fact);
    }
  }
  // Those of every route's destination are read as those of one.
  for (const fact of wanted.destinations) wanted.destination.add(fact);
  // Which key encrypts a source is read off its default encryption.
  if (wanted.sourceKey.size + wanted.sourceKeyAccount.size > 0) wanted.bucket.add('encryption');
  // A role's boundary is named in its definition; a key's policy and grants are asked for by the ARN in its description.
  if (wanted.role.has('policies')) wanted.role.add('definition');
  for (const key of [wanted.sourceKey, wanted.replicaKey]) if (key.size > 0) key.add('description');
  // The same ends again.
  return Object.fromEntries(ends.map((end) => [end, [...wanted[end]].sort()])) as unknown as Plan;
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

/** The calls that a scan for this rule alone makes of buckets, roles, keys and accounts, sorted. */
export function callsFor(selected: Selected): readonly string[] {
  const calls = callsOf(planOf([selected])).flatMap(({ call, also = [] }) => [
    call,
    ...also.map((more) => more.call),
  ]);
  return sorted(calls);
}

/** The IAM actions for all calls that a scan makes in an account, sorted. */
export function actionsOf(plan: Plan): readonly string[] {
  const survey = [surveyCalls['s3:ListBuckets'], surveyCalls['s3:HeadBucket']];
  return sorted([...plannedActions(plan), ...survey].filter((action) => !isOrganizations(action)));
}

/** The IAM actions that the caller needs besides, in the management account or a delegated administrator's. */
export function callerActionsOf(plan: Plan): readonly string[] {
  const survey = Object.values(surveyCalls).flatMap((action) => (action === null ? [] : [action]));
  const own = (action: string): boolean => isOrganizations(action) || action.startsWith('sts:');
  return sorted([...plannedActions(plan), ...survey].filter(own));
}

function plannedActions(plan: Plan): readonly string[] {
  return callsOf(plan).flatMap(({ action, also = [] }) => [action, ...also.map((more) => more.action)]);
}

const isOrganizations = (action: string): boolean => action.startsWith('organizations:');
const sorted = (actions: readonly string[]): readonly string[] => [...new Set(actions)].sort();
