/** Wave two, one account's share: what the rules need of sources, destinations, roles and objects. */
import type { ObjectLimits } from './backfill.ts';
import { readObjects } from './objects.ts';
import { readAccount, type OrganizationReader } from './organization.ts';
import { readKey, readRole } from './principals.ts';
import type { Session } from './session.ts';
import { headBucket, readFacts } from './survey.ts';
import type { AccountWork } from './share.ts';
import { tellingOf } from '../facts.ts';
import type { BucketLine, EndLine, StrangerLine } from '../model/estate.ts';
import type { BucketFacts, Cause, Unknown } from '../model/facts.ts';
import type { Plan } from '../plan.ts';

/** Finds the session of an account, or says why there is none. */
export type Sessions = (account: string) => Session | Unknown;

export interface EndsPlan {
  readonly plan: Plan;
  readonly objects: ObjectLimits;
  readonly organization: OrganizationReader;
}

/** Reads an account's ends; lines come in a fixed order, whatever answered first. */
export async function readEnds(
  work: AccountWork,
  sessions: Sessions,
  { plan, objects, organization }: EndsPlan,
): Promise<readonly EndLine[]> {
  const session = sessions(work.account);
  const buckets = [...work.ends.values()].map((end) => readEnd(end, session, plan));
  const roles = plan.role.length === 0 ? [] : [...work.roles].map((arn) => readRole(arn, session, plan.role));
  const keyFacts = factsOf(plan, ['sourceKey', 'replicaKey']);
  const keys =
    keyFacts.length === 0 ? [] : [...work.keys.values()].map((key) => readKey(key, session, keyFacts));
  const accountFacts = factsOf(plan, [...work.parts]);
  const account =
    accountFacts.length === 0 ? [] : [readAccount(work.account, session, organization, accountFacts)];
  const strangers = [...work.strangers].map((name) => readStranger(name, session));
  const [routes, ...lines] = await Promise.all([
    readObjects(work, sessions, plan.objects, objects),
    ...buckets,
    ...roles,
    ...keys,
    ...account,
    ...strangers,
  ]);
  return [...lines, ...routes].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** One thing may play several parts: what any of them asks is read once. */
function factsOf(plan: Plan, ends: readonly (keyof Plan)[]): readonly string[] {
  return [...new Set(ends.flatMap((end) => plan[end]))].sort();
}

function orderOf(line: EndLine): string {
  switch (line.kind) {
    case 'bucket':
    case 'stranger':
      return `${line.kind} ${line.name}`;
    case 'role':
      return `${line.kind} ${line.arn}`;
    case 'key':
      return `${line.kind} ${line.region} ${line.id}`;
    case 'account':
      return line.kind;
    case 'objects':
      return `${line.kind} ${line.source} ${String(line.index).padStart(4, '0')}`;
  }
}

/** A bucket's line with wave one's facts and what its part in a route asks besides. */
async function readEnd(
  { line, source, destination }: { line: BucketLine; source: boolean; destination: boolean },
  session: Session | Unknown,
  plan: Plan,
): Promise<BucketLine> {
  const asked = new Set([...(source ? plan.source : []), ...(destination ? plan.destination : [])]);
  // The names come from rules' `needs`, whose types are those of the facts; presence is known of a listed bucket.
  const missing = [...asked].filter(
    (fact) => fact !== 'presence' && !(fact in line.facts),
  ) as (keyof BucketFacts)[];
  if (missing.length === 0) return line;
  const facts = await endFacts(line, session, missing);
  return { ...line, facts: { ...line.facts, ...facts } };
}

async function endFacts(
  { name, region, facts }: BucketLine,
  session: Session | Unknown,
  missing: readonly (keyof BucketFacts)[],
): Promise<BucketLine['facts']> {
  const all = (observed: Unknown): BucketLine['facts'] =>
    Object.fromEntries(missing.map((fact) => [fact, observed]));
  if ('known' in session) return all(session);
  if (region !== null) return readFacts(session, name, region, missing);
  // Wave one asked where it is, and had no answer: that is why nothing else is known either.
  return all(
    facts.replication?.known === false ? facts.replication : notCollected(`The Region of '${name}'`),
  );
}

function notCollected(what: string): Unknown {
  return { known: false, causes: [{ reason: 'not-collected', detail: `${what} is not known.` }] };
}

async function readStranger(name: string, session: Session | Unknown): Promise<StrangerLine> {
  const line = { kind: 'stranger', name } as const;
  if ('known' in session) return { ...line, region: null, facts: { presence: session } };
  const { call } = tellingOf('destination', 'presence');
  const head = await session.ask({ call, what: name, send: () => headBucket(session, name) });
  if (!head.known) return { ...line, region: null, facts: { presence: head } };
  const answer = head.value;
  if (answer === null) return { ...line, region: null, facts: {} };
  return {
    ...line,
    region: answer.region,
    facts: { presence: { ...head, value: { status: answer.status } } },
  };
}

/** Why the account of an end cannot be asked. */
export function unreachable(account: string, causes: readonly Cause[]): Unknown {
  return { known: false, causes: causes.map((cause) => ({ account, ...cause })) };
}
