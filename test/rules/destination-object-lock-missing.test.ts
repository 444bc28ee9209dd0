import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-object-lock-missing.ts';

const locked = { objectLock: { ObjectLockEnabled: 'Enabled' } };

describeRule(rule, {
  pass: [
    { name: 'both ends have Object Lock', source: locked, destination: locked },
    {
      name: 'a default retention makes no difference',
      source: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
        },
      },
      destination: locked,
    },
  ],
  fail: [
    {
      name: 'the destination answers ObjectLockConfigurationNotFoundError',
      source: locked,
      message:
        "Objects of 'orders' will not reach 'orders-replica': the source has Object Lock and the destination has not.",
    },
  ],
  notApplicable: [
    { name: 'neither end has Object Lock' },
    {
      name: 'the source has none, whatever the destination has',
      denied: ['destination.objectLock'],
    },
    { name: 'trap 16: an unlocked source into a locked destination is allowed', destination: locked },
  ],
  unknown: [
    { name: 'the destination is denied', source: locked, denied: ['destination.objectLock'] },
    { name: 'the source is denied', denied: ['source.objectLock'] },
  ],
});
