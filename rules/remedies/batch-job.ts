/** What to type to send objects with S3 Batch Replication. */
import { sh, type BucketRef } from '../../src/rule.ts';

/** A job for the source's objects of these replication statuses, under a role of the reader's. */
export function batchJob({ arn, account, region }: BucketRef, statuses: readonly string[]): string {
  const generator = JSON.stringify({
    S3JobManifestGenerator: {
      SourceBucket: arn,
      EnableManifestOutput: false,
      Filter: { EligibleForReplication: true, ObjectReplicationStatuses: statuses },
    },
  });
  const where = region === null ? '' : sh` --region ${region}`;
  const job = sh`aws s3control create-job --account-id ${account} --operation '{"S3ReplicateObject":{}}' --manifest-generator ${generator} --report '{"Enabled":false}' --priority 1`;
  return `${job}${where} --role-arn "$BATCH_REPLICATION_ROLE_ARN"`;
}
