import {
  askReplicaKey,
  hasBucketKey,
  sideOfRole,
  verifying,
  viaS3,
  wantsReplicaKey,
} from './permission/keys.ts';
import { mendKey } from './permission/mend.ts';
import { needsRole, replicaKey } from './permission/places.ts';
import { judgedFor, refusedFor } from './permission/reason.ts';
import { takesKms } from './permission/written.ts';
import {
  allow,
  kmsDestination,
  kmsSource,
  replicaKeyArn,
  roleMay,
  withReplicaKey,
} from './shared/example.ts';
import { defineRule, notApplicable, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-decrypt-bucket-key',
  title: "Replication role may not decrypt the destination's Bucket Key",
  severity: 'error',
  scope: 'route',
  why: "A Bucket Key is in play at one of the ends, and before S3 uses the one at the destination it verifies it with kms:Decrypt on the replicas' key, with the permissions of this role. Without that right the objects that are encrypted with KMS fail. Roles and keys from before Bucket Keys allow to encrypt only.",
  fix: "Allow the role kms:Decrypt on the replicas' key, in the role's policy and, across accounts, in the key's. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: { ...needsRole, replicaKey: ['description'] },
  wants: wantsReplicaKey,
  evaluate(view) {
    const { source, destination, route } = view;
    const target = replicaKey(view);
    if (target === null || !takesKms(route.rule)) return notApplicable;
    const ends = [source.encryption, destination.encryption];
    const unread = ends.find((end) => !end.known);
    if (!ends.some((end) => end.known && hasBucketKey(end.value)))
      return unread?.known === false ? unknown(unread) : notApplicable;
    const side = sideOfRole(target, route);
    const verdict = judgedFor('permission', askReplicaKey(side, verifying, route, true), {
      then: `Objects of '${source.name}' that are encrypted with KMS will not reach '${destination.name}', where a Bucket Key is in play.`,
    });
    return verdict.outcome === 'pass' && side !== target ? notApplicable : verdict;
  },
  remedy(view) {
    const { role, source, replicaKey: key, route } = view;
    const target = replicaKey(view);
    const id = key.description?.Arn ?? key.id;
    const answers = target === null ? [] : askReplicaKey(sideOfRole(target, route), verifying, route, true);
    const of = `${source.name}-${route.index}`;
    return mendKey(refusedFor('permission', answers), role, { ...key, id }, of, {
      Sid: 'VerifyBucketKey',
      Effect: 'Allow',
      Action: [verifying],
      Resource: id,
      ...viaS3({ ...key, id }),
    });
  },
  examples: {
    bad: {
      source: { encryption: kmsSource },
      destination: { encryption: kmsDestination },
      replicationRule: withReplicaKey(),
      role: roleMay(allow(['kms:Encrypt', 'kms:GenerateDataKey'], replicaKeyArn)),
    },
    good: {
      source: { encryption: kmsSource },
      destination: { encryption: kmsDestination },
      replicationRule: withReplicaKey(),
      role: roleMay(allow(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'], replicaKeyArn)),
    },
  },
});
