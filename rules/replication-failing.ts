import { batchJob } from './remedies/batch-job.ts';
import { count, isMeasured, minute } from './shared/metrics.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

const day = { from: '2025-12-31T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z', datapoints: 24 };

export default defineRule({
  id: 'replication-failing',
  title: 'Replication is failing',
  severity: 'error',
  scope: 'route',
  // What it reads is charged for, asks for one more permission, and is there only where metrics are on.
  recommended: false,
  why: "S3 counted operations of this route that failed in the last 24 hours: objects, delete markers, tags, ACLs or Object Lock settings that did not reach the destination. It does not try them again by itself, and since a failed object is kept from the source's lifecycle it also costs storage. Operations of S3 Batch Replication are counted too. The metric is the source account's, in the source's Region, and S3 publishes it only while something is replicated: of a route without a datapoint the rule says nothing, for missing data is not zero. Delivery is best effort, so the number is a lower bound.",
  fix: 'Find the reason: the event s3:Replication:OperationFailedReplication names it with the object, and the other findings of this route often foretell it. Mend that, then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/repl-metrics.html',
  needs: {},
  // Not read where metrics are off, so it cannot be needed.
  wants: { objects: ['failedOperations'] },
  evaluate({ source, destination, objects, route }) {
    if (!isMeasured(route.rule)) return notApplicable;
    if (!objects.failedOperations.known) return unknown(objects.failedOperations);
    const { value: failed } = objects.failedOperations;
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html: not published where replication does not occur.
    if (failed === null) return notApplicable;
    if (failed.sum === 0) return pass;
    return fail({
      message: `${operations(failed.sum)} from '${source.name}' to '${destination.name}' failed between ${minute(failed.from)} and ${minute(failed.to)}, and S3 repeats none by itself.`,
      expected: 'none failed',
      actual: `${count(failed.sum)} failed`,
      at: ['objects.failedOperations'],
    });
  },
  remedy: ({ source }) => batchJob(source, ['FAILED']),
  examples: {
    bad: { objects: { failedOperations: { ...day, sum: 1204 } } },
    good: { objects: { failedOperations: { ...day, sum: 0 } } },
  },
});

function operations(number: number): string {
  return `${count(number)} ${number === 1 ? 'operation' : 'operations'}`;
}
