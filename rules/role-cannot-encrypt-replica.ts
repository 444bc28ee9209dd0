import {
  askReplicaKey,
  encrypting,
  givesNothing,
  replicasHaveBucketKey,
  wantsReplicaKey,
} from './permission/keys.ts';
import { needsRole, replicaKey } from './permission/places.ts';
import { judgedFor } from './permission/reason.ts';
import { takesKms } from './permission/written.ts';
import { allowRole } from './remedies/permission.ts';
import { allow, replicaKeyArn, roleMay, withReplicaKey } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-encrypt-replica',
  title: "Replication role may not encrypt with the replicas' key",
  severity: 'error',
  scope: 'route',
  why: "S3 encrypts replicas with the permissions of this role. AWS's pages ask for kms:Encrypt and for kms:GenerateDataKey in different places; where both are missing the objects that are encrypted with KMS fail, and where one is missing nobody but AWS knows which objects need it.",
  fix: "Allow the role kms:Encrypt and kms:GenerateDataKey on the replicas' key, in the role's policy and, across accounts, in the key's. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['DstPutObjectNotPermitted'],
  controls: ['AWS-SecurityHub/S3.7', 'NIST-800-53-r5/CP-9', 'NIST-800-53-r5/CP-10'],
  needs: { ...needsRole, replicaKey: ['description'] },
  wants: wantsReplicaKey,
  evaluate(view) {
    const { source, destination, route } = view;
    const target = replicaKey(view);
    // A key that gives the role nothing is the finding of replica-key-policy-missing.
    if (target === null || !takesKms(route.rule) || givesNothing(target, route)) return notApplicable;
    const bucketKey = replicasHaveBucketKey(source.encryption, destination.encryption);
    const answers = encrypting.flatMap((action) => askReplicaKey(target, action, route, bucketKey));
    return judgedFor('permission', answers, (refused) => {
      const isBoth = new Set(refused.map(({ action }) => action)).size === encrypting.length;
      const then = `Objects of '${source.name}' that are encrypted with KMS`;
      return isBoth
        ? { then: `${then} will not reach '${destination.name}'.` }
        : {
            then: `${then} may not reach '${destination.name}': AWS's pages disagree on which of the two rights it takes.`,
            severity: 'warning',
          };
    });
  },
  remedy: ({ role, replicaKey: key }) =>
    allowRole(role.arn, {
      Sid: 'EncryptReplicas',
      Effect: 'Allow',
      Action: encrypting,
      Resource: key.description?.Arn ?? key.id,
      Condition: { StringEquals: { 'kms:ViaService': `s3.${key.region}.amazonaws.com` } },
    }),
  examples: {
    bad: { replicationRule: withReplicaKey(), role: roleMay(allow('kms:Decrypt', replicaKeyArn)) },
    good: {
      replicationRule: withReplicaKey(),
      role: roleMay(allow(['kms:Encrypt', 'kms:GenerateDataKey'], replicaKeyArn)),
    },
  },
});
