import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replica-key-region-mismatch.ts';

const under = (key: string): object => ({
  Destination: {
    Bucket: 'arn:aws:s3:::orders-replica',
    EncryptionConfiguration: { ReplicaKmsKeyID: key },
  },
});

describeRule(rule, {
  pass: [
    {
      name: "the key is in the destination's Region",
      replicationRule: under('arn:aws:kms:eu-central-1:444455556666:key/1234abcd'),
    },
    {
      name: "an alias ARN is in the destination's Region",
      replicationRule: under('arn:aws:kms:eu-central-1:444455556666:alias/replicas'),
    },
  ],
  fail: [
    {
      name: "the key is in the source's Region",
      replicationRule: under('arn:aws:kms:eu-west-1:444455556666:key/1234abcd'),
      message:
        "Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica': the bucket is in 'eu-central-1' and the key for its replicas in 'eu-west-1'.",
    },
    {
      name: 'a multi-Region key is named by the ARN of another Region, and S3 uses none of its other Regions',
      replicationRule: under('arn:aws:kms:eu-west-1:444455556666:key/mrk-1234abcd'),
      message: ["in 'eu-west-1'"],
    },
    {
      name: 'an alias ARN of another Region',
      replicationRule: under('arn:aws:kms:us-east-1:444455556666:alias/replicas'),
      message: ["in 'us-east-1'"],
    },
  ],
  notApplicable: [
    { name: 'no replica key is configured' },
    {
      name: 'the destination does not exist, and so is nowhere',
      destination: { account: null, region: null, presence: { status: 404 } },
      replicationRule: under('arn:aws:kms:eu-west-1:444455556666:key/1234abcd'),
    },
    { name: 'a bare key id names no Region', replicationRule: under('1234abcd-12ab-34cd-56ef-1234567890ab') },
    { name: 'a bare alias name names no Region', replicationRule: under('alias/replicas') },
    {
      name: 'trap 4: ReplicaModifications alone need no key',
      replicationRule: { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } },
    },
  ],
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
  undetermined: [
    {
      name: "the destination's Region is not known",
      destination: { region: null },
      replicationRule: under('arn:aws:kms:eu-west-1:444455556666:key/1234abcd'),
      message: ["The Region of 'orders-replica' is not known"],
    },
    {
      name: 'an ARN that is no KMS key',
      replicationRule: under('arn:aws:iam::444455556666:role/replicas'),
      message: ['is not the ARN of a KMS key'],
    },
  ],
});
