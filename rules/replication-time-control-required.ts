import { enableTimeControl } from './remedies/replication-time.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replication-time-control-required',
  title: 'Route has no Replication Time Control',
  severity: 'error',
  scope: 'route',
  policy: true,
  why: 'The policy that names this rule asks for replicas within a known time. Without Replication Time Control most objects take minutes, some take hours, and AWS promises nothing; with it, 99.9 percent are there within 15 minutes, and events tell of those that are not.',
  fix: 'Enable Replication Time Control in the replication rule; it comes with metrics and is billed by the gigabyte.',
  page: 'AmazonS3/latest/userguide/replication-time-control.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const status = route.rule.Destination.ReplicationTime?.Status;
    if (status === 'Enabled') return pass;
    return fail({
      message: `Nothing says how long objects of '${source.name}' take to reach '${destination.name}': the route has no Replication Time Control.`,
      expected: 'Enabled',
      actual: status ?? 'not configured',
      at: [`source.replication#/Rules/${route.index}/Destination`],
    });
  },
  remedy: ({ route }) => enableTimeControl(route),
  examples: {
    bad: {
      replicationRule: {
        Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics: { Status: 'Enabled' } },
      },
    },
    good: {
      replicationRule: {
        Destination: {
          Bucket: 'arn:aws:s3:::orders-replica',
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        },
      },
    },
  },
});
