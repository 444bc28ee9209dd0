import { replicateElsewhere } from './remedies/replication.ts';
import { replicating, toReplica } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-is-source',
  title: 'Bucket replicates into itself',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'A replica keeps the key and the version id of its source, so that it cannot live in the same bucket. S3 refuses a configuration whose destination is the source.',
  fix: 'Point the replication rule to another bucket.',
  page: 'AmazonS3/latest/API/API_PutBucketReplication.html',
  needs: {},
  evaluate({ source, route }) {
    if (route.destination.name !== source.name) return pass;
    return fail({
      message: `A replication rule of '${source.name}' names the bucket itself as its destination.`,
      expected: 'another bucket',
      actual: route.rule.Destination.Bucket,
      at: [`source.replication#/Rules/${route.index}/Destination/Bucket`],
    });
  },
  remedy: ({ route }) => replicateElsewhere(route),
  examples: {
    bad: { source: replicating({ Destination: toReplica({ Bucket: 'arn:aws:s3:::orders' }) }) },
    good: { source: replicating({}) },
  },
});
