import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-in-source-account.ts';
import { withReplicaKey } from '../../rules/shared/example.ts';

const keyOf = (account: string): object => ({
  replicationRule: withReplicaKey(`arn:aws:kms:eu-central-1:${account}:key/1234abcd`),
});

describeRule(rule, {
  pass: [{ name: "a key of the destination's owner", ...keyOf('444455556666') }],
  fail: [
    {
      name: "a key of the source's account",
      ...keyOf('111122223333'),
      message:
        "Replicas of 'orders' in 'orders-replica' can be read only as long as account '111122223333' lets them: it owns the key 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd', and not the bucket.",
    },
    { name: 'a key of a third account', ...keyOf('777788889999'), message: ["account '777788889999'"] },
    {
      name: "whoever owns the destination, it is not the source's account",
      ...keyOf('111122223333'),
      destination: { account: null },
      message: ["account '111122223333'"],
    },
  ],
  notApplicable: [
    { name: 'no replica key' },
    {
      name: 'both buckets are of one account',
      ...keyOf('777788889999'),
      destination: { account: '111122223333' },
    },
    { name: 'an alias says no account', replicationRule: withReplicaKey('alias/replicas') },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
  undetermined: [
    {
      name: 'the owner of the destination is not known',
      ...keyOf('777788889999'),
      destination: { account: null },
      message: ["the owner of 'orders-replica' is not known"],
    },
  ],
});
