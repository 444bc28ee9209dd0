import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-alias.ts';
import { withReplicaKey } from '../../rules/shared/example.ts';

describeRule(rule, {
  pass: [
    { name: 'the ARN of a key', replicationRule: withReplicaKey() },
    {
      name: 'the ARN of an alias says its account, and AWS takes it',
      replicationRule: withReplicaKey('arn:aws:kms:eu-central-1:444455556666:alias/replicas'),
    },
    {
      name: 'a bare key id is no alias',
      replicationRule: withReplicaKey('66666666-7777-8888-9999-000000000000'),
    },
  ],
  fail: [
    {
      name: 'an alias',
      replicationRule: withReplicaKey('alias/replicas'),
      actual: 'alias/replicas',
      message:
        "Objects of 'orders' that are encrypted with KMS may not reach 'orders-replica', or under another key than was meant: 'alias/replicas' is looked up in the account of the replication role.",
    },
    { name: "S3's own key", replicationRule: withReplicaKey('aws/s3'), message: ["'aws/s3' is looked up"] },
  ],
  notApplicable: [
    { name: 'no replica key' },
    {
      name: 'trap 4: ReplicaModifications alone need no key',
      replicationRule: { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
