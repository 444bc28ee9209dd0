/** Whether a bucket's default retention is as long as somebody asks. */
import type { ObjectLockConfiguration } from '../../src/model/aws.ts';

export interface LockDemand {
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days?: number;
}

/** The options' JSON Schema. */
export const lockSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mode: {
      enum: ['GOVERNANCE', 'COMPLIANCE'],
      description: 'The least mode of the default retention; COMPLIANCE is more than GOVERNANCE.',
    },
    days: {
      type: 'integer',
      minimum: 1,
      description: 'How many days the default retention must last at least; a year counts as 365.',
    },
  },
};

/** Whether a lock is there, and its default retention is no weaker. */
export function meets(lock: ObjectLockConfiguration | null, { mode, days }: LockDemand): boolean {
  if (lock?.ObjectLockEnabled !== 'Enabled') return false;
  const retention = lock.Rule?.DefaultRetention;
  if (mode !== undefined && retention?.Mode !== 'COMPLIANCE' && retention?.Mode !== mode) return false;
  return days === undefined || daysOf(lock) >= days;
}

function daysOf({ Rule }: ObjectLockConfiguration): number {
  const { Days, Years } = Rule?.DefaultRetention ?? {};
  return Days ?? (Years ?? 0) * 365;
}

/** What is asked for, in words. */
export function describeDemand({ mode, days }: LockDemand): string {
  if (mode === undefined && days === undefined) return 'Object Lock';
  const retention = mode === undefined ? 'a default retention' : `a default retention in ${mode} mode`;
  return `Object Lock with ${retention}${days === undefined ? '' : ` of at least ${days} days`}`;
}

/** What a bucket has, in words. */
export function describeLock(lock: ObjectLockConfiguration | null): string {
  if (lock?.ObjectLockEnabled !== 'Enabled') return 'no Object Lock';
  const { Mode, Days, Years } = lock.Rule?.DefaultRetention ?? {};
  if (Mode === undefined) return 'Object Lock without a default retention';
  return `Object Lock with ${Days === undefined ? `${Years ?? 0} years` : `${Days} days`} of ${Mode}`;
}
