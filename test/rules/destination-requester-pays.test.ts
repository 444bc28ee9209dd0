import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-requester-pays.ts';

const requester = { requestPayment: { Payer: 'Requester' } };

describeRule(rule, {
  pass: [
    { name: 'the owner pays' },
    {
      name: 'the owner pays, whoever that is',
      destination: { account: null, requestPayment: { Payer: 'BucketOwner' } },
    },
  ],
  fail: [
    {
      name: 'requesters pay in another account',
      destination: requester,
      message:
        "Objects of 'orders' will not reach 'orders-replica' in account '444455556666': requesters pay there, which AWS forbids between two accounts.",
    },
    {
      name: 'requesters pay in the same account, on which the documentation is silent',
      destination: { ...requester, account: '111122223333' },
      severity: 'warning',
      message: ["may not reach 'orders-replica'", 'does not say what holds within one'],
    },
  ],
  notApplicable: [
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [{ name: 'the destination is denied', denied: ['destination.requestPayment'] }],
  undetermined: [
    {
      name: 'requesters pay and the owner is not known',
      destination: { ...requester, account: null },
      message: ["'orders-replica' is a Requester Pays bucket", 'its owner is not known'],
    },
  ],
});
