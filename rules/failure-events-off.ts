import { filterSet } from '../src/filter.ts';
import type { NotificationConfiguration, NotificationTarget } from '../src/model/aws.ts';
import { defineRule, fail, hcl, notApplicable, pass, sh } from '../src/rule.ts';

const event = 's3:Replication:OperationFailedReplication';

export default defineRule({
  id: 'failure-events-off',
  title: 'Nobody is told of failed replication',
  severity: 'warning',
  scope: 'source',
  why: 'An object that fails to replicate is not tried again by itself, and S3 says so once: in the event s3:Replication:OperationFailedReplication, with the reason. Nothing subscribes to it for this bucket. SNS, SQS and Lambda take it; EventBridge carries no replication events. Routes without metrics send no such event, of which replication-metrics-off speaks.',
  fix: `Send ${event} of the bucket to a topic, a queue or a function that somebody reads.`,
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  needs: { source: ['notification'] },
  evaluate({ source, routes }) {
    const sending = routes.filter(({ rule }) => rule.Destination.Metrics?.Status === 'Enabled');
    if (sending.length === 0) return notApplicable;
    const targets = failureTargets(source.notification);
    const silent = sending.find(
      ({ rule }) => !targets.some((target) => takes(target, filterSet(rule).prefix)),
    );
    if (silent === undefined) return pass;
    const partly = targets.length > 0;
    const name = silent.rule.ID ?? `#${silent.index + 1}`;
    return fail({
      message: partly
        ? `Nobody will be told when some objects of '${source.name}' fail to replicate: the notifications of ${event} are filtered, and none takes all that the replication rule '${name}' takes.`
        : `Nobody will be told when objects of '${source.name}' fail to replicate: no notification takes ${event}.`,
      expected: event,
      actual: partly ? 'filtered by key' : 'not configured',
      at: ['source.notification'],
    });
  },
  remedy: ({ source }) => {
    // S3 refuses one event for overlapping keys twice: the filters that are there have to go, and which may only their owner knows.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
    if (failureTargets(source.notification).length > 0)
      return {
        untyped:
          'the events go somewhere already, of a part of the bucket: its filters have to be taken off, and which of them may go their owner knows.',
      };
    return {
      // The call replaces all notifications, and a bucket without any answers with nothing at all.
      cli: [
        sh`aws s3api get-bucket-notification-configuration --bucket ${source.name} > notification.json`,
        sh`jq -n --arg topic "$TOPIC_ARN" ${`(input? // {}) | .TopicConfigurations += [{TopicArn: $topic, Events: ["${event}"]}]`} notification.json > changed.json`,
        sh`aws s3api put-bucket-notification-configuration --bucket ${source.name} --notification-configuration file://changed.json`,
      ].join('\n'),
      terraform: `resource "aws_s3_bucket_notification" "source" {\n  bucket = ${hcl(source.name)}\n  topic {\n    topic_arn = aws_sns_topic.replication_failures.arn\n    events    = ["${event}"]\n  }\n}`,
      cloudformation: `NotificationConfiguration:\n  TopicConfigurations:\n    - Event: ${event}\n      Topic: !Ref ReplicationFailures`,
    };
  },
  examples: {
    bad: {
      source: {
        notification: { TopicConfigurations: [], QueueConfigurations: [], LambdaFunctionConfigurations: [] },
      },
    },
    good: {
      source: {
        notification: {
          TopicConfigurations: [{ Events: [event] }],
          QueueConfigurations: [],
          LambdaFunctionConfigurations: [],
        },
      },
    },
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
function failureTargets(configuration: NotificationConfiguration): readonly NotificationTarget[] {
  const { TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations } = configuration;
  return [...TopicConfigurations, ...QueueConfigurations, ...LambdaFunctionConfigurations].filter(
    ({ Events }) => Events.includes(event) || Events.includes('s3:Replication:*'),
  );
}

/** Whether a target hears of every key below a prefix. AWS answers the filters' names in either case. */
function takes({ Filter }: NotificationTarget, prefix: string): boolean {
  return (Filter?.Key?.FilterRules ?? []).every(({ Name = '', Value = '' }) =>
    Name.toLowerCase() === 'prefix' ? prefix.startsWith(Value) : Value === '',
  );
}
