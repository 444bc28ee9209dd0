import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-name-claimable.ts';

const gone = { account: null, region: null, presence: { status: 404 } } as const;
const to = (name: string): object => ({ Destination: { Bucket: `arn:aws:s3:::${name}` } });

describeRule(rule, {
  pass: [
    {
      name: "a name in an account's regional namespace is kept for the account",
      destination: gone,
      replicationRule: to('orders-replica-444455556666-eu-central-1-an'),
    },
    {
      name: 'a Region of four parts',
      destination: gone,
      replicationRule: to('orders-replica-444455556666-us-gov-west-1-an'),
    },
  ],
  fail: [
    {
      name: 'a name of the global namespace',
      destination: gone,
      message:
        "Anybody who takes the name 'orders-replica' may receive the objects of 'orders': the destination does not exist, and its name is kept for no account.",
    },
    {
      name: 'an account id without the ending keeps nothing',
      destination: gone,
      replicationRule: to('orders-replica-444455556666'),
      message: ["'orders-replica-444455556666'"],
    },
    {
      name: 'the ending must be the whole suffix',
      destination: gone,
      replicationRule: to('orders-replica-eu-central-1-an'),
      message: ["'orders-replica-eu-central-1-an'"],
    },
    {
      name: 'the suffix must stand at the end',
      destination: gone,
      replicationRule: to('orders-444455556666-eu-central-1-an-2'),
      message: ["'orders-444455556666-eu-central-1-an-2'"],
    },
  ],
  notApplicable: [
    { name: 'the destination exists' },
    {
      name: 'the destination exists and is not ours',
      destination: { account: null, presence: { status: 403 } },
    },
  ],
  unknown: [{ name: 'HeadBucket failed', destination: { account: null }, denied: ['destination.presence'] }],
});
