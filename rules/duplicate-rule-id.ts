import { editReplication } from './remedies/replication.ts';
import { cloudformation, terraform } from './remedies/block.ts';
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
  remedy({ source }) {
    const rules = source.replication?.Rules ?? [];
    const taken = new Set(rules.map(({ ID }) => ID));
    const named = alike(rules, ({ ID }) => ID ?? null)
      .flatMap(({ indices }) => indices.slice(1))
      .map((index) => ({ index, id: freeId(taken, index) }));
    const edits = named.map(({ index, id }) => `.Rules[${index}].ID = "${id}"`);
    return {
      cli: editReplication(source.name, edits.join(' | ')),
      terraform: terraform({ rule: named.map(({ id }) => ({ id })) }),
      cloudformation: cloudformation({ Rules: named.map(({ id }) => ({ Id: id })) }),
    };
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

/** `rule-2` of the second rule, or the next that no rule has. */
function freeId(taken: ReadonlySet<string | undefined>, index: number): string {
  let number = index + 1;
  while (taken.has(`rule-${number}`)) number += taken.size;
  return `rule-${number}`;
}
