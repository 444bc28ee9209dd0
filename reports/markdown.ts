/**
 * Markdown for the summary of a GitHub Actions step: the counts, what changed, the rules, the worst findings, the waivers, the frameworks,
 * what was not read.
 */
import type { Audit } from '../src/model/audit.ts';
import { severities, type Finding } from '../src/model/finding.ts';
import { assess } from './controls.ts';
import type { Standing } from './controls.ts';
import { clip, line, markdownText } from './escape.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';
import { gapDetail } from './gaps.ts';
import { judgeOf, own } from './html/survey.ts';

/** `summary.md`. */
export const markdown: Format = { name: 'markdown', file: 'summary.md', write };

/**
 * GitHub drops a summary of more than 1 MiB. Each row is clipped, so that this many of each kind stay below it.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const mostFindings = 200;
const mostRules = 50;
const mostApart = 50;
const mostWaivers = 50;
const mostGaps = 50;
const mostFrameworks = 50;
const longestMessage = 300;
const longestWord = 100;

async function* write(
  audit: Audit,
  findings: Findings,
  besides: Besides = nothingBesides,
): AsyncIterable<string> {
  yield* head(audit);
  yield* changes(audit);
  yield* rules(audit);
  yield* worst(findings);
  yield* apart('Resolved since the last audit', besides.resolved);
  yield* apart('Failed in the last audit, and not looked at or not known now', besides.carried);
  yield* waivers(audit);
  yield* frameworks(audit);
  yield* unread(audit);
}

function* head({ header, tallies, coverage }: Audit): Iterable<string> {
  const scope = header.organization ?? `account ${header.caller.account}`;
  const narrowed = header.framework === undefined ? '' : `, narrowed to ${word(header.framework)}`;
  yield `# S3 replication audit of ${word(scope)}${narrowed}\n\n`;
  yield row(['error', 'warning', 'note', 'waived', 'unknown', 'pass']);
  yield row(Array.from({ length: 6 }, () => '---:'));
  const { fail, waived, unknown, pass } = tallies;
  yield row([fail.error, fail.warning, fail.note, waived, unknown, pass].map(String));
  yield `\n${coverage.buckets} buckets, ${coverage.replicatingBuckets} of them replicating over ${coverage.routes} routes, `;
  yield `read from ${word(header.started)} to ${word(header.finished)} by ${word(header.caller.arn)}. `;
  yield coverage.complete ? 'Everything was read.\n' : '**Not everything could be read.**\n';
}

function* changes({ change }: Audit): Iterable<string> {
  if (!change) return;
  yield `\n## Since the audit of ${word(change.baseline.finished)}\n\n`;
  yield row(['', ...severities]) + row(['---', ...severities.map(() => '---:')]);
  for (const name of ['new', 'unchanged', 'resolved', 'carried'] as const) {
    yield row([name, ...severities.map((severity) => String(change[name][severity]))]);
  }
}

/** In a large organization the first findings are of few rules and few accounts. */
function* rules({ tallies, rules: told }: Audit): Iterable<string> {
  const found = Object.entries(tallies.rules)
    .flatMap(([name, { fail, unknown }]) => {
      const severity = own(told, name)?.severity;
      return severity === undefined || fail + unknown === 0 ? [] : [{ name, severity, fail, unknown }];
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.fail - a.fail ||
        b.unknown - a.unknown,
    );
  if (found.length === 0) return;
  yield `\n## By rule\n\n${row(['', 'Rule', 'Failures', 'Unknown'])}${row(['---', '---', '---:', '---:'])}`;
  for (const { name, severity, fail, unknown } of found.slice(0, mostRules))
    yield row([severity, word(name), String(fail), String(unknown)]);
  yield* cut(found.length, mostRules, 'rules');
}

async function* worst(findings: Findings): AsyncIterable<string> {
  let seen = 0;
  for await (const finding of findings()) {
    if (seen === 0) yield `\n## Findings, worst first\n\n${row(columns)}${row(columns.map(() => '---'))}`;
    seen += 1;
    if (seen <= mostFindings) yield row(cells(finding));
  }
  if (seen === 0) yield '\nNothing was found.\n';
  if (seen > mostFindings) {
    yield `\n**Cut here: ${mostFindings} of ${seen} findings.** The other reports have all of them.\n`;
  }
}

const columns = ['', 'Account', 'Rule', 'Finding', 'Fix'];

function cells(finding: Finding): readonly string[] {
  const { severity, outcome, resource, message, fix, change } = finding;
  return [
    [outcome === 'fail' ? taken(finding) : `unknown (${severity})`, ...(change ? [change] : [])].join(', '),
    word(`${resource.accountName} (${resource.account})`),
    word(judgeOf(finding)),
    text(message, longestMessage),
    text(fix.text, longestMessage),
  ];
}

function taken({ severity, waiver }: Finding): string {
  return waiver ? `waived (${severity})` : severity;
}

/** The first of the findings that are the baseline's alone. */
async function* apart(title: string, findings: Findings): AsyncIterable<string> {
  let seen = 0;
  for await (const finding of findings()) {
    if (seen === 0) yield `\n## ${title}\n\n`;
    seen += 1;
    if (seen > mostApart) continue;
    const { message, resource } = finding;
    yield `- ${taken(finding)}, ${word(judgeOf(finding))}, ${word(resource.account)}: ${text(message, longestMessage)}\n`;
  }
  if (seen > mostApart)
    yield `\n**Cut here: ${mostApart} of ${seen}.** The other reports have all of them.\n`;
}

/** Those of which something is to be said first. */
function* waivers({ waivers: all }: Audit): Iterable<string> {
  if (all.length === 0) return;
  yield `\n## Waivers\n\n${row(waiverColumns)}${row(waiverColumns.map(() => '---'))}`;
  const sorted = [...all.filter(({ said }) => said !== null), ...all.filter(({ said }) => said === null)];
  for (const { rule, policy, owner, expires, failures, reason, said } of sorted.slice(0, mostWaivers)) {
    const words = [policy ?? rule, owner, expires, String(failures)].map(word);
    yield row([...words, text(reason, longestMessage), text(said ?? '', longestMessage)]);
  }
  yield* cut(all.length, mostWaivers, 'waivers');
}

const waiverColumns = ['Rule or policy', 'Owner', 'Last day', 'Failures', 'Reason', 'To do'];

function* frameworks(audit: Audit): Iterable<string> {
  const results = assess(audit);
  if (results.length === 0) return;
  yield '\n## Frameworks\n\n';
  yield (
    row(['Framework', 'Controls', ...standings]) + row(['---', ...Array.from({ length: 6 }, () => '---:')])
  );
  for (const { framework, controls } of results.slice(0, mostFrameworks)) {
    const of = (standing: Standing): number => controls.filter((one) => one.standing === standing).length;
    yield row([word(framework.title), String(controls.length), ...standings.map((one) => String(of(one)))]);
  }
  yield* cut(results.length, mostFrameworks, 'frameworks');
}

const standings: readonly Standing[] = ['fail', 'not assessed', 'waived', 'pass', 'nothing to assess'];

function* unread({ coverage }: Audit): Iterable<string> {
  const accounts = coverage.accounts.filter(({ status }) => status === 'unreadable');
  if (accounts.length > 0) {
    yield '\n## Accounts that could not be read\n\n';
    for (const { name, id } of accounts.slice(0, mostGaps)) yield `- ${word(name)} (${word(id)})\n`;
    yield* cut(accounts.length, mostGaps, 'accounts');
  }
  if (coverage.gaps.length === 0) return;
  yield `\n## Facts that could not be read\n\n${row(['Facts', 'Reason', 'Call', 'Detail'])}${row(['---:', '---', '---', '---'])}`;
  for (const gap of coverage.gaps.slice(0, mostGaps)) {
    const { count, reason, call = '' } = gap;
    const detail = text(gapDetail(gap, coverage.accounts), longestMessage);
    yield row([String(count), reason, word(call), detail]);
  }
  yield* cut(coverage.gaps.length, mostGaps, 'groups');
}

function* cut(all: number, most: number, what: string): Iterable<string> {
  if (all > most) yield `\n**Cut here: ${most} of ${all} ${what}.** report.html has more, audit.json all.\n`;
}

function row(all: readonly string[]): string {
  return `| ${all.join(' | ')} |\n`;
}

function word(name: string): string {
  return text(name, longestWord);
}

/** As it stands: no markup, and no link that GitHub would make of an address or a name. */
function text(said: string, most: number): string {
  return markdownText(clip(line(said), most))
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\b(www)\./gi, '$1\\.')
    .replaceAll('@', '\\@');
}
