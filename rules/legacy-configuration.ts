import { toVersion2 } from './remedies/version2.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'legacy-configuration',
  title: 'Replication configuration is of version 1',
  severity: 'warning',
  scope: 'source',
  why: 'Without a Filter S3 takes the configuration for version 1. Then the delete marker of every user who deletes an object is replicated, so that the object seems gone at the destination too, and nothing can switch that off. Version 1 knows neither tags, nor priorities, nor the replication of changes that are made to replicas. An empty Filter is version 2 and takes everything.',
  fix: 'Give every rule a Filter, a Priority and DeleteMarkerReplication; Disabled keeps deletions at the source.',
  page: 'AmazonS3/latest/userguide/replication-add-config.html',
  needs: {},
  evaluate({ source, routes }) {
    const legacy = routes.filter(({ rule }) => rule.Filter === undefined);
    if (legacy.length === 0) return pass;
    const rules = legacy.length === 1 ? 'a replication rule has' : `${legacy.length} replication rules have`;
    return fail({
      message: `When a user deletes an object of '${source.name}', the delete marker is replicated: ${rules} no Filter, which makes the configuration version 1.`,
      expected: 'a Filter in every replication rule',
      actual: `${legacy.length} of ${routes.length} enabled rules without one`,
      at: legacy.map(({ index }) => `source.replication#/Rules/${index}` as const),
    });
  },
  remedy: ({ source }) => toVersion2(source.name),
  examples: {
    bad: {
      source: replicating({
        Filter: undefined,
        Prefix: '',
        Priority: undefined,
        DeleteMarkerReplication: undefined,
      }),
    },
    good: { replicationRule: { Filter: {} } },
  },
});
