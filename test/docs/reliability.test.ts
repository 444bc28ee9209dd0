import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { read } from '../collect/estate.ts';
import { wholeEstate, wholePlan } from '../collect/whole.ts';
import { calls, cellsOf } from '../reliability/cells.ts';
import { troubles } from '../reliability/troubles.ts';

const document = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
const org = await wholeEstate();

afterAll(() => org.close());

it('docs/reliability.md says how many cells the matrix has, and which troubles', async () => {
  const closed = org.sandbox.world.accounts.get(org.partner);
  if (closed) closed.state = 'SUSPENDED';
  const fast = { perSecond: 1000, burst: 1000 };
  org.sandbox.calls.clear();
  await read(org.asRunner, {
    plan: wholePlan,
    organizationRates: { listPolicies: fast, describePolicy: fast },
  });
  const cells = cellsOf(org.sandbox.calls);
  // A call that no scan of this estate makes would be in no cell.
  const made = new Set(cells.map(({ operation }) => operation));
  expect([...calls.values()].filter((operation) => !made.has(operation))).toEqual([]);
  const said = `${cells.length.toLocaleString('en')} cells: ${calls.size} calls, ${troubles.length} troubles`;
  expect(document).toContain(said);
  for (const { name } of troubles) expect(document).toContain(name);
});
