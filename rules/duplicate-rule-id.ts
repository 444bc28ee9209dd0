import { alike } from './shared/alike.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'duplicate-rule-id',
  title: 'Two replication rules have one ID',
  severity: 'error',
  scope: 'source',
  lint: true,
  why: 'The ID names a rule within its configuration; metrics and events are told apart by it. S3 refuses a configuration in which two rules have the same.',
  fix: 'Give each rule an ID of its own, or none: S3 then makes one up.',
  page: 'AmazonS3/latest/API/API_ReplicationRule.html',
  needs: { source: ['replication'] },
  evaluate({ source }) {
    const found = alike(source.replication?.Rules ?? [], ({ ID }) => ID ?? null);
    if (found.length === 0) return pass;
    const said = found.map(({ key, places }) => `'${key}' (${places})`).join(', ');
    return fail({
      message: `Replication rules of '${source.name}' share an ID: ${said}.`,
      expected: 'an ID for each rule',
      actual: said,
      at: found.flatMap(({ indices }) =>
        indices.map((index) => `source.replication#/Rules/${index}/ID` as const),
      ),
    });
  },
  examples: {
    bad: {
      source: replicating(
        { ID: 'documents', Filter: { Prefix: 'invoices/' } },
        { ID: 'documents', Filter: { Prefix: 'orders/' } },
      ),
    },
    good: {
      source: replicating(
        { ID: 'invoices', Filter: { Prefix: 'invoices/' } },
        { ID: 'orders', Filter: { Prefix: 'orders/' } },
      ),
    },
  },
});
