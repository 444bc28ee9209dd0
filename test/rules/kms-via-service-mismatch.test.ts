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
import { deny, policyAnd } from './permission/situations.ts';
import rule from '../../rules/kms-via-service-mismatch.ts';
import { withReplicaKey } from '../../rules/shared/example.ts';

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
        "Role 'orders-replication' may not kms:Encrypt or kms:GenerateDataKey or kms:Decrypt on 'arn:aws:kms:eu-central-1:444455556666:key/66666666-7777-8888-9999-000000000000': the policies that allow it ask for another kms:ViaService than 's3.eu-central-1.amazonaws.com', which S3 brings for this key. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'.",
    },
    {
      name: 'the key of the source',
      ...both,
      ...roleUnder(via('eu-central-1'), via('eu-central-1')),
      message: ["kms:Decrypt on 'arn:aws:kms:eu-west-1:", "than 's3.eu-west-1.amazonaws.com'"],
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
      message: ["ask for another kms:ViaService than 's3.eu-central-1.amazonaws.com'"],
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
      message: ["the statement 'Fence' of the policy of the key '", 'denies it. Objects'],
      actual: 'denied',
    },
    {
      name: 'both keys',
      ...neither,
      ...roleUnder(via('us-east-1'), via('us-east-1')),
      message: [
        "than 's3.eu-west-1.amazonaws.com', which S3 brings for this key; nor kms:Encrypt",
        "than 's3.eu-central-1.amazonaws.com', which S3 brings for this key. Objects",
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
