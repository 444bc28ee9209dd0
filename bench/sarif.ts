/**
 * How long 25,000 results take, the most that GitHub takes in a run: the preflight of a document that has them, the upload that
 * is written of them, the same in parts, and without names. Run with `npm run bench:sarif -- [--json FILE]`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bucketsOfAccount, writeOrganization } from './evaluate/organization.ts';
import { nothingBesides } from '../reports/format.ts';
import { sarif } from '../reports/sarif.ts';
import { frameOf } from '../reports/sarif/frame.ts';
import { preflight } from '../reports/sarif/preflight.ts';
import { resultOf } from '../reports/sarif/result.ts';
import { rulesOf } from '../reports/sarif/rules.ts';
import { openAudit } from '../src/audit/read.ts';
import { FindingsFile, writeAudit } from '../src/audit/write.ts';
import { evaluate } from '../src/evaluate/evaluate.ts';
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';
import { Redaction } from '../src/redact/redaction.ts';
import { select } from '../src/selection.ts';
import { openSnapshot } from '../src/snapshot/snapshot.ts';
import { rules } from '../rules/index.ts';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const most = 25_000;
const folder = mkdtempSync(join(tmpdir(), 'replint-bench-'));

/** The failures of a generated organization, over again under other fingerprints until there are enough. */
async function failures(): Promise<{ readonly audit: Audit; readonly findings: readonly Finding[] }> {
  const snapshot = join(folder, 'snapshot');
  writeOrganization(snapshot, Math.ceil(50_000 / bucketsOfAccount));
  const file = new FindingsFile(snapshot);
  const judgement = { selection: select(rules, { preset: 'all' }), preset: 'all', configuration: '' };
  const audit = evaluate(openSnapshot(snapshot), judgement, (finding) => {
    file.add(finding);
  });
  file.finish();
  writeAudit(snapshot, audit);
  const found: Finding[] = [];
  for await (const finding of openAudit(snapshot).findings()) {
    if (finding.outcome === 'fail') found.push(finding);
  }
  const findings = Array.from({ length: most }, (_, index) => {
    const finding = found[index % found.length];
    if (!finding) throw new Error('nothing failed');
    return { ...finding, fingerprint: index.toString(16).padStart(32, '0') };
  });
  return { audit, findings };
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return Math.round(performance.now() - begun) / 1000;
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  const all = chunks[Symbol.asyncIterator]();
  while ((await all.next()).done !== true);
}

try {
  const { audit, findings } = await failures();
  const streamed = async function* (): AsyncIterable<Finding> {
    for (const finding of findings) yield await Promise.resolve(finding);
  };
  const [run] = frameOf(audit, { fails: most, unknowns: 0, waived: 0, carried: 0 }).runs;
  const ruleIndex = new Map(Object.keys(rulesOf(audit)).map((key, index) => [key, index]));
  const context = { places: { scope: 'o-bench' }, ruleIndex, seen: new Map<string, number>() };
  const results = findings.map((finding) => resultOf(finding, context));
  const document = { version: '2.1.0', runs: [{ ...run, results }] };
  const complaints: string[] = [];
  const redaction = new Redaction('names', 'a key of thirty-two characters, or', new Set());
  const redacted = async function* (all: AsyncIterable<Finding>): AsyncIterable<Finding> {
    for await (const finding of all) yield redaction.finding(finding);
  };
  const measured = {
    'sarif.results': most,
    'sarif.preflightSeconds': await seconds(() => Promise.resolve(complaints.push(...preflight(document)))),
    'sarif.writeSeconds': await seconds(() => drain(sarif.write(audit, streamed, nothingBesides))),
    'redact.learnSeconds': await seconds(() => redaction.learn(audit, [streamed])),
    'redact.findingsSeconds': await seconds(() => drain(redacted(streamed()))),
  };
  // More than GitHub keeps is no complaint of the file's form.
  console.log(`${complaints.length} complaints: ${complaints.slice(0, 3).join(' ')}`);
  for (const [name, value] of Object.entries(measured)) console.log(`${name.padEnd(30)} ${value}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
