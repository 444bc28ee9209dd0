import { editReplication } from './remedies/replication.ts';
import { cloudformation, terraform } from './remedies/block.ts';
import { replicating } from './shared/example.ts';
import { alike } from './shared/alike.ts';
import { bucketName } from '../src/arn.ts';
import { defineRule, fail, pass, type ReplicationRule } from '../src/rule.ts';

export default defineRule({
  id: 'duplicate-priority',
  title: 'Two rules of one destination have one priority',
  severity: 'error',
  scope: 'source',
  lint: true,
  why: 'The priority decides which of several rules with one destination an object follows, so that no two of them can have the same. S3 refuses such a configuration. Rules with different destinations may share a priority.',
  fix: 'Give each of the rules a number of its own; the higher number goes before.',
  page: 'AmazonS3/latest/API/API_ReplicationRule.html',
  needs: { source: ['replication'] },
  evaluate({ source }) {
    const rules = source.replication?.Rules ?? [];
    const found = alike(rules, ({ Priority, Destination }) =>
      Priority === undefined ? null : `${Priority} to '${bucketName(Destination.Bucket)}'`,
    );
    if (found.length === 0) return pass;
    const said = found.map(({ key, indices }) => `${key} (${names(rules, indices)})`).join(', ');
    return fail({
      message: `Replication rules of '${source.name}' share a priority: ${said}.`,
      expected: 'a priority for each rule of a destination',
      actual: said,
      at: found.flatMap(({ indices }) =>
        indices.map((index) => `source.replication#/Rules/${index}/Priority` as const),
      ),
    });
  },
  remedy({ source }) {
    // Whatever differs keeps its order; what is equal goes as it is written.
    const rules = (source.replication?.Rules ?? [])
      .toSorted(({ Priority: one = 0 }, { Priority: other = 0 }) => one - other)
      .map(({ ID }, index) => ({ ID, priority: index + 1 }));
    return {
      cli: editReplication(
        source.name,
        '.Rules |= (sort_by(.Priority // 0) | to_entries | map(.value + {Priority: (.key + 1)}))',
      ),
      terraform: terraform({ rule: rules.map(({ ID, priority }) => ({ id: ID, priority })) }),
      cloudformation: cloudformation({
        Rules: rules.map(({ ID, priority }) => ({ Id: ID, Priority: priority })),
      }),
    };
  },
  examples: {
    bad: {
      source: replicating(
        { ID: 'invoices', Priority: 1, Filter: { Prefix: 'invoices/' } },
        { ID: 'orders', Priority: 1, Filter: { Prefix: 'orders/' } },
      ),
    },
    good: {
      source: replicating(
        { ID: 'invoices', Priority: 1, Filter: { Prefix: 'invoices/' } },
        { ID: 'orders', Priority: 2, Filter: { Prefix: 'orders/' } },
      ),
    },
  },
});

function names(rules: readonly ReplicationRule[], indices: readonly number[]): string {
  return indices.map((index) => `'${rules[index]?.ID ?? `#${index + 1}`}'`).join(' and ');
}
