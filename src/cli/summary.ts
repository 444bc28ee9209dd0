/** The end of a scan, for a person: what was looked at, what was not, what is wrong and what to do about it. */
import { relative } from 'node:path';
import { changeCounts, changeLines, total } from './change-text.ts';
import { marks, painter, type Paint } from './paint.ts';
import { count, inert, type Terminal } from './terminal.ts';
import type { Audit, Coverage } from '../model/audit.ts';
import type { Finding } from '../model/finding.ts';
import { gapDetail } from '../../reports/gaps.ts';

const worstShown = 5;
const missedShown = 10;
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
  const told = gaps.map((gap) => {
    const detail = gapDetail(gap, accounts);
    if (gap.count === 1) return `  ${inert(detail)}`;
    const one = detail === gap.detail ? 'for example: ' : '';
    return `  ${count(gap.count, 'fact')}, ${one}${inert(detail)}`;
  });
  const lines = [...first(missed, missedShown, 'account'), ...first(told, gapsShown, 'gap')];
  return lines.length === 0 ? [] : [paint('1', 'Not read'), ...lines];
}

function first(lines: readonly string[], most: number, noun: string): readonly string[] {
  const more = lines.length - most;
  if (more <= 0) return lines;
  return [...lines.slice(0, most), `  … and ${count(more, `more ${noun}`)}; the report has all.`];
}

function counts({ tallies }: Audit, paint: Paint): string {
  const parts = (['error', 'warning', 'note'] as const).map((severity) => {
    const [shape, colour] = marks[severity];
    return paint(colour, `${shape} ${count(tallies.fail[severity], severity)}`);
  });
  const waived = tallies.waived === 0 ? '' : `   ○ ${tallies.waived.toLocaleString('en')} waived`;
  return `${paint('1', 'Found')}    ${parts.join('   ')}${waived}   ? ${tallies.unknown.toLocaleString('en')} unknown   ✓ ${tallies.pass.toLocaleString('en')} passed`;
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

/** The worst of each rule: in a large organization the first five would be five of the same. */
async function worst({ findings, audit }: SummaryFacts, paint: Paint): Promise<readonly string[]> {
  const shown = new Map<string, readonly string[]>();
  for await (const finding of findings()) {
    if (shown.size === worstShown) break;
    const judge = finding.policy ?? finding.rule;
    if (finding.outcome !== 'fail' || finding.waiver || shown.has(judge)) continue;
    const alike = audit.tallies.rules[judge]?.fail ?? 1;
    shown.set(judge, ['', ...block(finding, alike, shown.size + 1, paint)]);
  }
  if (shown.size === 0) return [];
  const all = total(audit.tallies.fail).toLocaleString('en');
  return ['', paint('1', `The worst ${shown.size} of ${all}, one of a rule`), ...[...shown.values()].flat()];
}

function block(
  { severity, rule, message, fix, resource }: Finding,
  alike: number,
  number: number,
  paint: Paint,
): readonly string[] {
  const [shape, colour] = marks[severity];
  const many = alike > 1 ? `1 of ${alike.toLocaleString('en')}` : '';
  const owner = [resource.accountName, resource.account, many].filter(Boolean).join(' · ');
  return [
    `${number}. ${paint(colour, `${shape} ${rule}`)}  ${paint('2', inert(owner, 80))}`,
    `   ${inert(message)}`,
    `   ${paint('1', 'Fix')} ${inert(fix.text)}`,
    ...(fix.cli?.split('\n') ?? []).map((command) => `   ${paint('36', `$ ${inert(command, 1000)}`)}`),
  ];
}
