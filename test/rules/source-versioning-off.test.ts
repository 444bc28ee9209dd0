import { describeRule } from './describe-rule.ts';
import rule from '../../rules/source-versioning-off.ts';

describeRule(rule, {
  pass: [{ name: 'versioning is enabled' }],
  fail: [
    {
      name: 'versioning was never enabled: an empty answer',
      source: { versioning: null },
      message: "Objects of 'orders' will not be replicated: versioning is never enabled there.",
    },
    {
      name: 'versioning is suspended',
      source: { versioning: { Status: 'Suspended' } },
      message: ['versioning is Suspended'],
    },
  ],
  notApplicable: 'never: every source must be versioned',
  unknown: [{ name: 'the versioning of the source is denied', denied: ['source.versioning'] }],
});
