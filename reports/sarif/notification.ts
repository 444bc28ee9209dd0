/** What a reader of the results must know besides: what is not among them, and why. */
import type { Notification } from 'sarif';
import type { AccountCoverage, Audit, Gap, WaiverUse } from '../../src/model/audit.ts';
import type { Cause } from '../../src/model/facts.ts';
import { gapDetail } from '../gaps.ts';
import { clip, codeScanningText, line, sentence } from '../escape.ts';
import { leftOut } from './category.ts';
import { mostResults } from './limits.ts';

/** The findings, counted in the first pass. */
export interface Count {
  readonly fails: number;
  readonly unknowns: number;
  /** Failed, and waived: not among the results. */
  readonly waived: number;
  /** Of the baseline, and among the results. */
  readonly carried: number;
}

/** Of each kind no more than this; a last one says how many more there are. */
const mostOfAKind = 50;

export function notificationsOf(audit: Audit, count: Count): Notification[] {
  return [
    ...capped(count),
    ...carriedAlong(count),
    ...unknowns(count, audit),
    ...waived(count),
    ...upTo(
      mostOfAKind,
      audit.waivers.filter(({ said }) => said !== null),
      waiverText,
      'waivers to look at',
    ),
    ...upTo(mostOfAKind, leftOut(audit), accountText, 'accounts that were left out'),
    ...upTo(
      mostOfAKind,
      audit.coverage.gaps,
      (gap) => gapText(gap, audit.coverage.accounts),
      'kinds of facts that could not be read',
    ),
  ];
}

function capped({ fails: found, carried }: Count): Notification[] {
  const fails = found + carried;
  if (fails <= mostResults) return [];
  const rest = fails - mostResults;
  return [
    warning(
      `Code scanning keeps ${mostResults} results: the ${mostResults} worst of ${fails} stand here, ` +
        `and ${rest} more in the other reports (findings.ndjson, findings.csv, report.html). ` +
        'An alert that is missing here need not be mended.',
    ),
  ];
}

function carriedAlong({ carried }: Count): Notification[] {
  if (carried === 0) return [];
  return [
    warning(
      `Carried along from the baseline: ${carried} failures that this audit did not look at, or could not decide. ` +
        'They stand among the results, so that the upload closes no alert of theirs.',
    ),
  ];
}

function waived({ waived }: Count): Notification[] {
  if (waived === 0) return [];
  return [
    warning(
      `Failures that are waived: ${waived}. They stand in the other reports, with reason, owner and last day; ` +
        'an alert of one that is closed by this upload was not mended.',
    ),
  ];
}

function waiverText({ rule, policy, owner, said }: WaiverUse): string {
  return `The waiver of ${policy ?? rule} (${owner}): ${said ?? ''}`;
}

function unknowns({ unknowns }: Count, { change }: Audit): Notification[] {
  if (unknowns === 0) return [];
  if (change)
    return [
      warning(
        `Checks whose outcome is not known: ${unknowns}. They stand in the other reports as unknown; ` +
          'those that failed in the baseline are among the results.',
      ),
    ];
  return [
    warning(
      `Checks whose outcome is not known: ${unknowns}. They stand in the other reports as unknown; ` +
        'an alert of one that is closed by this upload was not necessarily mended.',
    ),
  ];
}

function upTo<T>(most: number, list: readonly T[], text: (each: T) => string, what: string): Notification[] {
  const said = list.slice(0, most).map((each) => warning(text(each)));
  const rest = list.length - said.length;
  return rest === 0 ? said : [...said, warning(`And ${rest} more ${what}.`)];
}

function accountText(account: AccountCoverage): string {
  const why = account.status === 'unreadable' ? account.causes.map(causeText).join('; ') : reasonOf(account);
  return `Account ${account.id} (${account.name}) was left out: ${why}`;
}

function reasonOf(account: AccountCoverage): string {
  return account.status === 'skipped' ? account.why : account.status;
}

function gapText(gap: Gap, accounts: readonly AccountCoverage[]): string {
  const detail = causeText({ ...gap, detail: gapDetail(gap, accounts) });
  return `Facts not read: ${gap.count}, for example of ${gap.example}: ${detail}`;
}

function causeText(cause: Cause): string {
  const { call, detail } = cause;
  return call === undefined || detail.includes(call) ? detail : `${call}: ${detail}`;
}

function warning(text: string): Notification {
  return { level: 'warning', message: { text: codeScanningText(sentence(clip(line(text), 1_000))) } };
}
