import { describeRule } from './describe-rule.ts';
import rule from '../../rules/versioning-required.ts';

describeRule(rule, {
  pass: [
    { name: 'versioning is on' },
    { name: 'a bucket that replicates nothing is asked too', source: { replication: null } },
  ],
  fail: [
    {
      name: 'it was never on',
      source: { versioning: null },
      message: "'orders' must be versioned, and versioning is never enabled there.",
    },
    { name: 'it was suspended', source: { versioning: { Status: 'Suspended' } }, message: ['Suspended'] },
  ],
  notApplicable: 'never: whom it asks the selector says',
  unknown: [{ name: 'versioning is denied', denied: ['bucket.versioning'] }],
});
