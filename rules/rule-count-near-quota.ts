import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

/** Not adjustable: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html */
const quota = 1000;
const defaults: { readonly atLeast?: number } = { atLeast: 900 };

export default defineRule({
  id: 'rule-count-near-quota',
  title: 'Almost as many replication rules as S3 allows',
  severity: 'note',
  scope: 'source',
  why: 'A replication configuration holds 1,000 rules and 2 MB at most, and no request raises that. Disabled rules count. Past the quota S3 refuses the whole configuration, and with it the change that was urgent.',
  fix: 'Replace rules that share a beginning by one with the shorter prefix, and delete those that are done with.',
  page: 'AmazonS3/latest/API/API_ReplicationConfiguration.html',
  needs: { source: ['replication'] },
  options: {
    defaults,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        atLeast: {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
          description: 'From how many replication rules on it is said; 900 if left out.',
        },
      },
    },
  },
  evaluate({ source }, { atLeast = quota }) {
    const count = source.replication?.Rules.length ?? 0;
    if (count < atLeast) return pass;
    return fail({
      message: `'${source.name}' has ${count.toLocaleString('en-US')} replication rules, and S3 takes ${quota.toLocaleString('en-US')} at most.`,
      expected: `fewer than ${atLeast}, so that there is room`,
      actual: String(count),
    });
  },
  remedy: () => ({ untyped: 'which rules can go or be joined only their owner knows.' }),
  examples: {
    bad: { options: { atLeast: 2 }, source: replicating({}, { Filter: { Prefix: 'invoices/' } }) },
    good: { options: { atLeast: 2 } },
  },
});
