/**
 * How many buckets are judged a second, with every rule on, and in how much memory: a generated snapshot, on disk, evaluated
 * in a process of its own. Run with `npm run bench:evaluate -- [--buckets N] [--json FILE]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bucketsOfAccount, writeOrganization } from './evaluate/organization.ts';

const { values } = parseArgs({ options: { buckets: { type: 'string' }, json: { type: 'string' } } });
const buckets = Number(values.buckets ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'replint-bench-'));

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly rules: number;
  readonly findings: number;
}

try {
  process.stderr.write(`Writing a snapshot of ${buckets} buckets…\n`);
  writeOrganization(join(folder, 'snapshot'), Math.ceil(buckets / bucketsOfAccount));
  process.stderr.write('Evaluating it…\n');
  const worker = join(import.meta.dirname, 'evaluate', 'run.js');
  const text = execFileSync(process.execPath, [worker, join(folder, 'snapshot'), join(folder, 'out')], {
    encoding: 'utf8',
  });
  // What run.ts prints.
  const run = JSON.parse(text) as Run;
  const measured = {
    'evaluate.buckets': buckets,
    'evaluate.rules': run.rules,
    'evaluate.findings': run.findings,
    'evaluate.bucketsPerSecond': Math.round(buckets / run.seconds),
    'evaluate.bucketsPerCpuSecond': Math.round(buckets / run.cpuSeconds),
    'evaluate.peakMiB': Math.round(run.peakMiB),
  };
  for (const [name, value] of Object.entries(measured)) console.log(`${name.padEnd(30)} ${value}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
