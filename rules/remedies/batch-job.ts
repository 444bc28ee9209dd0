/** What to type to send objects with S3 Batch Replication. */
import { sh, type BucketRef, type Remedy } from '../../src/rule.ts';

/** A job for the source's objects of these replication statuses, under a role of the reader's. */
export function batchJob({ arn, account, region }: BucketRef, statuses: readonly string[]): Remedy {
  const generator = JSON.stringify({
    S3JobManifestGenerator: {
      SourceBucket: arn,
      EnableManifestOutput: false,
      Filter: { EligibleForReplication: true, ObjectReplicationStatuses: statuses },
    },
  });
  const where = region === null ? '' : sh` --region ${region}`;
  const job = sh`aws s3control create-job --account-id ${account} --operation '{"S3ReplicateObject":{}}' --manifest-generator ${generator} --report '{"Enabled":false}' --priority 1`;
  return {
    cli: `${job}${where} --role-arn "$BATCH_REPLICATION_ROLE_ARN"`,
    untyped: 'neither has a resource for a job of S3 Batch Operations, which runs once.',
  };
}

/** What never had a replica at some destination: with several, one of them may have told that all is done. */
export function unsent(routes: readonly unknown[]): readonly string[] {
  return ['NONE', 'FAILED', ...(routes.length > 1 ? ['COMPLETED'] : [])];
}
