/** What is different from the baseline. */
import type { Audit, AuditChange } from '../../../src/model/audit.ts';
import { severities, type Finding } from '../../../src/model/finding.ts';
import { count, counted, fragment, shown, time } from '../text.ts';
import { judgeOf } from '../survey.ts';
import { kind, owner } from './detail.ts';
import type { Kind } from './detail.ts';
import type { Measure } from './summary.ts';

/** The first of the findings that are not the audit's own. */
export interface Apart {
  readonly resolved: readonly Finding[];
  readonly carried: readonly Finding[];
}

export interface ApartLine {
  readonly kind: Kind;
  readonly message: string;
  readonly rule: string;
  readonly bucket: string;
  readonly owner: string;
}

export interface ApartList {
  readonly title: string;
  readonly lines: readonly ApartLine[];
  readonly more: string | null;
}

export interface ChangeView {
  /** Whether it is better than last time, in a line. */
  readonly brief: string;
  readonly line: string;
  readonly newLink: string;
  readonly measures: readonly Measure[];
  readonly lists: readonly ApartList[];
}

/** So many of each are listed; the rest stand in the files of the audit. */
export const apartShown = 200;

/** Null where there was no baseline. */
export function changeView({ change, header }: Audit, apart: Apart): ChangeView | null {
  if (!change) return null;
  const { finished, configuration } = change.baseline;
  const other = configuration === header.configuration ? '' : ' It was judged by another configuration.';
  return {
    brief: brief(change),
    line: `Held against the audit of ${time(finished)}.${other}`,
    newLink: fragment({ change: 'new' }),
    measures: measures(change),
    lists: [
      list('Resolved', 'resolved.ndjson', apart.resolved, total(change.resolved)),
      list('Not looked at, or not known now', 'carried.ndjson', apart.carried, total(change.carried)),
    ].filter(({ lines }) => lines.length > 0),
  };
}

function brief(change: AuditChange): string {
  const { baseline, carried } = change;
  const parts = (['new', 'resolved', 'unchanged'] as const).map(
    (one) => `${count(total(change[one]))} ${one}`,
  );
  const apart = total(carried) > 0 ? `, ${count(total(carried))} not looked at or not known now` : '';
  return `Since the audit of ${time(baseline.finished)}: ${parts.join(', ')}${apart}.`;
}

function measures(change: AuditChange): Measure[] {
  const { unknownNow, dropped } = change;
  return [
    { label: 'New', text: bySeverity(change.new), short: total(change.new) > 0 },
    { label: 'Unchanged', text: bySeverity(change.unchanged), short: false },
    { label: 'Resolved', text: bySeverity(change.resolved), short: false },
    {
      label: 'Not looked at',
      text: count(total(change.carried) - unknownNow),
      short: total(change.carried) > unknownNow,
    },
    { label: 'Failed then, not known now', text: count(unknownNow), short: unknownNow > 0 },
    { label: 'Of rules that are no longer on', text: count(dropped), short: false },
  ];
}

type Counts = AuditChange['new'];

function bySeverity(counts: Counts): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((each) => counted(counts[each], each));
  return parts.join(', ') || 'none';
}

function total({ error, warning, note }: Counts): number {
  return error + warning + note;
}

function list(title: string, file: string, findings: readonly Finding[], all: number): ApartList {
  const left = all - findings.length;
  return {
    title,
    lines: findings.map(apartLine),
    more: left > 0 ? `${counted(left, 'more finding')} in ${file}.` : null,
  };
}

function apartLine(finding: Finding): ApartLine {
  const { message, resource } = finding;
  return {
    kind: kind(finding),
    message: shown(message, 600),
    rule: shown(judgeOf(finding)),
    bucket: shown(resource.bucket),
    owner: owner(resource.accountName, resource.account),
  };
}
