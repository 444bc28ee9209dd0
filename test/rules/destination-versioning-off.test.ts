import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-versioning-off.ts';

describeRule(rule, {
  pass: [{ name: 'versioning is enabled' }],
  fail: [
    {
      name: 'versioning was never enabled: an empty answer',
      destination: { versioning: null },
      message: ["'orders-replica'", 'versioning is never enabled'],
    },
    {
      name: 'versioning is suspended',
      destination: { versioning: { Status: 'Suspended' } },
      message: "Objects of 'orders' will not reach 'orders-replica': versioning is Suspended there.",
    },
  ],
  notApplicable: [
    {
      name: 'the destination does not exist',
      destination: { account: null, region: null, presence: { status: 404 } },
    },
  ],
  unknown: [
    {
      name: "trap 30: the destination account's role may not ask, and a denied read is not an absence",
      denied: ['destination.versioning'],
    },
  ],
});
