import { editReplication } from './remedies/replication.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replication-rule-disabled',
  title: 'A replication rule is disabled beside others that are not',
  severity: 'note',
  scope: 'source',
  why: 'A disabled rule replicates nothing, and switching it on again does not catch up: what was written meanwhile stays behind. Beside enabled rules it is easily overlooked, since the bucket as a whole does replicate.',
  fix: 'Delete the rule where it is done with; otherwise enable it and send what was written meanwhile with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/disable-replication.html',
  needs: { source: ['replication'] },
  evaluate({ source }) {
    const rules = source.replication?.Rules ?? [];
    const disabled = rules.flatMap((rule, index) =>
      rule.Status === 'Enabled' ? [] : [{ name: rule.ID ?? `#${index + 1}`, index }],
    );
    if (disabled.length === 0) return pass;
    const names = disabled.map(({ name }) => `'${name}'`).join(', ');
    return fail({
      message: `What only ${names} would take of '${source.name}' is not replicated: ${disabled.length} of its ${rules.length} replication rules ${disabled.length === 1 ? 'is' : 'are'} disabled.`,
      expected: 'every replication rule enabled, or gone',
      actual: `${disabled.length} disabled, ${rules.length - disabled.length} enabled`,
      at: disabled.map(({ index }) => `source.replication#/Rules/${index}/Status` as const),
    });
  },
  remedy: ({ source }) => ({
    cli: editReplication(source.name, 'del(.Rules[] | select(.Status == "Disabled"))'),
    terraform: 'rule {\n  status = "Enabled"\n}',
    cloudformation: 'Rules:\n  - Status: Enabled',
  }),
  examples: {
    bad: {
      source: replicating(
        { ID: 'invoices', Filter: { Prefix: 'invoices/' } },
        { ID: 'orders', Filter: { Prefix: 'orders/' }, Status: 'Disabled' },
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
