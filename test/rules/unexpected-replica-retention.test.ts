import { describeRule } from './describe-rule.ts';
import rule from '../../rules/unexpected-replica-retention.ts';
import type { ObjectLockConfiguration } from '../../src/model/aws.ts';

const lock = (DefaultRetention?: object): { readonly objectLock: ObjectLockConfiguration } => ({
  objectLock: {
    ObjectLockEnabled: 'Enabled',
    ...(DefaultRetention ? { Rule: { DefaultRetention } } : {}),
  },
});
const month = { Mode: 'COMPLIANCE', Days: 30 };

describeRule(rule, {
  pass: [
    { name: 'both have a default retention', source: lock(month), destination: lock(month) },
    {
      name: 'the source has one, whatever the destination has',
      source: lock(month),
      denied: ['destination.objectLock'],
    },
  ],
  fail: [
    {
      name: 'the source has no Object Lock',
      destination: lock(month),
      actual: 'COMPLIANCE, 30 days',
      message:
        "Replicas of 'orders' in 'orders-replica' are locked although the objects at the source are not: the destination has a default retention (COMPLIANCE, 30 days) and the source has none.",
    },
    {
      name: 'the source has Object Lock and no default',
      source: lock(),
      destination: lock({ Mode: 'GOVERNANCE', Years: 1 }),
      actual: 'GOVERNANCE, 1 year',
      message: ['are locked although'],
    },
    {
      name: 'a hold that lasts until an event',
      destination: lock({ DefaultEventHold: {} }),
      actual: 'until an event',
      message: ['are locked although'],
    },
  ],
  notApplicable: [
    { name: 'neither has Object Lock' },
    { name: 'trap 16: a locked destination without a default', destination: lock() },
  ],
  unknown: [
    { name: 'the source is denied', destination: lock(month), denied: ['source.objectLock'] },
    { name: 'the destination is denied', denied: ['destination.objectLock'] },
  ],
});
