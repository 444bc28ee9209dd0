import { describeRule } from './describe-rule.ts';
import {
  both,
  context,
  neither,
  replicaKeyUnder,
  roleUnder,
  silentElsewhere,
  sourceAlone,
} from './permission/key-conditions.ts';
import rule from '../../rules/encryption-context-without-object-arn.ts';

const ofSource = 'arn:aws:s3:::orders';
const ofReplicas = 'arn:aws:s3:::orders-replica';

describeRule(rule, {
  pass: [
    { name: 'both ARNs', ...both, ...roleUnder(context(ofSource, `${ofSource}/*`)) },
    { name: 'trap 9: b* takes objects too', ...both, ...roleUnder(context(`${ofSource}*`)) },
    {
      name: 'replicas are new, so that the bucket does',
      ...both,
      ...roleUnder(undefined, context(ofReplicas)),
    },
    {
      name: 'no Bucket Key, and the objects',
      ...neither,
      ...roleUnder(context(`${ofSource}/*`), context(`${ofReplicas}/*`)),
    },
  ],
  fail: [
    {
      name: 'trap 9: the bucket alone, and objects from before the Bucket Key',
      ...both,
      ...roleUnder(context(ofSource)),
      message:
        "Role 'orders-replication' may not kms:Decrypt on 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555': without a Bucket Key the encryption context is the object's ARN, and statement 4 of the role's policy 'replication' allows it only under StringLike kms:EncryptionContext:aws:s3:arn 'arn:aws:s3:::orders'. Objects of 'orders' from before its Bucket Key will not reach 'orders-replica'.",
    },
    {
      name: 'a part of them',
      ...both,
      ...roleUnder(context(ofSource, `${ofSource}/in/*`)),
      message: [
        "key/11111111-2222-3333-4444-555555555555' for all objects, only within 'arn:aws:s3:::orders/in/*': without a Bucket Key the encryption context is the object's ARN, and statement 4 of the role's policy 'replication' allows it only under StringLike kms:EncryptionContext:aws:s3:arn 'arn:aws:s3:::orders' or 'arn:aws:s3:::orders/in/*'. ",
      ],
    },
    {
      name: 'no Bucket Key: every object',
      ...neither,
      ...roleUnder(context(ofSource)),
      severity: 'error',
      message: ["Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'."],
    },
    {
      name: 'no Bucket Key: every replica, for the policy of the key',
      ...neither,
      ...replicaKeyUnder(context(ofReplicas)),
      severity: 'error',
      message: ["may not kms:Encrypt or kms:GenerateDataKey on 'arn:aws:kms:eu-central-1:"],
    },
    {
      name: 'trap 11: whatever becomes of the replicas',
      ...sourceAlone,
      ...roleUnder(context(ofSource), context(ofReplicas)),
      message: ["kms:Decrypt on 'arn:aws:kms:eu-west-1:"],
    },
  ],
  notApplicable: silentElsewhere,
  unknown: [
    { name: 'the encryption is denied', ...both, denied: ['source.encryption'] },
    { name: 'the policy of the key is denied', ...neither, denied: ['replicaKey.policy'] },
    { name: 'the policy of the key of the source is denied', ...both, denied: ['sourceKey.policy'] },
  ],
});
