/** A bucket's default retention, as the rules compare it. */
import type { ObjectLockConfiguration } from '../../src/model/aws.ts';

export type DefaultRetention = NonNullable<NonNullable<ObjectLockConfiguration['Rule']>['DefaultRetention']>;

/** Null where new objects are not locked by themselves. */
export function defaultRetention(lock: ObjectLockConfiguration | null): DefaultRetention | null {
  return lock?.Rule?.DefaultRetention ?? null;
}

/** A year has 365 days here; null where no period is set, but a hold that lasts until an event. */
export function daysOf({ Days, Years }: DefaultRetention): number | null {
  if (Days !== undefined) return Days;
  return Years === undefined ? null : Years * 365;
}

/** `COMPLIANCE, 30 days`. */
export function described({ Mode, Days, Years }: DefaultRetention): string {
  if (Days === undefined && Years === undefined) return 'until an event';
  return `${Mode ?? 'no mode'}, ${Days === undefined ? counted(Years ?? 0, 'year') : counted(Days, 'day')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
