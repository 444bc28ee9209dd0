import { enableVersioning } from './remedies/versioning.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'source-versioning-off',
  title: 'Source bucket is not versioned',
  severity: 'error',
  scope: 'source',
  why: 'Replication copies versions, so both ends must be versioned. S3 refuses to suspend versioning while a replication configuration stands, so this state is not one that AWS lets last: nothing that is written in it can be relied on to replicate.',
  fix: 'Enable versioning on the source bucket, then send the objects that were written meanwhile with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  needs: { source: ['versioning'] },
  evaluate({ source }) {
    const status = source.versioning?.Status ?? 'never enabled';
    if (status === 'Enabled') return pass;
    return fail({
      message: `Objects of '${source.name}' will not be replicated: versioning is ${status} there.`,
      expected: 'Enabled',
      actual: status,
      at: ['source.versioning#/Status'],
    });
  },
  remedy: ({ source }) => enableVersioning(source.name, 'source'),
  examples: {
    bad: { source: { versioning: null } },
    good: { source: { versioning: { Status: 'Enabled' } } },
  },
});
