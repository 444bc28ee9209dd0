/**
 * SARIF 2.1.0 for GitHub code scanning: the failed findings, the worst 5,000, and with them those of the baseline that this
 * audit did not look at, since GitHub closes what an upload lacks. What is waived stays out: GitHub reads no suppressions.
 */
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';
import { scopeOf, withheld } from './sarif/category.ts';
import { count, end, frameOf } from './sarif/frame.ts';
import { gzipMeter } from './sarif/gzip.ts';
import { frameComplaints, resultInspector, sizeComplaints } from './sarif/preflight.ts';
import type { Places } from './sarif/location.ts';
import { resultOf } from './sarif/result.ts';
import { ruleIdOf, rulesOf } from './sarif/rules.ts';
import { worst } from './sarif/worst.ts';

/** `findings.sarif`. What GitHub would refuse is an error here, before the last chunk is handed out. */
export const sarif: Format = { name: 'sarif', file: 'findings.sarif', write, withheld };

async function* write(
  audit: Audit,
  findings: Findings,
  besides: Besides = nothingBesides,
): AsyncIterable<string> {
  const log = frameOf(audit, await count(findings, besides.carried));
  refuse(frameComplaints(log));
  const meter = gzipMeter();
  const head = JSON.stringify(log).slice(0, -end.length);
  await meter.add(head);
  yield head;
  const places = { scope: scopeOf(audit), inventory: besides.inventory };
  for await (const chunk of resultsOf(audit, places, worst(findings, besides.carried))) {
    await meter.add(chunk);
    yield chunk;
  }
  await meter.add(`\n${end}\n`);
  refuse(sizeComplaints(await meter.end()));
  yield `\n${end}\n`;
}

/** The results as text, each inspected before it is handed out. */
async function* resultsOf(
  audit: Audit,
  places: Places,
  findings: AsyncIterable<Finding>,
): AsyncIterable<string> {
  const keys = Object.keys(rulesOf(audit));
  const ruleIndex = new Map(keys.map((key, index) => [key, index]));
  const context = { places, ruleIndex, seen: new Map<string, number>() };
  const inspect = resultInspector(keys.map(ruleIdOf), 'runs[0]');
  let written = 0;
  for await (const finding of findings) {
    const result = resultOf(finding, context);
    refuse(inspect(result));
    yield `${written === 0 ? '' : ','}\n${JSON.stringify(result)}`;
    written += 1;
  }
}

function refuse(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new Error(`This SARIF file would be refused by GitHub code scanning:\n${complaints.join('\n')}`);
}
