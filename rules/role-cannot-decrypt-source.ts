import { askSourceKey, hasBucketKey, kmsRoutes, viaS3, wantsSourceKey } from './permission/keys.ts';
import { mendKey } from './permission/mend.ts';
import { needsRole, sourceKey, type SourceKeyFact } from './permission/places.ts';
import { judgedFor, refusedFor } from './permission/reason.ts';
import {
  accountKeyPolicy,
  allow,
  kmsSource,
  roleMay,
  sourceKeyArn,
  withReplicaKey,
} from './shared/example.ts';
import type { Answer } from './permission/answer.ts';
import type { EncryptionConfiguration } from '../src/model/aws.ts';
import { defineRule, notApplicable, type Observed, type Route } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-decrypt-source',
  title: "Replication role may not decrypt with the source's key",
  severity: 'error',
  scope: 'source',
  why: "S3 decrypts the source's objects with the permissions of this role. It needs kms:Decrypt on the source's key, from the role's own policies where the key's policy leaves it to its account, and from the key's policy where that is another account's or leaves nothing. Without it every object that the key encrypts fails.",
  fix: "Allow the role kms:Decrypt on the source's key, in the role's policy and, where the key does not leave it to its account, in the key's. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['SrcGetObjectNotPermitted'],
  needs: { ...needsRole, sourceKey: ['description'] },
  // Which key it is hangs on the encryption, so that the key is unknown where that is.
  wants: { ...wantsSourceKey, source: ['encryption'] },
  evaluate(view) {
    const answers = asked(view);
    if (answers.length === 0) return notApplicable;
    return judgedFor('permission', answers, {
      then: `Objects of '${view.source.name}' that this key encrypts will not be replicated.`,
    });
  },
  remedy(view) {
    const { role, source, sourceKey: key } = view;
    const id = key.description?.Arn ?? key.id;
    return mendKey(refusedFor('permission', asked(view)), role, { ...key, id }, source.name, {
      Sid: 'DecryptSource',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: id,
      ...viaS3({ ...key, id }),
    });
  },
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

type View = Parameters<typeof sourceKey>[0] & {
  readonly source: { readonly encryption: Observed<EncryptionConfiguration | null> };
  readonly routes: readonly Route[];
};

/** Nothing, where there is no role, no key, or no route that takes what the key encrypts. */
function asked(view: View): readonly Answer<SourceKeyFact>[] {
  const { encryption } = view.source;
  const target = sourceKey(view);
  if (target === null || !encryption.known) return [];
  return askSourceKey(target, kmsRoutes(view.routes), hasBucketKey(encryption.value));
}
