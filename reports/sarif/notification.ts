/** What a reader of the results must know besides: what is not among them, and why. */
import type { Notification } from 'sarif';
import type { AccountCoverage, Audit, Gap } from '../../src/model/audit.ts';
import type { Cause } from '../../src/model/facts.ts';
import { clip, codeScanningText, line, sentence } from '../escape.ts';
import { leftOut } from './category.ts';
import { mostResults } from './limits.ts';

/** The findings, counted in the first pass. */
export interface Count {
  readonly fails: number;
  readonly unknowns: number;
}

/** Of each kind no more than this; a last one says how many more there are. */
const mostOfAKind = 50;

export function notificationsOf(audit: Audit, count: Count): Notification[] {
  return [
    ...capped(count),
    ...unknowns(count),
    ...upTo(mostOfAKind, leftOut(audit), accountText, 'accounts that were left out'),
    ...upTo(mostOfAKind, audit.coverage.gaps, gapText, 'kinds of facts that could not be read'),
  ];
}

function capped({ fails }: Count): Notification[] {
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

function unknowns({ unknowns }: Count): Notification[] {
  if (unknowns === 0) return [];
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

function gapText(gap: Gap): string {
  return `Facts not read: ${gap.count}, for example of ${gap.example}: ${causeText(gap)}`;
}

function causeText(cause: Cause): string {
  const { call, detail } = cause;
  return call === undefined || detail.includes(call) ? detail : `${call}: ${detail}`;
}

function warning(text: string): Notification {
  return { level: 'warning', message: { text: codeScanningText(sentence(clip(line(text), 1_000))) } };
}
