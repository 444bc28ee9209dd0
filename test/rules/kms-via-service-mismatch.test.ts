import { describeRule } from './describe-rule.ts';
import {
  both,
  context,
  neither,
  replicaKeyUnder,
  roleUnder,
  silentElsewhere,
  via,
} from './permission/key-conditions.ts';
import { deny, governed, policyAnd } from './permission/situations.ts';
import rule from '../../rules/kms-via-service-mismatch.ts';
import { allow, policyOf, withReplicaKey } from '../../rules/shared/example.ts';

describeRule(rule, {
  pass: [
    { name: 'S3 in the Region of each key', ...both, ...roleUnder(via('eu-west-1'), via('eu-central-1')) },
    { name: 'no condition', ...both, ...roleUnder() },
    {
      name: 'S3 anywhere',
      ...both,
      ...roleUnder(undefined, { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } }),
    },
    {
      name: 'an end without KMS',
      replicationRule: withReplicaKey(),
      ...roleUnder(via('nowhere'), via('eu-central-1')),
    },
  ],
  fail: [
    {
      name: 'the Region of the source, copied to the key of the replicas',
      ...both,
      ...roleUnder(via('eu-west-1'), via('eu-west-1')),
      message:
        "Role 'orders-replication' may not kms:Encrypt or kms:GenerateDataKey on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': statement 5 of the role's policy 'replication' allows it only under StringEquals kms:ViaService 's3.eu-west-1.amazonaws.com', and S3 brings 's3.eu-central-1.amazonaws.com' for this key; nor kms:Decrypt on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': statement 6 of the role's policy 'replication' allows it only under StringEquals kms:ViaService 's3.eu-west-1.amazonaws.com', and S3 brings 's3.eu-central-1.amazonaws.com' for this key. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'.",
    },
    {
      name: 'the key of the source',
      ...both,
      ...roleUnder(via('eu-central-1'), via('eu-central-1')),
      message: [
        "kms:Decrypt on 'arn:aws:kms:eu-west-1:",
        "': statement 4 of the role's policy 'replication' allows it only under StringEquals kms:ViaService 's3.eu-central-1.amazonaws.com', and S3 brings 's3.eu-west-1.amazonaws.com' for this key. ",
      ],
    },
    {
      name: 'what verifies the Bucket Key alone',
      ...both,
      ...roleUnder(undefined, via('eu-central-1'), via('eu-west-1')),
      message: ["may not kms:Decrypt on 'arn:aws:kms:eu-central-1:"],
    },
    {
      name: 'the policy of the key',
      ...both,
      ...replicaKeyUnder(via('eu-west-1')),
      message: [
        ": the statement 'Replication' of the policy of the key '",
        "' allows it only under StringEquals kms:ViaService 's3.eu-west-1.amazonaws.com', and S3 brings 's3.eu-central-1.amazonaws.com' ",
      ],
    },
    {
      name: 'a Deny, by its name',
      ...both,
      replicaKey: {
        policy: policyAnd(
          'replicaKey',
          deny('kms:*', '*', {
            Principal: '*',
            Condition: { StringNotEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
          }),
        ),
      },
      message: [
        "the statement 'Fence' of the policy of the key '",
        "' denies it under StringNotEquals kms:ViaService 's3.eu-west-1.amazonaws.com', and S3 brings 's3.eu-central-1.amazonaws.com' ",
      ],
      actual: 'denied',
    },
    {
      name: 'a boundary and the policy of the role, by the one that is asked first',
      ...both,
      role: {
        policies: {
          Inline: roleUnder(undefined, via('eu-west-1')).role.policies.Inline,
          Attached: [],
          Boundary: { Name: 'edge', Document: policyOf(allow('*', '*', via('eu-west-1'))) },
        },
      },
      message: ['eu-central-1:', "': statement 5 of the role's policy 'replication' allows it only under "],
    },
    {
      name: 'a boundary alone',
      ...both,
      role: {
        policies: {
          Inline: roleUnder().role.policies.Inline,
          Attached: [],
          Boundary: {
            Name: 'edge',
            Document: policyOf(allow('s3:*', '*'), {
              ...allow('kms:*', '*', {
                StringLike: { 'kms:viaservice': ['a', 'b', 's3.*.amazonaws.com.cn', 'd'] },
              }),
              Sid: 'Ways',
            }),
          },
        },
      },
      message: [
        "': the statement 'Ways' of the role's permissions boundary 'edge' allows it only under StringLike kms:viaservice 'a' or 'b' or 's3.*.amazonaws.com.cn' or others, and S3 brings ",
      ],
    },
    {
      name: 'a level of service control policies',
      ...both,
      ...roleUnder(),
      ...governed(
        '111122223333',
        'serviceControlPolicies',
        [allow('s3:*', '*'), allow('kms:*', '*', via('eu-west-1'))],
        true,
      ),
      message: [
        "': statement 2 of the service control policy 'fence' allows it only under StringEquals kms:ViaService 's3.eu-west-1.amazonaws.com', ",
      ],
    },
    {
      name: 'both keys',
      ...neither,
      ...roleUnder(via('us-east-1'), via('us-east-1')),
      message: [
        "and S3 brings 's3.eu-west-1.amazonaws.com' for this key; nor kms:Encrypt",
        "and S3 brings 's3.eu-central-1.amazonaws.com' for this key. Objects",
      ],
    },
  ],
  notApplicable: [
    ...silentElsewhere,
    {
      name: 'the encryption context is in the way, which is another rule’s',
      ...both,
      ...roleUnder(context('arn:aws:s3:::other'), via('eu-central-1')),
    },
  ],
  unknown: [
    { name: 'the encryption is denied', ...both, denied: ['source.encryption'] },
    { name: 'the key of the source is denied', ...both, denied: ['sourceKey.description'] },
    { name: 'the key of the replicas is denied', ...both, denied: ['replicaKey.description'] },
    { name: 'the policy of the key is denied', ...both, denied: ['replicaKey.policy'] },
  ],
});
