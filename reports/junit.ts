/** JUnit XML, for whatever shows test results: a case a finding, and one for each rule that found nothing wrong somewhere. */
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';
import { clip, line, xmlText } from './escape.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';

/**
 * `junit.xml`. A fail is a failure. Skipped is whatever is neither that nor a pass: an unknown, since nobody ran that check to its
 * end, what is waived, and what failed in the baseline and was not looked at. What is resolved is a pass.
 */
export const junit: Format = { name: 'junit', file: 'junit.xml', write };

const longest = 2_000;
const longestName = 300;

type Verdict = 'failure' | 'skipped' | 'passed';

function verdictOf({ outcome, waiver, change }: Finding): Verdict {
  if (change === 'resolved') return 'passed';
  return outcome === 'fail' && !waiver && change !== 'carried' ? 'failure' : 'skipped';
}

async function* write(
  audit: Audit,
  findings: Findings,
  { resolved, carried }: Besides = nothingBesides,
): AsyncIterable<string> {
  const all = [findings, resolved, carried];
  const rules = Object.entries(audit.tallies.rules).filter(([, { pass }]) => pass > 0);
  const { failure, skipped, passed } = await count(all);
  const { started, finished } = audit.header;
  const totals = {
    ...{ name: 'replint', tests: String(failure + skipped + passed + rules.length) },
    ...{ failures: String(failure), errors: '0', skipped: String(skipped) },
  };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(totals)}>\n`;
  const seconds = String((Date.parse(finished) - Date.parse(started)) / 1000 || 0);
  yield `<testsuite${attributes({ ...totals, timestamp: started, time: seconds })}>\n`;
  for (const [name, { pass }] of rules) {
    yield `<testcase${attributes({ classname: `replint.${name}`, name: `${pass} passed` })}/>\n`;
  }
  for (const each of all) for await (const finding of each()) yield testCase(finding);
  yield '</testsuite>\n</testsuites>\n';
}

async function count(all: readonly Findings[]): Promise<Readonly<Record<Verdict, number>>> {
  const counts = { failure: 0, skipped: 0, passed: 0 };
  for (const each of all) for await (const finding of each()) counts[verdictOf(finding)] += 1;
  return counts;
}

function testCase(finding: Finding): string {
  const { rule, policy, resource, route, message, severity } = finding;
  const to = route === undefined ? '' : ` → ${route.destination.bucket} (${route.replicationRule})`;
  const about = clip(line(`${resource.account} ${resource.bucket}${to}`), longestName);
  // Cases of one name would be taken for one.
  const name = `${about} [${finding.fingerprint}]`;
  const head = attributes({ classname: `replint.${policy ?? rule}`, name });
  switch (verdictOf(finding)) {
    case 'failure':
      return `<testcase${head}><failure${attributes({ message, type: severity })}>${body(finding)}</failure></testcase>\n`;
    case 'skipped':
      return `<testcase${head}><skipped${attributes({ message: `${why(finding)}${message}` })}/></testcase>\n`;
    case 'passed':
      return `<testcase${head}><system-out>${xmlText(`Resolved: ${line(message)}`)}</system-out></testcase>\n`;
  }
}

/** Why a failure is none here. */
function why({ waiver, change }: Finding): string {
  const taken = waiver ? `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason} ` : '';
  if (change === 'carried') return `${taken}Failed in the baseline, and not looked at now: `;
  return change === 'unknown-now' ? 'Failed in the baseline, and not known now: ' : taken;
}

function body({ expected, actual, fix, evidence, change }: Finding): string {
  const said = [
    ['Since the baseline', change ?? ''],
    ['Expected', expected ?? ''],
    ['Found', actual ?? ''],
    ['Fix', fix.text],
    ['Type', fix.cli ?? ''],
    ...evidence.map(({ call, time, account, resource }) => [
      'Evidence',
      `${call} of ${resource} as ${account} at ${time}`,
    ]),
  ].filter(([, text]) => text !== '');
  return said.map(([label = '', text = '']) => xmlText(`${label}: ${clip(text, longest)}\n`)).join('');
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(clip(line(value), longest))}"`)
    .join('');
}
