import { editReplication } from './remedies/replication.ts';
import { replicating } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

export default defineRule({
  id: 'existing-object-flag',
  title: 'ExistingObjectReplication is set',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'S3 no longer supports ExistingObjectReplication and refuses a configuration that has it. Whoever set it expects that objects which were there before are replicated; they are not.',
  fix: 'Take ExistingObjectReplication out, and send the objects that are there already with S3 Batch Replication.',
  page: 'AmazonS3/latest/API/API_ReplicationRule.html',
  needs: {},
  evaluate({ source, route }) {
    const flag = route.rule.ExistingObjectReplication;
    if (flag === undefined) return pass;
    return fail({
      message: `A replication rule of '${source.name}' has ExistingObjectReplication, which S3 no longer supports: objects that were there before will not be replicated.`,
      expected: 'no ExistingObjectReplication',
      actual: flag.Status ?? 'without a status',
      at: [`source.replication#/Rules/${route.index}/ExistingObjectReplication`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `del(.Rules[${route.index}].ExistingObjectReplication)`),
    untyped: 'take the flag out; what is not written there is not set.',
  }),
  examples: {
    bad: { source: replicating({ ExistingObjectReplication: { Status: 'Enabled' } }) },
    good: { source: replicating({}) },
  },
});
