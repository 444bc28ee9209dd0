/**
 * Whatever AWS answers: in every cell the scan ends by itself, what was hit is unknown with its cause, nothing else changes, and
 * what passes by itself changes nothing at all.
 */
import { withoutPauses } from './timeouts.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { calls, cellsOf, sample, type Cell } from './cells.ts';
import { anyDifference, differences, saysSo, type IsHit } from './differences.ts';
import { see, type Seen } from './seen.ts';
import { everyCell, seed } from './size.ts';
import { read } from '../collect/estate.ts';
import { wholeEstate, wholePlan, type WholeEstate } from '../collect/whole.ts';
import { exitCodeOf } from '../../src/cli/exit.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';

const fast = { perSecond: 1000, burst: 1000 };
const organizationRates = { listPolicies: fast, describePolicy: fast };

const org: WholeEstate = await wholeEstate();
const { sandbox, folder } = org;
// A closed account cannot be read and makes no scan incomplete: its bucket is the stranger's here.
const closed = sandbox.world.accounts.get(org.partner);
if (closed) closed.state = 'SUSPENDED';

async function scan(): Promise<Seen> {
  await read(org.asRunner, { plan: wholePlan, organizationRates });
  return see(folder);
}

sandbox.calls.clear();
const undisturbed = await scan();
const made = cellsOf(sandbox.calls);
const cells = sample(made, everyCell, seed);

beforeAll(() => {
  withoutPauses();
  process.stdout.write(`${cells.length} of ${made.length} cells (SEED=${seed})\n`);
});
afterEach(() => {
  sandbox.faults.clear();
});
afterAll(() => org.close());

it('makes every call that there is, so that each is in the matrix', () => {
  const operations = new Set(made.map(({ operation }) => operation));
  expect([...calls].filter(([, operation]) => !operations.has(operation))).toEqual([]);
  expect(undisturbed.audit.coverage).toMatchObject({ gaps: [], complete: true });
  expect(undisturbed.audit.tallies.pass).toBeGreaterThan(50);
});

/** Without these no scan begins: the documented exit code is 2, and an earlier snapshot stays. */
const beginning = new Set(['sts:GetCallerIdentity', 'organizations:ListAccounts']);

const isSuspended = ({ trouble }: Cell): boolean => trouble.name === 'account suspended in between';

/** A refusal of HeadBucket is an answer: the bucket is there, and will not let us in. */
const isAnswerTo403 = (cell: Cell): boolean =>
  isSuspended(cell) || (cell.operation === 's3:HeadBucket' && cell.trouble.name === 'denied');

/** Where nothing but that was hit, everything is known. */
const leavesNothingOpen = (cell: Cell): boolean => isAnswerTo403(cell) && !isSuspended(cell);

/** HeadBucket is among the last calls: whether others come after it and meet a suspended account is a matter of luck. */
const isLuck = (cell: Cell): boolean => cell.operation === 's3:HeadBucket' && isSuspended(cell);

function isHitOf(cell: Cell): IsHit {
  const { operation, account } = cell;
  // Nothing that a suspended account is asked afterwards is answered either. A refused HeadBucket tells no Region.
  if (isAnswerTo403(cell)) return (cause) => cause.account === account || cause.reason === 'undetermined';
  return ({ call = '' }) => calls.get(call) === operation;
}

/** Fails with the first few differences. */
function expectNone(differences: readonly string[]): void {
  expect(differences.length, differences.slice(0, 5).join('\n')).toBe(0);
}

it.each(cells.map((cell) => [`${cell.operation} in ${cell.account}`, cell.trouble.name, cell] as const))(
  '%s: %s',
  async (_where, _what, cell) => {
    const { operation, account, trouble } = cell;
    sandbox.faults.add({ ...trouble.fault, operation, account });
    sandbox.calls.clear();
    if (beginning.has(operation) && !trouble.passes) {
      // What an earlier scan left must still be there.
      await expect(scan()).rejects.toThrow(CannotRun);
      expectNone(anyDifference(undisturbed, see(folder)));
      return;
    }
    const after = await scan();
    expect(sandbox.calls.count({ operation, account })).toBeGreaterThan(0);
    if (trouble.passes) {
      expectNone(anyDifference(undisturbed, after));
      return;
    }
    const isHit = isHitOf(cell);
    const found = differences(undisturbed, after, isHit);
    expectNone(found.filter((one) => !(isAnswerTo403(cell) && one.startsWith('stranger '))));
    if (isLuck(cell)) return;
    expect(saysSo(after, isHit)).toBe(!leavesNothingOpen(cell));
    expect(exitCodeOf(after.audit, { failOn: 'never' })).toBe(leavesNothingOpen(cell) ? 0 : 3);
  },
);
