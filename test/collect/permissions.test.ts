/**
 * Proof that `replint policy` prints nothing that is not used: each action is taken away alone, and something is then
 * unknown, or nobody can scan. Whatever a new rule reads is in the plan and so in this list; where the estate below does not
 * make a scan need it, its line fails.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { read } from './estate.ts';
import { may, wholeEstate, wholePlan as plan, type WholeEstate } from './whole.ts';
import { surveyCalls, tellings, type Told } from '../../src/facts.ts';
import type { BucketLine, EndLine, StrangerLine } from '../../src/model/estate.ts';
import type { Cause, Observed } from '../../src/model/facts.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';
import { actionsOf, callerActionsOf } from '../../src/plan.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';

const actions = actionsOf(plan);
const callerActions = callerActionsOf(plan);

/** The calls that an action allows. */
function callsOf(action: string): readonly string[] {
  const told: readonly Told[] = Object.values(tellings).flatMap((facts) => Object.values<Told>(facts));
  const pairs = [
    ...told.flatMap((one) => [one, ...(one.also ?? [])]),
    ...Object.entries(surveyCalls).map(([call, by]) => ({ call, action: by })),
  ];
  return [...new Set(pairs.filter((pair) => pair.action === action).map(({ call }) => call))];
}

let org: WholeEstate;

/** What a role may do from now on. */
function permit(account: string, role: string, names: readonly string[]): void {
  org.sandbox.world.accounts.get(account)?.roles.get(role)?.inline.set('inline', may(names));
}

const everywhere = (): readonly string[] => [org.sandbox.world.managementAccount, ...org.accounts];

beforeAll(async () => {
  org = await wholeEstate();
});

afterAll(() => org.close());

interface Scanned {
  /** Why things are unknown. */
  readonly causes: readonly Cause[];
  /** What the stranger's bucket answered. */
  readonly stranger: number | null;
}

const without = (all: readonly string[], action: string): readonly string[] =>
  all.filter((one) => one !== action);

/** Scans as the runner, without the account of the partner; the audit roles and the runner may do what is given. */
async function scan(role = actions, caller = callerActions): Promise<Scanned> {
  for (const account of everywhere()) permit(account, 'ReplintAudit', role);
  permit(org.sandbox.world.managementAccount, 'runner', caller);
  const choice = { include: {}, exclude: { accounts: [org.partner] } };
  const fast = { perSecond: 1000, burst: 1000 };
  const organizationRates = { listPolicies: fast, describePolicy: fast };
  await read(org.asRunner, { plan, choice, organizationRates });
  const { manifest, buckets, ends } = openSnapshot(org.folder);
  const lines: readonly (BucketLine | EndLine)[] = [...buckets(), ...ends()];
  const facts = lines.flatMap((line) => Object.values<Observed<unknown>>(line.facts));
  const causes = [
    ...manifest.organization.accounts.flatMap((one) => ('causes' in one ? one.causes : [])),
    ...facts.flatMap((fact) => (fact.known ? [] : fact.causes)),
  ];
  const presence = lines.find((line): line is StrangerLine => line.kind === 'stranger')?.facts.presence;
  return { causes, stranger: presence?.known === true ? presence.value.status : null };
}

it('with all that is printed everything is known', async () => {
  expect(await scan()).toEqual({ causes: [], stranger: 200 });
});

/** What is unknown is so for want of this action, and of nothing else. */
function expectDenied(action: string, causes: readonly Cause[]): void {
  expect(causes).not.toEqual([]);
  const others = causes.filter(
    ({ reason, call = '' }) => reason !== 'access-denied' || !callsOf(action).includes(call),
  );
  expect(others).toEqual([]);
}

it.each(actions)('the role needs %s', async (action) => {
  const { causes, stranger } = await scan(without(actions, action));
  if (action !== 's3:ListBucket') {
    expectDenied(action, causes);
    return;
  }
  // A refusal of HeadBucket is an answer too: the bucket is there. Whether it would let us in is what the action tells.
  expect({ causes, stranger }).toEqual({ causes: [], stranger: 403 });
});

it.each(without(callerActions, 'organizations:ListAccounts'))('the caller needs %s', async (action) => {
  const { causes } = await scan(actions, without(callerActions, action));
  // Where the audit role cannot be assumed, the caller's own account is tried with its own credentials, which may not read.
  const own = action === 'sts:AssumeRole' ? causes.filter(({ call }) => call !== 's3:ListBuckets') : causes;
  expectDenied(action, own);
});

it('the caller needs organizations:ListAccounts, without which no scan begins', async () => {
  const scanning = scan(actions, without(callerActions, 'organizations:ListAccounts'));
  await expect(scanning).rejects.toThrow(CannotRun);
  await expect(scanning).rejects.toThrow('to perform: organizations:ListAccounts');
});
