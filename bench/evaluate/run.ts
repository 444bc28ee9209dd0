/** Evaluates a snapshot in a process of its own, and prints what it took. */
import { mkdirSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { rules } from '../../rules/index.ts';
import { FindingsFile, writeAudit } from '../../src/audit/write.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { select } from '../../src/selection.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';

const [snapshot = '', out = ''] = process.argv.slice(2);
const policies = rules
  .filter(({ policy }) => policy === true)
  .map(({ id }) => ({ name: `${id} where it counts`, rule: id, only: { buckets: ['*-data-0'] } }));
const selection = select(rules, { preset: 'all', policies });
mkdirSync(out, { recursive: true });
const begun = performance.now();
const cpu = process.cpuUsage();
const findings = new FindingsFile(out);
let count = 0;
const audit = evaluate(openSnapshot(snapshot), { selection, preset: 'all', configuration: '' }, (finding) => {
  findings.add(finding);
  count += 1;
});
findings.finish();
writeAudit(out, audit);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(cpu);
rmSync(out, { recursive: true });
process.stdout.write(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    rules: selection.length,
    findings: count,
  }),
);
