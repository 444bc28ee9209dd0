import {
  askReplicaKey,
  encrypting,
  replicasHaveBucketKey,
  sideOfRole,
  viaS3,
  wantsReplicaKey,
} from './permission/keys.ts';
import { mendKey } from './permission/mend.ts';
import { needsRole, replicaKey, type Target } from './permission/places.ts';
import { judgedFor, refusedFor } from './permission/reason.ts';
import { takesKms } from './permission/written.ts';
import { allow, replicaKeyArn, roleMay, withReplicaKey } from './shared/example.ts';
import type { Answer } from './permission/answer.ts';
import type { EncryptionConfiguration } from '../src/model/aws.ts';
import { defineRule, notApplicable, type Observed, type Route } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-encrypt-replica',
  title: "Replication role may not encrypt with the replicas' key",
  severity: 'error',
  scope: 'route',
  why: "S3 encrypts replicas with the permissions of this role. AWS's pages ask for kms:Encrypt and for kms:GenerateDataKey in different places; where both are missing the objects that are encrypted with KMS fail, and where one is missing nobody but AWS knows which objects need it.",
  fix: "Allow the role kms:Encrypt and kms:GenerateDataKey on the replicas' key, in the role's policy and, across accounts, in the key's. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { ...needsRole, replicaKey: ['description'] },
  wants: wantsReplicaKey,
  evaluate(view) {
    const { source, destination, route } = view;
    const target = replicaKey(view);
    if (target === null || !takesKms(route.rule)) return notApplicable;
    const side = sideOfRole(target, route);
    const verdict = judgedFor('permission', asked(side, view), (refused) => {
      const isBoth = new Set(refused.map(({ action }) => action)).size === encrypting.length;
      const then = `Objects of '${source.name}' that are encrypted with KMS`;
      return isBoth
        ? { then: `${then} will not reach '${destination.name}'.` }
        : {
            then: `${then} may not reach '${destination.name}': AWS's pages disagree on which of the two rights it takes.`,
            severity: 'warning',
          };
    });
    return verdict.outcome === 'pass' && side !== target ? notApplicable : verdict;
  },
  remedy(view) {
    const { role, source, replicaKey: key, route } = view;
    const target = replicaKey(view);
    const id = key.description?.Arn ?? key.id;
    const answers = target === null ? [] : asked(sideOfRole(target, route), view);
    const of = `${source.name}-${route.index}`;
    return mendKey(refusedFor('permission', answers), role, { ...key, id }, of, {
      Sid: 'EncryptReplicas',
      Effect: 'Allow',
      Action: encrypting,
      Resource: id,
      ...viaS3({ ...key, id }),
    });
  },
  examples: {
    bad: { replicationRule: withReplicaKey(), role: roleMay(allow('kms:Decrypt', replicaKeyArn)) },
    good: {
      replicationRule: withReplicaKey(),
      role: roleMay(allow(['kms:Encrypt', 'kms:GenerateDataKey'], replicaKeyArn)),
    },
  },
});

interface Ends {
  readonly source: { readonly encryption: Observed<EncryptionConfiguration | null> };
  readonly destination: { readonly encryption: Observed<EncryptionConfiguration | null> };
  readonly route: Route;
}

function asked<P extends string>(
  target: Target<P>,
  { source, destination, route }: Ends,
): readonly Answer<P>[] {
  const bucketKey = replicasHaveBucketKey(source.encryption, destination.encryption);
  return encrypting.flatMap((action) => askReplicaKey(target, action, route, bucketKey));
}
