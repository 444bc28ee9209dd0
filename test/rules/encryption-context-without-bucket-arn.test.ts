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
import rule from '../../rules/encryption-context-without-bucket-arn.ts';
import { ownersKeyPolicy, roleArn } from '../../rules/shared/example.ts';

const ofSource = 'arn:aws:s3:::orders';
const ofReplicas = 'arn:aws:s3:::orders-replica';

const inObjects = {
  Operations: ['Encrypt', 'GenerateDataKey', 'Decrypt'],
  Constraints: { EncryptionContextSubset: { 'aws:s3:arn': `${ofReplicas}/one` } },
};

describeRule(rule, {
  pass: [
    {
      name: 'both ARNs',
      ...both,
      ...roleUnder(context(ofSource, `${ofSource}/*`), context(ofReplicas, `${ofReplicas}/*`)),
    },
    { name: 'trap 9: b* takes the bucket too', ...both, ...roleUnder(context(`${ofSource}*`)) },
    { name: 'no condition', ...both, ...roleUnder() },
    { name: 'the bucket alone is another rule’s', ...both, ...roleUnder(context(ofSource)) },
  ],
  fail: [
    {
      name: 'trap 9: the objects of the source alone',
      ...both,
      ...roleUnder(context(`${ofSource}/*`)),
      message:
        "Role 'orders-replication' may not kms:Decrypt on 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555': with a Bucket Key the encryption context is the bucket's ARN, and statement 4 of the role's policy 'replication' allows it only under StringLike kms:EncryptionContext:aws:s3:arn 'arn:aws:s3:::orders/*'. Objects of 'orders' that are encrypted with KMS will not reach 'orders-replica'.",
    },
    {
      name: 'the replicas',
      ...both,
      ...roleUnder(undefined, context(`${ofReplicas}/*`)),
      message: [
        "may not kms:Encrypt or kms:GenerateDataKey on 'arn:aws:kms:eu-central-1:",
        "statement 5 of the role's policy 'replication' allows it only under StringLike kms:EncryptionContext:aws:s3:arn 'arn:aws:s3:::orders-replica/*'; nor kms:Decrypt on 'arn:aws:kms:eu-central-1:",
      ],
    },
    {
      name: 'what verifies the Bucket Key alone',
      ...both,
      ...roleUnder(undefined, context(ofReplicas), context(`${ofReplicas}/*`)),
      message: ["may not kms:Decrypt on 'arn:aws:kms:eu-central-1:"],
    },
    {
      name: 'the policy of the key',
      ...both,
      ...replicaKeyUnder(context(`${ofReplicas}/*`)),
      message: [
        "with a Bucket Key the encryption context is the bucket's ARN, and the statement 'Replication' of the policy of the key '",
        "' allows it only under StringLike kms:EncryptionContext:aws:s3:arn 'arn:aws:s3:::orders-replica/*'. ",
      ],
    },
    {
      name: 'a grant, by its id',
      ...both,
      replicaKey: {
        policy: ownersKeyPolicy,
        grants: [
          { GrantId: 'another', GranteePrincipal: 'arn:aws:iam::111122223333:role/another', ...inObjects },
          { GrantId: 'listing', GranteePrincipal: roleArn, ...inObjects, Operations: ['DescribeKey'] },
          { GrantId: 'objects', GranteePrincipal: roleArn, ...inObjects },
        ],
      },
      message: [
        "the encryption context is the bucket's ARN, and the grant 'objects' allows it only in the encryption context 'arn:aws:s3:::orders-replica/one'. ",
      ],
    },
    {
      name: 'the source, with a Bucket Key of its own',
      ...sourceAlone,
      ...roleUnder(context(`${ofSource}/*`)),
      message: ["kms:Decrypt on 'arn:aws:kms:eu-west-1:"],
    },
  ],
  notApplicable: [
    ...silentElsewhere,
    { name: 'no Bucket Key', ...neither, ...roleUnder(context(`${ofSource}/*`), context(`${ofReplicas}/*`)) },
  ],
  unknown: [
    { name: 'the encryption is denied', ...both, denied: ['source.encryption'] },
    { name: 'the policy of the key is denied', ...both, denied: ['replicaKey.policy'] },
  ],
  undetermined: [
    {
      name: 'trap 11: a Bucket Key at one end only',
      ...sourceAlone,
      ...roleUnder(undefined, context(`${ofReplicas}/*`)),
      message: ["AWS's pages disagree whether the replicas in 'orders-replica' get one"],
    },
  ],
});
