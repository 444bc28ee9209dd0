import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/failure-events-off.ts';
import type { NotificationTarget } from '../../src/model/aws.ts';
import { tryRule } from '../../src/tester.ts';

const failed = 's3:Replication:OperationFailedReplication';
const none = { TopicConfigurations: [], QueueConfigurations: [], LambdaFunctionConfigurations: [] };
const queue = (...QueueConfigurations: readonly NotificationTarget[]): object => ({
  notification: { ...none, QueueConfigurations },
});
const filtered = (Name: string, Value: string): NotificationTarget => ({
  Events: [failed],
  Filter: { Key: { FilterRules: [{ Name, Value }] } },
});
const unmeasured = { Destination: { Bucket: 'arn:aws:s3:::orders-replica' } };

describeRule(rule, {
  pass: [
    { name: 'a topic takes the event' },
    { name: 'a queue takes all events of replication', source: queue({ Events: ['s3:Replication:*'] }) },
    {
      name: 'a function takes the event among others',
      source: {
        notification: { ...none, LambdaFunctionConfigurations: [{ Events: ['s3:ObjectCreated:*', failed] }] },
      },
    },
    {
      name: 'the filter takes all that the replication rule takes',
      source: queue(filtered('Prefix', 'logs/')),
      replicationRule: { Filter: { Prefix: 'logs/2026/' } },
    },
  ],
  fail: [
    {
      name: 'there are no notifications',
      source: queue(),
      message:
        "Nobody will be told when objects of 'orders' fail to replicate: no notification takes s3:Replication:OperationFailedReplication.",
      actual: 'not configured',
    },
    {
      name: 'another event of replication is taken',
      source: queue({ Events: ['s3:Replication:OperationMissedThreshold'] }),
      message: ['no notification takes'],
    },
    {
      name: 'the event is taken for part of the keys',
      source: queue(filtered('prefix', 'logs/')),
      message: ["none takes all that the replication rule 'everything' takes"],
      actual: 'filtered by key',
    },
    {
      name: 'the event is taken for keys of one ending',
      source: queue(filtered('Suffix', '.csv')),
      message: ['some objects'],
    },
  ],
  notApplicable: [
    {
      name: 'no route has metrics, so there are no events to take',
      source: queue(),
      replicationRule: unmeasured,
    },
  ],
  unknown: [{ name: 'the notifications are denied', denied: ['source.notification'] }],
});

it('adds to the notifications that are there, with the topic left to the reader', () => {
  const outcome = tryRule(rule, { source: queue() });
  const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  expect(cli).toContain('--arg topic "$TOPIC_ARN"');
  expect(cli).toContain('.TopicConfigurations += ');
});

it('offers no call where S3 would refuse it: an unfiltered target beside a filtered one', () => {
  const outcome = tryRule(rule, { source: queue(filtered('prefix', 'logs/')) });
  expect('finding' in outcome ? Object.keys(outcome.finding.fix) : null).toEqual(['text']);
});
