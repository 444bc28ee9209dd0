/** The end of a scan, for a person: what was looked at, what was not, what is wrong and what to do about it. */
import { relative } from 'node:path';
import { changeCounts, changeLines, total } from './change-text.ts';
import { marks, painter, type Paint } from './paint.ts';
import { count, inert, type Terminal } from './terminal.ts';
import type { Audit, Coverage } from '../model/audit.ts';
import type { Finding } from '../model/finding.ts';

const worstShown = 5;
const gapsShown = 3;

export interface SummaryFacts {
  readonly audit: Audit;
  readonly findings: () => AsyncIterable<Finding>;
  /** The reports' paths. */
  readonly reports: readonly string[];
  readonly seconds: number | null;
  readonly calls: number | null;
}

/** The summary's text, with a line feed at its end. */
export async function summary(facts: SummaryFacts, { colour }: Pick<Terminal, 'colour'>): Promise<string> {
  const paint = painter(colour);
  const { audit } = facts;
  const lines = [
    '',
    ...scanned(facts, paint),
    ...notScanned(audit.coverage, paint),
    '',
    counts(audit, paint),
    ...changed(audit, paint),
    ...waivers(audit, paint),
    ...(await worst(facts, paint)),
    '',
    paint('1', 'Reports'),
    ...facts.reports.map((path) => `  ${relative('.', path) || path}`),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function scanned({ audit, seconds, calls }: SummaryFacts, paint: Paint): readonly string[] {
  const { coverage, header } = audit;
  const read = coverage.accounts.filter(({ status }) => status === 'scanned').length;
  const effort =
    seconds === null || calls === null ? '' : `, with ${count(calls, 'call')} in ${seconds.toFixed(1)} s`;
  const where =
    header.organization === null ? `account ${header.caller.account}` : `organization ${header.organization}`;
  return [
    `${paint('1', 'Scanned')}  ${where}: ${read} of ${count(coverage.accounts.length, 'account')}, ${count(coverage.buckets, 'bucket')}, ` +
      `${count(coverage.routes, 'route')}${effort}`,
  ];
}

function notScanned({ accounts, gaps }: Coverage, paint: Paint): readonly string[] {
  const missed = accounts.flatMap((account) => {
    const name = `${account.id}${account.name === '' ? '' : ` ${inert(account.name, 60)}`}`;
    if (account.status === 'unreadable') return [`  ${name}: ${inert(account.causes[0]?.detail ?? '')}`];
    return account.status === 'skipped' ? [`  ${name}: ${inert(account.why)}`] : [];
  });
  const denied = gaps.slice(0, gapsShown).map((gap) => {
    const times = gap.count === 1 ? '' : ` (${gap.count} times)`;
    return `  ${inert(gap.detail)}${times}`;
  });
  const more =
    gaps.length > gapsShown ? [`  … and ${gaps.length - gapsShown} more kinds; the report lists them.`] : [];
  const lines = [...missed, ...denied, ...more];
  return lines.length === 0 ? [] : [paint('1', 'Not read'), ...lines];
}

function counts({ tallies }: Audit, paint: Paint): string {
  const parts = (['error', 'warning', 'note'] as const).map((severity) => {
    const [shape, colour] = marks[severity];
    return paint(colour, `${shape} ${count(tallies.fail[severity], severity)}`);
  });
  const waived = tallies.waived === 0 ? '' : `   ○ ${tallies.waived} waived`;
  return `${paint('1', 'Found')}    ${parts.join('   ')}${waived}   ? ${tallies.unknown} unknown   ✓ ${tallies.pass} passed`;
}

/** What is different from the baseline. */
function changed({ change }: Audit, paint: Paint): readonly string[] {
  if (!change) return [];
  const lines = changeLines(change).map((line) => `  ${line}`);
  return [`${paint('1', 'Since')}    ${inert(change.baseline.finished)}: ${changeCounts(change)}`, ...lines];
}

/** The waivers of which something is to be said. */
function waivers({ waivers }: Audit, paint: Paint): readonly string[] {
  const lines = waivers.flatMap(({ rule, policy, owner, said }) =>
    said === null ? [] : [`  ${inert(policy ?? rule, 80)} (${inert(owner, 80)}): ${inert(said)}`],
  );
  return lines.length === 0 ? [] : [paint('1', 'Waivers'), ...lines];
}

async function worst({ findings, audit }: SummaryFacts, paint: Paint): Promise<readonly string[]> {
  const shown: string[] = [];
  let number = 0;
  for await (const finding of findings()) {
    if (finding.outcome !== 'fail' || finding.waiver) continue;
    if (number === worstShown) break;
    number += 1;
    shown.push('', ...block(finding, number, paint));
  }
  const all = total(audit.tallies.fail);
  return shown.length === 0 ? [] : ['', paint('1', `The worst ${number} of ${all}`), ...shown];
}

function block(
  { severity, rule, message, fix, resource }: Finding,
  number: number,
  paint: Paint,
): readonly string[] {
  const [shape, colour] = marks[severity];
  const owner = [resource.accountName, resource.account].filter(Boolean).join(' · ');
  return [
    `${number}. ${paint(colour, `${shape} ${rule}`)}  ${paint('2', inert(owner, 80))}`,
    `   ${inert(message)}`,
    `   ${paint('1', 'Fix')} ${inert(fix.text)}`,
    ...(fix.cli?.split('\n') ?? []).map((command) => `   ${paint('36', `$ ${inert(command, 1000)}`)}`),
  ];
}
