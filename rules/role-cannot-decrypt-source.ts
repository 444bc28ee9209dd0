import { askSourceKey, hasBucketKey, kmsRoutes, wantsSourceKey } from './permission/keys.ts';
import { needsRole, sourceKey } from './permission/places.ts';
import { judgedFor } from './permission/reason.ts';
import { allowRole } from './remedies/permission.ts';
import {
  accountKeyPolicy,
  allow,
  kmsSource,
  roleMay,
  sourceKeyArn,
  withReplicaKey,
} from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-decrypt-source',
  title: "Replication role may not decrypt with the source's key",
  severity: 'error',
  scope: 'source',
  why: "S3 decrypts the source's objects with the permissions of this role. It needs kms:Decrypt on the source's key, from the role's own policies where the key's policy leaves it to its account, and from the key's policy where that is another account's or leaves nothing. Without it every object that the key encrypts fails.",
  fix: "Allow the role kms:Decrypt on the source's key, in the role's policy and, where the key does not leave it to its account, in the key's. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['SrcGetObjectNotPermitted'],
  controls: ['AWS-SecurityHub/S3.7', 'NIST-800-53-r5/CP-9', 'NIST-800-53-r5/CP-10'],
  needs: { ...needsRole, source: ['encryption'], sourceKey: ['description'] },
  wants: wantsSourceKey,
  evaluate(view) {
    const target = sourceKey(view);
    const routes = kmsRoutes(view.routes);
    if (target === null || routes.length === 0) return notApplicable;
    return judgedFor('permission', askSourceKey(target, routes, hasBucketKey(view.source.encryption)), {
      then: `Objects of '${view.source.name}' that this key encrypts will not be replicated.`,
    });
  },
  remedy: ({ role, sourceKey: key, source }) =>
    allowRole(role.arn, {
      Sid: 'DecryptSource',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: key.description?.Arn ?? key.id,
      Condition: { StringEquals: { 'kms:ViaService': `s3.${source.region ?? key.region}.amazonaws.com` } },
    }),
  examples: {
    bad: {
      source: { encryption: kmsSource },
      sourceKey: { policy: accountKeyPolicy },
      replicationRule: withReplicaKey(),
      role: roleMay(allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::orders/*')),
    },
    good: {
      source: { encryption: kmsSource },
      sourceKey: { policy: accountKeyPolicy },
      replicationRule: withReplicaKey(),
      role: roleMay(allow('kms:Decrypt', sourceKeyArn)),
    },
  },
});
