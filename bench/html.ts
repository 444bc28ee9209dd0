/**
 * What the HTML report takes to be written, and to be read: an audit of many findings (a generated organization, judged by every
 * rule), its report by the real command line, that report in Chromium. Run with
 * `npm run bench:html -- [--findings N] [--accounts N] [--rounds N] [--keep DIR] [--json FILE]`; CHROMIUM names the browser.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rules } from '../rules/index.ts';
import { FindingsFile, writeAudit } from '../src/audit/write.ts';
import { evaluate } from '../src/evaluate/evaluate.ts';
import { select } from '../src/selection.ts';
import { openSnapshot } from '../src/snapshot/snapshot.ts';
import { browse, type Browsing } from './html/browse.ts';
import { writeFaultyOrganization } from './html/organization.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { findings: text, accounts: text, rounds: text, keep: text, json: text },
});
const wanted = Number(values.findings ?? 100_000);
const accounts = Number(values.accounts ?? 300);
// A route of the generated organization has six findings on average; a few more are made than are asked for.
const findingsOfRoute = 5.96;

interface Written {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly bytes: number;
}

/** An audit in the folder; how many findings it has, and how many nodes its topology. */
function audit(folder: string): {
  readonly findings: number;
  readonly nodes: number;
  readonly edges: number;
} {
  const snapshot = join(folder, 'snapshot');
  writeFaultyOrganization(snapshot, accounts, Math.ceil(wanted / accounts / findingsOfRoute));
  const findings = new FindingsFile(folder);
  let count = 0;
  const settings = { selection: select(rules, { preset: 'all' }), preset: 'all', configuration: '' };
  const made = evaluate(openSnapshot(snapshot), settings, (finding) => {
    findings.add(finding);
    count += 1;
  });
  findings.finish();
  writeAudit(folder, made);
  rmSync(snapshot, { recursive: true });
  return { findings: count, nodes: made.topology.nodes.length, edges: made.topology.edges.length };
}

/** Says at the end what memory the process had at its most. */
const telling = `data:text/javascript,${encodeURIComponent(
  "import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)))",
)}`;

function write(folder: string): Written {
  const cli = join(import.meta.dirname, '../src/cli/main.js');
  const peak = join(folder, 'peak');
  const began = performance.now();
  execFileSync(process.execPath, ['--import', telling, cli, 'report', folder, '--format', 'html'], {
    env: { ...process.env, PEAK: peak },
  });
  return {
    seconds: (performance.now() - began) / 1000,
    peakMiB: Number(readFileSync(peak, 'utf8')) / 1024,
    bytes: statSync(join(folder, 'report.html')).size,
  };
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;
}

function figures(made: ReturnType<typeof audit>, written: Written, read: Browsing): Record<string, number> {
  const acts = Object.entries(read.acts).flatMap(([name, taken]) => [
    [`html.${name}Ms`, median(taken)] as const,
    [`html.${name}WorstMs`, Math.max(...taken)] as const,
    [`html.${name}WorstCpuMs`, Math.max(...(read.cpu[name] ?? []))] as const,
  ]);
  return {
    'html.findings': made.findings,
    'html.topologyNodes': made.nodes,
    'html.topologyEdges': made.edges,
    'html.writeSeconds': written.seconds,
    'html.writePeakMiB': written.peakMiB,
    'html.megabytes': written.bytes / 1e6,
    'html.firstPaintMs': read.firstPaintMs,
    'html.usableMs': read.usableMs,
    'html.openingLongestTaskMs': read.openingLongestTaskMs,
    ...Object.fromEntries(acts),
    'html.scrollLongestFrameMs': read.scrollLongestFrameMs,
    'html.scrollLongestTaskMs': read.scrollLongestTaskMs,
    'html.heapMiB': read.heapMiB,
    'html.printSeconds': read.printSeconds,
    'html.printedPages': read.printedPages,
    'html.printedMiB': read.printedMiB,
  };
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'replint-bench-'));
mkdirSync(folder, { recursive: true });
try {
  process.stderr.write(`Making an audit of ${wanted} findings…\n`);
  const made = audit(folder);
  process.stderr.write('Writing and reading its report…\n');
  const written = write(folder);
  const read = await browse(pathToFileURL(join(folder, 'report.html')).href, Number(values.rounds ?? 3));
  const measured = Object.fromEntries(
    Object.entries(figures(made, written, read)).map(([name, value]) => [
      name,
      Math.round(value * 100) / 100,
    ]),
  );
  for (const [name, value] of Object.entries(measured)) console.log(`${name.padEnd(30)} ${value}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
