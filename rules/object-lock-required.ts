import { putObjectLock } from './remedies/object-lock.ts';
import { describeDemand, describeLock, lockSchema, meets, type LockDemand } from './shared/object-lock.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

const defaults: LockDemand = {};

export default defineRule({
  id: 'object-lock-required',
  title: 'Bucket is not locked as required',
  severity: 'error',
  scope: 'bucket',
  policy: true,
  why: 'The policy that names this rule asks for Object Lock in this bucket, replicated or not: without it, or under a weaker default retention, versions can be removed before they may be. A retention that is set object by object does not show in the configuration.',
  fix: 'Enable Object Lock, which needs versioning and cannot be taken back, and put a default retention that is long enough. Versions that are there already get none by it.',
  page: 'AmazonS3/latest/userguide/object-lock.html',
  needs: { bucket: ['objectLock'] },
  options: { defaults, schema: lockSchema },
  evaluate({ bucket }, demand) {
    if (meets(bucket.objectLock, demand)) return pass;
    const expected = describeDemand(demand);
    const actual = describeLock(bucket.objectLock);
    return fail({
      message: `'${bucket.name}' must have ${expected}, and has ${actual}.`,
      expected,
      actual,
      at: ['bucket.objectLock'],
    });
  },
  remedy: ({ bucket }, { mode, days }) =>
    putObjectLock(
      bucket.name,
      'bucket',
      mode === undefined && days === undefined ? null : { Mode: mode ?? 'GOVERNANCE', Days: days ?? 1 },
    ),
  examples: {
    bad: {
      options: { mode: 'COMPLIANCE', days: 365 },
      source: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Years: 1 } },
        },
      },
    },
    good: {
      options: { mode: 'COMPLIANCE', days: 365 },
      source: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } },
        },
      },
    },
  },
});
