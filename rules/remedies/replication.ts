/** What to type to change a replication configuration: S3 takes it as a whole only. */
import { cloudformation, reference, terraform, type Members } from './block.ts';
import { sh, type Remedy, type Route } from '../../src/rule.ts';

/**
 * Reads the configuration, changes it with a jq program and writes it back.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export function editReplication(bucket: string, program: string, ...options: readonly string[]): string {
  const jq = ['jq', ...options, sh`${program}`].join(' ');
  return [
    sh`aws s3api get-bucket-replication --bucket ${bucket} --query ReplicationConfiguration > replication.json`,
    `${jq} replication.json > changed.json`,
    sh`aws s3api put-bucket-replication --bucket ${bucket} --replication-configuration file://changed.json`,
  ].join('\n');
}

/** Switches the rule of a route off. */
export function disableRule({ source, rule: { ID }, index }: Route): Remedy {
  const status = { Status: 'Disabled' };
  return {
    cli: editReplication(source.name, `.Rules[${index}].Status = "Disabled"`),
    terraform: terraform({ rule: { id: ID, status: 'Disabled' } }),
    cloudformation: cloudformation({ Rules: [{ Id: ID, ...status }] }),
  };
}

/** Has the rule of a route replicate into the bucket that the reader puts in. */
export function replicateElsewhere({ source, index }: Route): Remedy {
  return {
    cli: editReplication(
      source.name,
      `.Rules[${index}].Destination.Bucket = $bucket`,
      '--arg bucket "$DESTINATION_BUCKET_ARN"',
    ),
    ...ofDestination(
      { bucket: reference('aws_s3_bucket.destination.arn') },
      { Bucket: reference('!GetAtt DestinationBucket.Arn') },
    ),
  };
}

/** What a rule says of its destination, in both languages. */
export function ofDestination(
  inTerraform: Members,
  inCloudformation: Members,
): { readonly terraform: string; readonly cloudformation: string } {
  return {
    terraform: terraform({ destination: inTerraform }),
    cloudformation: cloudformation({ Destination: inCloudformation }),
  };
}

/** A priority that no rule has, above all. */
export function nextPriority(routes: readonly Route[]): number {
  return Math.max(0, ...routes.map(({ rule }) => rule.Priority ?? 0)) + 1;
}
