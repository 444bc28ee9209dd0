/** SARIF 2.1.0 for GitHub code scanning: the failed findings, the worst 5,000. */
import type { Log, Run } from 'sarif';
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Findings, Format } from './format.ts';
import { categoryOf, scopeOf } from './sarif/category.ts';
import { gzipMeter } from './sarif/gzip.ts';
import { mostResults } from './sarif/limits.ts';
import { notificationsOf } from './sarif/notification.ts';
import type { Count } from './sarif/notification.ts';
import { frameComplaints, resultInspector, sizeComplaints } from './sarif/preflight.ts';
import { resultOf } from './sarif/result.ts';
import { ruleIdOf, ruleOf } from './sarif/rules.ts';

/** `findings.sarif`. What GitHub would refuse is an error here, before the last chunk is handed out. */
export const sarif: Format = { name: 'sarif', file: 'findings.sarif', write };

/** How the file ends, after its results. */
const end = ']}]}';

async function* write(audit: Audit, findings: Findings): AsyncIterable<string> {
  const log = frameOf(audit, await count(findings));
  refuse(frameComplaints(log));
  const meter = gzipMeter();
  const head = JSON.stringify(log).slice(0, -end.length);
  await meter.add(head);
  yield head;
  for await (const chunk of resultsOf(audit, findings)) {
    await meter.add(chunk);
    yield chunk;
  }
  await meter.add(`\n${end}\n`);
  refuse(sizeComplaints(await meter.end()));
  yield `\n${end}\n`;
}

async function count(findings: Findings): Promise<Count> {
  let fails = 0;
  let unknowns = 0;
  for await (const finding of findings()) {
    if (finding.outcome === 'fail') fails += 1;
    else unknowns += 1;
  }
  return { fails, unknowns };
}

/** The whole file but for its results, which come last in it. */
function frameOf(audit: Audit, counted: Count): Log {
  const { replint, started, finished } = audit.header;
  const rules = Object.entries(audit.rules).map(([id, rule]) => ruleOf(id, rule));
  const run: Run = {
    tool: { driver: { name: 'replint', version: replint, semanticVersion: replint, rules } },
    automationDetails: { id: categoryOf(audit) },
    invocations: [
      {
        // False would make GitHub refuse the file; what was not read is said in the notifications.
        executionSuccessful: true,
        startTimeUtc: started,
        endTimeUtc: finished,
        toolExecutionNotifications: notificationsOf(audit, counted),
      },
    ],
    results: [],
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

/** The results as text, each inspected before it is handed out. */
async function* resultsOf(audit: Audit, findings: Findings): AsyncIterable<string> {
  const keys = Object.keys(audit.rules);
  const ruleIndex = new Map(keys.map((key, index) => [key, index]));
  const context = { scope: scopeOf(audit), ruleIndex, seen: new Map<string, number>() };
  const inspect = resultInspector(keys.map(ruleIdOf), 'runs[0]');
  let written = 0;
  for await (const finding of worst(findings)) {
    const result = resultOf(finding, context);
    refuse(inspect(result));
    yield `${written === 0 ? '' : ','}\n${JSON.stringify(result)}`;
    written += 1;
  }
}

async function* worst(findings: Findings): AsyncIterable<Finding> {
  let taken = 0;
  for await (const finding of findings()) {
    if (finding.outcome !== 'fail') continue;
    yield finding;
    taken += 1;
    if (taken === mostResults) return;
  }
}

function refuse(complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new Error(`This SARIF file would be refused by GitHub code scanning:\n${complaints.join('\n')}`);
}
