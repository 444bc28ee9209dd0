import { describeRule } from './describe-rule.ts';
import {
  both,
  context,
  replicaKeyUnder,
  roleUnder,
  silentElsewhere,
  via,
} from './permission/key-conditions.ts';
import rule from '../../rules/encryption-context-key-typo.ts';

const typo = (operator = 'StringLike'): object => ({
  [operator]: { 'kms:EncryptionContext:arn:aws:arn': 'arn:aws:s3:::*' },
});

describeRule(rule, {
  pass: [
    { name: 'as S3 brings it', ...both, ...roleUnder(context('arn:aws:s3:::orders')) },
    { name: 'no condition', ...both, ...roleUnder() },
    { name: 'where it need not be there', ...both, ...roleUnder(typo('StringLikeIfExists')) },
  ],
  fail: [
    {
      name: 'the role, for the key of the source',
      ...both,
      ...roleUnder(typo()),
      message:
        "Role 'orders-replication' may not kms:Decrypt on 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555': statement 4 of the role's policy 'replication' allows it only under StringLike kms:EncryptionContext:arn:aws:arn 'arn:aws:s3:::*', and S3 brings kms:EncryptionContext:aws:s3:arn. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'.",
    },
    {
      name: 'what verifies the Bucket Key alone',
      ...both,
      ...roleUnder(undefined, {}, typo()),
      message: ["may not kms:Decrypt on 'arn:aws:kms:eu-central-1:"],
    },
    {
      name: 'the policy of the key, as AWS’s page has it',
      ...both,
      ...replicaKeyUnder(typo()),
      message: ["kms:Encrypt or kms:GenerateDataKey or kms:Decrypt on 'arn:aws:kms:eu-central-1:"],
    },
  ],
  notApplicable: [
    ...silentElsewhere,
    { name: 'the Region is in the way, which is another rule’s', ...both, ...roleUnder(via('us-east-1')) },
  ],
  unknown: [
    { name: 'the encryption is denied', ...both, denied: ['source.encryption'] },
    { name: 'the policy of the key is denied', ...both, denied: ['replicaKey.policy'] },
  ],
});
