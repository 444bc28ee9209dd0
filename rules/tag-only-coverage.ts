import { filterSet } from '../src/filter.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'tag-only-coverage',
  title: 'Only tags decide what is replicated',
  severity: 'warning',
  scope: 'source',
  why: 'Every enabled replication rule of the bucket filters by tags. S3 looks at the tags that come with the upload: an object that is tagged afterwards is never replicated, and nothing reports it, since no replication of it was ever tried. Rules with tags replicate no delete markers either.',
  fix: 'Replicate by prefix, or the whole bucket; or have every writer send the tags with PutObject. Send what was tagged late with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  needs: {},
  evaluate({ source, routes }) {
    const tagged = routes.filter(({ rule }) => filterSet(rule).tags.length > 0);
    if (tagged.length < routes.length) return pass;
    const rules =
      routes.length === 1 ? 'its only replication rule filters' : 'all its replication rules filter';
    return fail({
      message: `Objects of '${source.name}' that are tagged after their upload will not be replicated: ${rules} by tags.`,
      expected: 'a replication rule without tags',
      actual: `${tagged.length} with tags, none without`,
      at: tagged.map(({ index }) => `source.replication#/Rules/${index}/Filter` as const),
    });
  },
  remedy: () => ({
    untyped: 'which objects are meant, beyond those that have the tags, only their owner knows.',
  }),
  examples: {
    bad: { replicationRule: { Filter: { Tag: { Key: 'replicate', Value: 'yes' } } } },
    good: { replicationRule: { Filter: { Prefix: 'invoices/' } } },
  },
});
