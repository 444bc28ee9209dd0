import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-outside-organization.ts';

describeRule(rule, {
  pass: [
    { name: 'a scanned account owns it' },
    { name: 'the account of the source owns it', destination: { account: '111122223333' } },
  ],
  fail: [
    {
      name: 'every account was listed and none has it',
      destination: { account: null, presence: { status: 403 } },
      message:
        "Objects of 'orders' leave the organization: 'orders-replica' exists and none of its accounts owns it.",
    },
    {
      name: 'the replication rule names an account of another organization, whatever could not be listed',
      destination: { account: null, presence: { status: 403 } },
      everyAccountListed: false,
      replicationRule: {
        Destination: { Bucket: 'arn:aws:s3:::orders-replica', Account: '999900001111' },
      },
      message: ['leave the organization'],
    },
    {
      name: 'it answers us, and still none has it',
      destination: { account: null, presence: { status: 200 } },
      message: ['none of its accounts owns it'],
    },
  ],
  notApplicable: [
    {
      name: 'an account could not be listed: then it may be of that one',
      destination: { account: null, presence: { status: 403 } },
      everyAccountListed: false,
    },
    { name: 'it does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [{ name: 'HeadBucket failed', destination: { account: null }, denied: ['destination.presence'] }],
});
