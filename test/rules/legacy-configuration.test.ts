import { describeRule } from './describe-rule.ts';
import rule from '../../rules/legacy-configuration.ts';
import { replicating } from '../../rules/shared/example.ts';

const v1 = { Filter: undefined, Priority: undefined, DeleteMarkerReplication: undefined };

describeRule(rule, {
  pass: [
    { name: 'trap 1: an empty Filter is version 2' },
    { name: 'a Filter', replicationRule: { Filter: { Prefix: 'a/' } } },
    {
      name: 'a disabled rule replicates no delete marker',
      source: replicating({}, { ...v1, Status: 'Disabled' }),
    },
  ],
  fail: [
    {
      name: 'trap 1: no Filter is version 1',
      source: replicating({ ...v1, Prefix: '' }),
      actual: '1 of 1 enabled rules without one',
      message:
        "When a user deletes an object of 'orders', the delete marker is replicated: a replication rule has no Filter, which makes the configuration version 1.",
    },
    {
      name: 'neither Filter nor Prefix',
      source: replicating(v1),
      message: ['the delete marker is replicated'],
    },
    {
      name: 'two rules',
      source: replicating({ ...v1, Prefix: 'a/' }, { ...v1, Prefix: 'b/' }),
      message: ['2 replication rules have no Filter'],
    },
  ],
  notApplicable: 'never: every configuration is of one of the versions',
  unknown: [{ name: 'the replication configuration is denied', denied: ['source.replication'] }],
});
