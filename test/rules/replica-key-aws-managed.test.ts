import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-aws-managed.ts';
import { describedKey, replicaKeyArn, withReplicaKey } from '../../rules/shared/example.ts';

const replicationRule = withReplicaKey();
const managed = { replicaKey: { description: describedKey(replicaKeyArn, { KeyManager: 'AWS' }) } };

describeRule(rule, {
  pass: [
    { name: "a customer's key", replicationRule },
    {
      name: 'within one account the key is of use',
      replicationRule,
      ...managed,
      destination: { account: '111122223333' },
    },
  ],
  fail: [
    {
      name: "AWS's key in another account",
      replicationRule,
      ...managed,
      actual: 'AWS',
      message: `Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica' in account '444455556666' so that they can be read: AWS manages the key for its replicas, '${replicaKeyArn}', and no other account can be given the use of it.`,
    },
    {
      name: 'trap 10: named by its alias',
      replicationRule: withReplicaKey('alias/aws/s3'),
      ...managed,
      message: ["'alias/aws/s3'"],
    },
  ],
  notApplicable: [
    { name: 'no replica key' },
    { name: 'the key does not exist', replicationRule, replicaKey: { description: null } },
  ],
  unknown: [{ name: 'the key is denied', replicationRule, denied: ['replicaKey.description'] }],
  undetermined: [
    {
      name: 'the owner of the destination is not known',
      replicationRule,
      ...managed,
      destination: { account: null },
      message: ["the owner of 'orders-replica' is not known"],
    },
  ],
});
