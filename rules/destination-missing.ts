import { disableRule } from './remedies/replication.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-missing',
  title: 'Destination bucket does not exist',
  severity: 'error',
  scope: 'route',
  why: 'The replication rule points to a bucket that is not there, so no object takes this route. Three of the four replication metrics fall silent with the bucket: only the count of failed operations goes on.',
  fix: 'Create the destination bucket again, versioned and in an account of yours, or point the replication rule elsewhere; until then disable the rule. Afterwards send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['DstBucketNotFound'],
  needs: { destination: ['presence'] },
  evaluate({ source, destination }) {
    if (destination.presence.status !== 404) return pass;
    return fail({
      message: `Objects of '${source.name}' will not be replicated: the destination '${destination.name}' does not exist.`,
      expected: 'a bucket that exists',
      actual: '404 Not Found',
      at: ['destination.presence#/status'],
    });
  },
  remedy: ({ route }) => disableRule(route),
  examples: {
    bad: { destination: { account: null, region: null, presence: { status: 404 } } },
    good: { destination: { presence: { status: 200 } } },
  },
});
