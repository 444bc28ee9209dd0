/** The generated organization's sandbox, in a process of its own. Answers each line of its input with what was called since the last. */
import { createInterface } from 'node:readline';
import { bucketsOfAccount, organizationOf, replicatingOfAccount } from '../../sandbox/generated.ts';
import { rules } from '../../rules/index.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { actionsOf, planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';

const [accounts = '200', latencyMs = '30'] = process.argv.slice(2);
const world = organizationOf(Number(accounts), actionsOf(planOf(select(rules, {}))));
const sandbox = await startSandbox({ world, latencyMs: Number(latencyMs) });
const say = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
say({ endpoint: sandbox.endpoint, region: world.region, ...sandbox.administrator });

/** No end of a route. */
function isPlain(bucket: string): boolean {
  return Number(bucket.split('-').at(-1)) >= 2 * replicatingOfAccount;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'stop') break;
  const entries = sandbox.calls.entries();
  sandbox.calls.clear();
  const sum = (some: typeof entries): number => some.reduce((total, { count }) => total + count, 0);
  const plainBuckets = Number(accounts) * (bucketsOfAccount - 2 * replicatingOfAccount);
  say({
    calls: sum(entries),
    perPlainBucket: sum(entries.filter(({ bucket }) => bucket !== null && isPlain(bucket))) / plainBuckets,
  });
}
await sandbox.close();
