import { replicateElsewhere } from './remedies/replication.ts';
import { replicating, toReplica } from './shared/example.ts';
import { partitionOf } from '../src/arn.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-partition-mismatch',
  title: 'Destination is in another partition',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'The partitions of AWS (aws, aws-cn, aws-us-gov and others) share neither accounts nor roles, and S3 replicates inside one of them only. It refuses a configuration whose destination has an ARN of another partition.',
  fix: 'Name a bucket of the same partition. In templates take the partition from the template (AWS::Partition, data.aws_partition) rather than writing it down.',
  page: 'AmazonS3/latest/API/API_PutBucketReplication.html',
  needs: {},
  evaluate({ source, route }) {
    const { Bucket: arn } = route.rule.Destination;
    // What is no ARN at all has no partition.
    if (!arn.startsWith('arn:')) return notApplicable;
    const [here, there] = [partitionOf(source.arn), partitionOf(arn)];
    if (here === there) return pass;
    return fail({
      message: `A replication rule of '${source.name}' names a destination in the partition '${there}', and the bucket is in '${here}'.`,
      expected: here,
      actual: there,
      at: [`source.replication#/Rules/${route.index}/Destination/Bucket`],
    });
  },
  remedy: ({ route }) => replicateElsewhere(route),
  examples: {
    bad: { source: replicating({ Destination: toReplica({ Bucket: 'arn:aws-cn:s3:::orders-replica' }) }) },
    good: { source: replicating({}) },
  },
});
