/** JUnit XML, for whatever shows test results: a case a finding, and one for each rule that found nothing wrong somewhere. */
import type { Audit } from '../src/model/audit.ts';
import type { Finding } from '../src/model/finding.ts';
import { clip, line, xmlText } from './escape.ts';
import type { Findings, Format } from './format.ts';

/** `junit.xml`. A fail is a failure, an unknown is skipped: nobody ran that check to its end. */
export const junit: Format = { name: 'junit', file: 'junit.xml', write };

const longest = 2_000;
const longestName = 300;

async function* write(audit: Audit, findings: Findings): AsyncIterable<string> {
  const passed = Object.entries(audit.tallies.rules).filter(([, { pass }]) => pass > 0);
  const { fails, unknowns } = await count(findings);
  const { started, finished } = audit.header;
  const totals = {
    ...{ name: 'replint', tests: String(fails + unknowns + passed.length) },
    ...{ failures: String(fails), errors: '0', skipped: String(unknowns) },
  };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(totals)}>\n`;
  const seconds = String((Date.parse(finished) - Date.parse(started)) / 1000 || 0);
  yield `<testsuite${attributes({ ...totals, timestamp: started, time: seconds })}>\n`;
  for (const [name, { pass }] of passed) {
    yield `<testcase${attributes({ classname: `replint.${name}`, name: `${pass} passed` })}/>\n`;
  }
  for await (const finding of findings()) yield testCase(finding);
  yield '</testsuite>\n</testsuites>\n';
}

async function count(findings: Findings): Promise<{ readonly fails: number; readonly unknowns: number }> {
  let fails = 0;
  let unknowns = 0;
  for await (const { outcome } of findings()) {
    if (outcome === 'fail') fails += 1;
    else unknowns += 1;
  }
  return { fails, unknowns };
}

function testCase(finding: Finding): string {
  const { rule, policy, resource, route, outcome, message, severity } = finding;
  const to = route === undefined ? '' : ` → ${route.destination.bucket} (${route.replicationRule})`;
  const about = clip(line(`${resource.account} ${resource.bucket}${to}`), longestName);
  // Cases of one name would be taken for one.
  const name = `${about} [${finding.fingerprint}]`;
  const head = attributes({ classname: `replint.${policy ?? rule}`, name });
  const result =
    outcome === 'fail'
      ? `<failure${attributes({ message, type: severity })}>${body(finding)}</failure>`
      : `<skipped${attributes({ message })}/>`;
  return `<testcase${head}>${result}</testcase>\n`;
}

function body({ expected, actual, fix, evidence }: Finding): string {
  const said = [
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
