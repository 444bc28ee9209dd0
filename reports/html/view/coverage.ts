/** The coverage page and the provenance: what was read, what was not and why, and where all this comes from. */
import type { AccountCoverage, Audit, Gap, Header } from '../../../src/model/audit.ts';
import { gapDetail } from '../../gaps.ts';
import { count, counted, shown, time } from '../text.ts';
import { compareText } from '../survey.ts';
import { cause, owner, reasons } from './detail.ts';
import type { Line } from './detail.ts';

export interface AccountLine {
  readonly name: string;
  readonly id: string;
  readonly ou: string;
  readonly state: string;
  readonly status: 'scanned' | 'unreadable' | 'skipped';
  readonly word: string;
  readonly buckets: string;
  readonly why: readonly string[];
}

export interface GapLine {
  readonly reason: string;
  readonly call: string;
  readonly account: string;
  readonly count: string;
  readonly detail: string;
  readonly example: string;
}

export interface CoverageView {
  readonly unread: readonly AccountLine[];
  readonly read: readonly AccountLine[];
  readonly readLine: string;
  readonly gaps: readonly GapLine[];
  readonly gapsLeftOut: string | null;
  readonly gapsOnPaper: string | null;
}

const gapsShown = 200;
// As in style.css: twenty pages of them nobody reads.
const gapsPrinted = 15;
// Those that were read are only listed to be looked up; those that were not are all here.
const readShown = 500;
const words = { scanned: 'Read', unreadable: 'Not readable', skipped: 'Left out' } as const;

/** Accounts that were not read stand first. */
export function coverageView({ coverage }: Audit): CoverageView {
  const accounts = [...coverage.accounts].sort((a, b) => compareText(a.id, b.id));
  const read = accounts.filter(({ status }) => status === 'scanned');
  const left = coverage.gaps.length - gapsShown;
  return {
    unread: accounts.filter(({ status }) => status !== 'scanned').map(accountLine),
    read: read.slice(0, readShown).map(accountLine),
    readLine: `${counted(read.length, 'account')} read${read.length > readShown ? `, the first ${count(readShown)} here` : ''}`,
    gaps: coverage.gaps.slice(0, gapsShown).map((gap) => gapLine(gap, coverage.accounts)),
    gapsLeftOut: left > 0 ? `${counted(left, 'smaller group')} left out here; audit.json has them.` : null,
    gapsOnPaper:
      coverage.gaps.length > gapsPrinted ? `On paper: the ${count(gapsPrinted)} largest groups.` : null,
  };
}

function accountLine(account: AccountCoverage): AccountLine {
  return {
    name: shown(account.name, 120),
    id: shown(account.id),
    ou: shown(account.ou ?? 'not known', 200),
    state: shown(account.state, 60),
    status: account.status,
    word: words[account.status],
    buckets: count(account.buckets),
    why: why(account),
  };
}

function why(account: AccountCoverage): string[] {
  if (account.status === 'scanned') return [];
  if (account.status === 'skipped') return [shown(account.why, 600)];
  return account.causes.map((each) => {
    const { label, text } = cause(each);
    return `${label}: ${text}`;
  });
}

function gapLine(gap: Gap, accounts: readonly AccountCoverage[]): GapLine {
  const name = accounts.find(({ id }) => id === gap.account)?.name ?? null;
  return {
    reason: reasons[gap.reason],
    call: gap.call === undefined ? 'no call' : shown(gap.call),
    account: gap.account === undefined ? '–' : owner(name, gap.account),
    count: count(gap.count),
    detail: shown(gapDetail(gap, accounts), 600),
    example: shown(gap.example),
  };
}

/** Where the audit comes from, line by line. */
export function provenance(header: Header): Line[] {
  return [
    { label: 'Organization', text: shown(header.organization ?? 'none, or not readable') },
    { label: 'Partition', text: shown(header.partition) },
    { label: 'Read by', text: shown(header.caller.arn) },
    { label: 'In account', text: shown(header.caller.account) },
    { label: 'Reading began', text: time(header.started) },
    { label: 'Reading ended', text: time(header.finished) },
    { label: 'Preset', text: shown(header.preset) },
    ...(header.framework === undefined ? [] : [{ label: 'Narrowed to', text: shown(header.framework) }]),
    { label: 'Configuration, SHA-256', text: shown(header.configuration) },
    { label: 'replint', text: shown(header.replint) },
  ];
}
