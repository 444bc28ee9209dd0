/**
 * Tries a rule on a small estate in memory, through the real engine: a healthy pair of buckets in two accounts and
 * Regions, changed by a situation. It knows no test framework; what it hands over is frozen.
 */
import { estateOf } from '../evaluate/estate.ts';
import { judgeBucket, type Outcome } from '../evaluate/judge.ts';
import { routesOf } from '../evaluate/routes.ts';
import type { Account, Manifest } from '../model/estate.ts';
import type { Rule, Situation } from '../rule.ts';
import { select, type Selected } from '../selection.ts';
import { frozen } from './frozen.ts';
import { healthy } from './healthy.ts';
import { endLines, inMemory, sourceLine, type TestSituation } from './lines.ts';

/** The first outcome of a rule in a situation; throws where the engine does not ask the rule at all. */
export function tryRule(rule: Rule, situation: TestSituation): Outcome {
  const [outcome] = tryEach(rule, situation);
  if (!outcome) throw new Error(`Rule '${rule.id}' was not asked: the situation has no route.`);
  return outcome;
}

/** All outcomes of a rule in a situation: of a route rule, one a route. */
export function tryEach(rule: Rule, situation: TestSituation): readonly Outcome[] {
  const source = sourceLine(situation);
  const ends = endLines(situation, source);
  const estate = estateOf(frozen({ manifest: manifestOf(situation), ends: () => inMemory(ends) }));
  return judgeBucket(source, frozen(routesOf(source, estate)), estate, [frozen(selectedOf(rule, situation))]);
}

function selectedOf(rule: Rule, { options }: Situation): Selected {
  // A situation's options are the configuration's; only an object can be written there.
  const detail = options === undefined ? {} : { options: options as object };
  const [selected] = select(
    [rule],
    rule.policy === true
      ? { policies: [{ name: 'the policy', rule: rule.id, ...detail }] }
      : { rules: { [rule.id]: detail } },
  );
  if (!selected) throw new Error(`Rule '${rule.id}' could not be selected.`);
  return selected;
}

function manifestOf({ everyAccountListed = true }: Situation): Manifest {
  return {
    format: 1,
    replint: '0.0.0',
    configuration: '',
    started: healthy.at,
    finished: healthy.at,
    organization: {
      id: 'o-exampleorg',
      partition: 'aws',
      caller: {
        account: healthy.source.account,
        arn: `arn:aws:iam::${healthy.source.account}:role/ReplintAudit`,
      },
      accounts: [
        account(healthy.source.account, 'shop', { status: 'scanned' }),
        account(healthy.destination.account, 'vault', { status: 'scanned' }),
        ...(everyAccountListed ? [] : [account('777788889999', 'silent', unreadable)]),
      ],
    },
    facts: {},
  };
}

function account(id: string, name: string, how: { status: 'scanned' } | typeof unreadable): Account {
  return { id, name, state: 'ACTIVE', ou: 'Root/Workloads', ouId: 'r-exam/ou-exam-workload', ...how };
}

const unreadable = {
  status: 'unreadable' as const,
  causes: [
    { reason: 'access-denied' as const, call: 'sts:AssumeRole', detail: 'The role could not be assumed.' },
  ],
};
