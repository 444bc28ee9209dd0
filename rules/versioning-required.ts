import { enableVersioning } from './remedies/versioning.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'versioning-required',
  title: 'Bucket is not versioned as required',
  severity: 'error',
  scope: 'bucket',
  policy: true,
  why: 'The policy that names this rule asks for versioning in this bucket, replicated or not: without it an overwrite or a delete takes the data for good, and the bucket can take part in no replication.',
  fix: 'Enable versioning, with a lifecycle rule that lets noncurrent versions go.',
  page: 'AmazonS3/latest/userguide/Versioning.html',
  needs: { bucket: ['versioning'] },
  evaluate({ bucket }) {
    const status = bucket.versioning?.Status ?? 'never enabled';
    if (status === 'Enabled') return pass;
    return fail({
      message: `'${bucket.name}' must be versioned, and versioning is ${status} there.`,
      expected: 'Enabled',
      actual: status,
      at: ['bucket.versioning#/Status'],
    });
  },
  remedy: ({ bucket }) => enableVersioning(bucket.name, 'source'),
  examples: {
    bad: { source: { versioning: null } },
    good: { source: { versioning: { Status: 'Enabled' } } },
  },
});
