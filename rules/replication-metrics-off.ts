import { editReplication } from './remedies/replication.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replication-metrics-off',
  title: 'Replication metrics are off',
  severity: 'warning',
  scope: 'route',
  why: 'Without metrics S3 publishes neither how far this route is behind nor how many operations failed, and it sends no event for an object that failed to replicate. Metrics need no Replication Time Control and no threshold; they are billed as custom metrics.',
  fix: 'Enable metrics in the replication rule, and subscribe to s3:Replication:OperationFailedReplication.',
  page: 'AmazonS3/latest/userguide/repl-metrics.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const status = route.rule.Destination.Metrics?.Status;
    if (status === 'Enabled') return pass;
    return fail({
      message: `Nobody will be told when objects of '${source.name}' fail to reach '${destination.name}': replication metrics are off for this route.`,
      expected: 'Enabled',
      actual: status ?? 'not configured',
      at: [`source.replication#/Rules/${route.index}/Destination`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `.Rules[${route.index}].Destination.Metrics.Status = "Enabled"`),
    terraform: 'destination {\n  metrics {\n    status = "Enabled"\n  }\n}',
    cloudformation: 'Destination:\n  Metrics:\n    Status: Enabled',
  }),
  examples: {
    bad: { replicationRule: { Destination: { Bucket: 'arn:aws:s3:::orders-replica' } } },
    good: {
      replicationRule: {
        Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics: { Status: 'Enabled' } },
      },
    },
  },
});
