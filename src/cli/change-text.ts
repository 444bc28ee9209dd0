/** What an audit's difference from its baseline comes to, in words. */
import { count } from './terminal.ts';
import type { AuditChange } from '../model/audit.ts';
import { severities, type Severity } from '../model/finding.ts';

/** `2 new (1 error, 1 note), 3 unchanged, none resolved` */
export function changeCounts({ new: fresh, unchanged, resolved }: AuditChange): string {
  return [counted(fresh, 'new'), counted(unchanged, 'unchanged'), counted(resolved, 'resolved')].join(', ');
}

/** What the counts alone would not tell. */
export function changeLines({ carried, unknownNow, dropped }: AuditChange): readonly string[] {
  const unseen = total(carried) - unknownNow;
  return [
    ...(unseen === 0
      ? []
      : [
          `${count(unseen, 'failure')} of the baseline ${are(unseen)} where this audit did not look: carried.`,
        ]),
    ...(unknownNow === 0
      ? []
      : [`${count(unknownNow, 'failure')} of the baseline ${are(unknownNow)} not known now: carried.`]),
    ...(dropped === 0
      ? []
      : [`${count(dropped, 'failure')} of the baseline ${are(dropped)} of rules that are no longer on.`]),
  ];
}

function counted(counts: Readonly<Record<Severity, number>>, word: string): string {
  const all = total(counts);
  if (all === 0) return `none ${word}`;
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => count(counts[severity], severity));
  return `${all} ${word} (${parts.join(', ')})`;
}

/** Of all severities together. */
export function total(counts: Readonly<Record<Severity, number>>): number {
  return counts.error + counts.warning + counts.note;
}

function are(number: number): string {
  return number === 1 ? 'is' : 'are';
}
