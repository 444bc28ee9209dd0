import { enableTimeControl } from './remedies/replication-time.ts';
import { replicating, toReplica } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass, type ReplicationRule } from '../src/rule.ts';

export default defineRule({
  id: 'incomplete-replication-time-control',
  title: 'Replication Time Control lacks its metrics or its 15 minutes',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'Replication Time Control needs metrics that are on, and both need 15 minutes, the only value that S3 takes; it refuses the configuration otherwise. The reverse is allowed: metrics need neither Replication Time Control nor a threshold.',
  fix: 'Set ReplicationTime and Metrics together, both with 15 minutes; or take ReplicationTime out.',
  page: 'AmazonS3/latest/API/ErrorResponses.html#ReplicationErrorCodeList',
  needs: {},
  evaluate({ source, route }) {
    // The list of errors wants one status of both, but S3 takes it switched off beside metrics that are on:
    // https://github.com/hashicorp/terraform-provider-aws/issues/21895
    if (route.rule.Destination.ReplicationTime?.Status !== 'Enabled') return notApplicable;
    const wrong = mistakes(route.rule.Destination);
    if (wrong.length === 0) return pass;
    return fail({
      message: `Replication Time Control of a replication rule of '${source.name}' is not complete: ${wrong.join(', ')}.`,
      expected: 'ReplicationTime and Metrics, both Enabled and with 15 minutes',
      actual: wrong.join(', '),
      at: [`source.replication#/Rules/${route.index}/Destination`],
    });
  },
  remedy: ({ route }) => enableTimeControl(route),
  examples: {
    bad: {
      source: replicating({
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
        },
      }),
    },
    good: {
      source: replicating({
        Destination: toReplica({
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        }),
      }),
    },
  },
});

function mistakes({
  ReplicationTime: time,
  Metrics: metrics,
}: ReplicationRule['Destination']): readonly string[] {
  const limit = time?.Time?.Minutes;
  const threshold = metrics?.EventThreshold?.Minutes;
  return [
    ...(limit === 15 ? [] : [`its time is ${minutes(limit)}`]),
    ...(metrics?.Status === 'Enabled' ? [] : ['metrics are off']),
    ...(metrics === undefined || threshold === 15
      ? []
      : [`the threshold of its metrics is ${minutes(threshold)}`]),
  ];
}

function minutes(value: number | undefined): string {
  return value === undefined ? 'not set' : `${value} minutes`;
}
