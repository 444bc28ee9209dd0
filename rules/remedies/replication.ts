/** What to type to change a replication configuration: S3 takes it as a whole only. */
import { sh } from '../../src/rule.ts';

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
