/** Collects the organization into a folder, and prints what it took. */
import { costOf } from './cost.ts';
import { auditRole } from '../../sandbox/generated.ts';
import { rules } from '../../rules/index.ts';
import { collect } from '../../src/collect/collect.ts';
import { planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';

const [folder = '', accountsAtOnce = '64'] = process.argv.slice(2);
const plan = planOf(select(rules, {}));
const nothing = (): void => undefined;
const notices: string[] = [];
const fast = { perSecond: 1e6, burst: 1e6 };

const cost = await costOf(() =>
  collect({
    folder,
    replint: '0.0.0',
    plan,
    role: auditRole,
    externalId: undefined,
    choice: { include: {}, exclude: {} },
    accountsAtOnce: Number(accountsAtOnce),
    // The sandbox has no rates; what is measured is replint.
    callsPerSecond: 1e6,
    organizationRates: { listPolicies: fast, describePolicy: fast },
    objects: { versions: 3000, pendingMinutes: null },
    resume: false,
    profile: undefined,
    pathStyle: true,
    signal: new AbortController().signal,
    progress: {
      step: nothing,
      accountDone: nothing,
      called: nothing,
      throttled: nothing,
      notice: (sentence) => notices.push(sentence),
    },
  }),
);
// The management account has no audit role and no buckets; anything else would not be the organization that was generated.
if (notices.length > 0) throw new Error(notices.join('\n'));
process.stdout.write(JSON.stringify(cost));
