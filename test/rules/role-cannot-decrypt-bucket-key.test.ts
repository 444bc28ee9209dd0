import { describeRule } from './describe-rule.ts';
import {
  everyLayer,
  ownStatements,
  policyAnd,
  roleOf,
  statementsOf,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-decrypt-bucket-key.ts';
import {
  kmsDestination,
  kmsSource,
  kmsWith,
  ownersKeyPolicy,
  policyOf,
  sourceKeyArn,
  withReplicaKey,
} from '../../rules/shared/example.ts';

const action = 'kms:Decrypt';
const base = {
  source: { encryption: kmsSource },
  destination: { encryption: kmsDestination },
  replicationRule: withReplicaKey(),
};
const layers = everyLayer({ action, owner: 'replicaKey', base });
const silent = roleOf(without(ownStatements, action));
const before = policyOf(...without(statementsOf(policyAnd('replicaKey')), action));

describeRule(rule, {
  ...layers,
  fail: [
    ...layers.fail,
    {
      name: 'trap 11: a Bucket Key at the destination alone',
      destination: base.destination,
      replicationRule: base.replicationRule,
      role: silent,
      message:
        "Role 'orders-replication' may not kms:Decrypt on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': no policy of the role allows it. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica', where a Bucket Key is in play.",
    },
    {
      name: 'trap 11: a Bucket Key at the source alone',
      source: base.source,
      replicationRule: base.replicationRule,
      role: silent,
      message: ['no policy of the role allows it'],
    },
    {
      name: 'a key from before Bucket Keys',
      ...base,
      replicaKey: { policy: before },
      message: ['of account 444455556666, does not allow it'],
    },
    {
      name: 'the end that was read has one',
      ...base,
      role: silent,
      denied: ['destination.encryption'],
      message: ['no policy of the role allows it'],
    },
  ],
  notApplicable: [
    {
      name: 'trap 8: no Bucket Key with SSE-S3, whatever the bucket says',
      source: { encryption: { Rules: [{ BucketKeyEnabled: true }] } },
      replicationRule: base.replicationRule,
      role: silent,
    },
    {
      name: 'neither end has one',
      source: { encryption: kmsWith(sourceKeyArn, false) },
      replicationRule: base.replicationRule,
      role: silent,
    },
    { name: 'no key is named', source: base.source, destination: base.destination, role: silent },
    { name: 'the role does not exist', ...base, role: { definition: null, policies: null } },
    { name: 'the key gives nothing at all', ...base, replicaKey: { policy: ownersKeyPolicy } },
  ],
  unknown: [
    ...layers.unknown,
    {
      name: 'whether the destination has one',
      replicationRule: base.replicationRule,
      denied: ['destination.encryption'],
    },
  ],
});
