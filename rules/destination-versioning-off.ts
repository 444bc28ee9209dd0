import { enableVersioning } from './remedies/versioning.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-versioning-off',
  title: 'Destination bucket is not versioned',
  severity: 'error',
  scope: 'route',
  why: 'S3 writes replicas into versioned buckets only. Every object that takes this route ends with status FAILED, and FAILED objects are not tried again by themselves.',
  fix: 'Enable versioning on the destination bucket, then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  predicts: ['DstBucketUnversioned'],
  needs: { destination: ['versioning'] },
  evaluate({ source, destination }) {
    const status = destination.versioning?.Status ?? 'never enabled';
    if (status === 'Enabled') return pass;
    return fail({
      message: `Objects of '${source.name}' will not reach '${destination.name}': versioning is ${status} there.`,
      expected: 'Enabled',
      actual: status,
      at: ['destination.versioning#/Status'],
    });
  },
  remedy: ({ destination }) => enableVersioning(destination.name, 'destination'),
  examples: {
    bad: { destination: { versioning: { Status: 'Suspended' } } },
    good: { destination: { versioning: { Status: 'Enabled' } } },
  },
});
