import { describeRule } from './describe-rule.ts';
import {
  deny,
  everyLayer,
  ownStatements,
  policyAnd,
  roleOf,
  statementsOf,
  without,
} from './permission/situations.ts';
import rule from '../../rules/role-cannot-encrypt-replica.ts';
import {
  allow,
  kmsDestination,
  kmsSource,
  ownersKeyPolicy,
  policyOf,
  replicaKeyArn,
  withReplicaKey,
} from '../../rules/shared/example.ts';
import { healthy } from '../../src/tester.ts';

const both = ['kms:Encrypt', 'kms:GenerateDataKey'];
const base = { replicationRule: withReplicaKey() };
const layers = everyLayer({ action: both, owner: 'replicaKey', base });
const silent = roleOf(without(ownStatements, ...both));
const keyWithout = (...actions: readonly string[]): string =>
  policyOf(...without(statementsOf(policyAnd('replicaKey')), ...actions));

describeRule(rule, {
  ...layers,
  pass: [
    ...layers.pass,
    {
      name: 'a Deny of all but what S3 forwards',
      ...base,
      replicaKey: {
        policy: policyAnd(
          'replicaKey',
          deny('kms:*', '*', { Principal: '*', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }),
        ),
      },
    },
    {
      name: 'a grant, whatever the role’s own policies say',
      ...base,
      role: silent,
      replicaKey: {
        grants: [
          { GrantId: 'g-1', GranteePrincipal: healthy.role, Operations: ['Encrypt', 'GenerateDataKey'] },
        ],
      },
    },
  ],
  fail: [
    ...layers.fail,
    {
      name: 'one of the two rights',
      ...base,
      role: roleOf(without(ownStatements, 'kms:GenerateDataKey')),
      severity: 'warning',
      message:
        "Role 'orders-replication' may not kms:GenerateDataKey on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': no policy of the role allows it. Objects of 'orders' that are encrypted with KMS may not reach 'orders-replica': AWS's pages disagree on which of the two rights it takes.",
    },
    {
      name: 'one of the two, by the policy of the key',
      ...base,
      replicaKey: { policy: keyWithout('kms:Encrypt') },
      severity: 'warning',
      message: ['may not kms:Encrypt on', ', of account 444455556666, does not allow it'],
    },
    {
      name: 'one for want of the role, the other for want of the key',
      ...base,
      role: roleOf(without(ownStatements, 'kms:Encrypt')),
      replicaKey: { policy: keyWithout('kms:GenerateDataKey') },
      message: [
        'may not kms:Encrypt on',
        'no policy of the role allows it; nor kms:GenerateDataKey on',
        'of account 444455556666, does not allow it.',
      ],
    },
    {
      name: 'the role’s own side, where the key gives nothing',
      ...base,
      role: silent,
      replicaKey: { policy: ownersKeyPolicy },
      message: ['no policy of the role allows it. Objects'],
    },
  ],
  notApplicable: [
    { name: 'no key is named', role: silent },
    {
      name: 'the route leaves such objects out',
      replicationRule: { ...withReplicaKey(), SourceSelectionCriteria: undefined },
      role: silent,
    },
    { name: 'the role does not exist', ...base, role: { definition: null, policies: null } },
    {
      name: 'the key does not exist',
      ...base,
      replicaKey: { description: null, policy: null, grants: null },
    },
    { name: 'the key alone gives nothing', ...base, replicaKey: { policy: ownersKeyPolicy } },
    {
      name: 'only a condition is in the way, which has a rule of its own',
      source: { encryption: kmsSource },
      destination: { encryption: kmsDestination },
      ...base,
      role: roleOf([
        allow(both, replicaKeyArn, {
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::orders-replica/*' },
        }),
      ]),
    },
  ],
});
