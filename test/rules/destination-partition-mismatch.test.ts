import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-partition-mismatch.ts';
import { toReplica } from '../../rules/shared/example.ts';

describeRule(rule, {
  pass: [{ name: 'the same partition' }],
  fail: [
    {
      name: 'another partition',
      replicationRule: { Destination: toReplica({ Bucket: 'arn:aws-us-gov:s3:::orders-replica' }) },
      actual: 'aws-us-gov',
      message:
        "A replication rule of 'orders' names a destination in the partition 'aws-us-gov', and the bucket is in 'aws'.",
    },
  ],
  notApplicable: [
    {
      name: 'no ARN at all: destination-not-general-purpose says so',
      replicationRule: { Destination: toReplica({ Bucket: 'orders-replica' }) },
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
