import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

/** https://docs.aws.amazon.com/general/latest/gr/s3.html#limits_s3 */
const quota = 28;
const defaults: { readonly atLeast?: number } = { atLeast: 26 };

export default defineRule({
  id: 'destination-count-near-quota',
  title: 'Almost as many destinations as S3 allows',
  severity: 'note',
  scope: 'source',
  why: 'A bucket replicates to 28 destinations at most. Disabled rules count, for they stand in the configuration. Past the quota S3 refuses the whole configuration, and with it the change that was urgent.',
  fix: 'Take rules out that are done with, or have one destination serve several of them.',
  page: 'general/latest/gr/s3.html',
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
          maximum: 28,
          description: 'From how many destinations on it is said; 26 if left out.',
        },
      },
    },
  },
  evaluate({ source }, { atLeast = quota }) {
    const rules = source.replication?.Rules ?? [];
    const count = new Set(rules.map(({ Destination }) => Destination.Bucket)).size;
    if (count < atLeast) return pass;
    return fail({
      message: `'${source.name}' names ${count} destinations, and S3 takes ${quota} at most.`,
      expected: `fewer than ${atLeast}, so that there is room`,
      actual: String(count),
      at: ['source.replication#/Rules'],
    });
  },
  remedy: () => ({ untyped: 'which rules are done with only their owner knows.' }),
  examples: {
    bad: {
      options: { atLeast: 2 },
      source: replicating({}, { Destination: { Bucket: 'arn:aws:s3:::second-replica' } }),
    },
    good: { options: { atLeast: 2 }, source: replicating({}, { Filter: { Prefix: 'invoices/' } }) },
  },
});
