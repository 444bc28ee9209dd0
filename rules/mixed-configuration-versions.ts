import { toVersion2 } from './remedies/version2.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'mixed-configuration-versions',
  title: 'Some replication rules have a Filter, others have none',
  severity: 'error',
  scope: 'source',
  lint: true,
  why: 'A rule with a Filter is of version 2, one without is of version 1, and S3 takes a configuration of one version only. It refuses the whole of it, so that no rule takes effect.',
  fix: 'Give every rule a Filter, a Priority and DeleteMarkerReplication. An empty Filter takes everything.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: { source: ['replication'] },
  evaluate({ source }) {
    const rules = source.replication?.Rules ?? [];
    const without = rules.flatMap((rule, index) => (rule.Filter === undefined ? [index] : []));
    if (without.length === 0 || without.length === rules.length) return pass;
    return fail({
      message: `The replication configuration of '${source.name}' is of two versions: ${without.length} of its ${rules.length} rules have no Filter.`,
      expected: 'a Filter in every rule',
      actual: `${rules.length - without.length} with, ${without.length} without`,
      at: without.map((index) => `source.replication#/Rules/${index}` as const),
    });
  },
  remedy: ({ source }) => toVersion2(source.name),
  examples: {
    bad: { source: replicating({}, { Filter: undefined, Prefix: 'invoices/' }) },
    good: { source: replicating({}, { Filter: { Prefix: 'invoices/' } }) },
  },
});
