import { describeRule } from './describe-rule.ts';
import rule from '../../rules/existing-object-flag.ts';

describeRule(rule, {
  pass: [{ name: 'it is not there' }],
  fail: [
    {
      name: 'it is enabled',
      replicationRule: { ExistingObjectReplication: { Status: 'Enabled' } },
      actual: 'Enabled',
      message:
        "A replication rule of 'orders' has ExistingObjectReplication, which S3 no longer supports: objects that were there before will not be replicated.",
    },
    {
      name: 'it is disabled, and still there',
      replicationRule: { ExistingObjectReplication: { Status: 'Disabled' } },
      actual: 'Disabled',
      message: ['no longer supports'],
    },
    {
      name: 'it is empty',
      replicationRule: { ExistingObjectReplication: {} },
      actual: 'without a status',
      message: ['no longer supports'],
    },
  ],
  notApplicable: 'never: every rule could have it',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
