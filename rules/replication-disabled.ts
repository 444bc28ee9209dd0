import { editReplication } from './remedies/replication.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replication-disabled',
  title: 'Every replication rule is disabled',
  severity: 'warning',
  scope: 'bucket',
  why: 'The bucket has a replication configuration and replicates nothing. Switching a rule on again does not catch up: what was written meanwhile stays unreplicated.',
  fix: 'Enable the replication rules and send what was written meanwhile with S3 Batch Replication; or delete the configuration, so that nobody takes it for a backup.',
  page: 'AmazonS3/latest/userguide/disable-replication.html',
  needs: { bucket: ['replication'] },
  evaluate({ bucket }) {
    const rules = bucket.replication?.Rules ?? [];
    if (rules.length === 0) return notApplicable;
    if (rules.some((rule) => rule.Status === 'Enabled')) return pass;
    const all =
      rules.length === 1
        ? 'its only replication rule is'
        : `all of its ${rules.length} replication rules are`;
    return fail({
      message: `Objects of '${bucket.name}' are not replicated: ${all} disabled.`,
      expected: 'an enabled replication rule, or no replication configuration',
      actual: `${rules.length} disabled, none enabled`,
      at: ['bucket.replication#/Rules'],
    });
  },
  remedy: ({ bucket }) => ({
    cli: editReplication(bucket.name, '.Rules[].Status = "Enabled"'),
    terraform: 'rule {\n  status = "Enabled"\n}',
    cloudformation: 'Rules:\n  - Status: Enabled',
  }),
  examples: {
    bad: { replicationRule: { Status: 'Disabled' } },
    good: { replicationRule: { Status: 'Enabled' } },
  },
});
