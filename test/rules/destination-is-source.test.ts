import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-is-source.ts';
import { toReplica } from '../../rules/shared/example.ts';

describeRule(rule, {
  pass: [
    { name: 'another bucket' },
    {
      name: 'a name that begins alike',
      replicationRule: { Destination: toReplica({ Bucket: 'arn:aws:s3:::orders2' }) },
    },
  ],
  fail: [
    {
      name: 'the same bucket',
      replicationRule: { Destination: toReplica({ Bucket: 'arn:aws:s3:::orders' }) },
      actual: 'arn:aws:s3:::orders',
      message: "A replication rule of 'orders' names the bucket itself as its destination.",
    },
  ],
  notApplicable: 'never: every route has a destination',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
