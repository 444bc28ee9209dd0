import { askObjects, isRefused, type Answer } from './permission/answer.ts';
import { needsRole, sourceBucket, wantsSource, type Target } from './permission/places.ts';
import { prefixesOf } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { takesKms } from './permission/written.ts';
import { allowRole } from './remedies/permission.ts';
import { allow, roleMay, withReplicaKey } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-source-objects',
  title: "Replication role may not read the source's objects",
  severity: 'error',
  scope: 'source',
  why: 'S3 reads each version with the permissions of this role, and its access control list too. Where the role may not, objects fail. s3:GetObjectVersion does for objects that are not encrypted with KMS; for those that are, only s3:GetObjectVersionForReplication does, which AWS recommends for all.',
  fix: 'Allow the role s3:GetObjectVersionForReplication and s3:GetObjectVersionAcl on the objects that the replication rules take, and take away a Deny that reaches it. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['SrcGetObjectNotPermitted', 'SrcHeadObjectNotPermitted', 'SrcGetAclNotPermitted'],
  controls: ['AWS-SecurityHub/S3.7', 'NIST-800-53-r5/CP-9', 'NIST-800-53-r5/CP-10'],
  needs: needsRole,
  wants: wantsSource,
  evaluate(view) {
    const target = sourceBucket(view);
    if (target === null) return notApplicable;
    const takesAnyKms = view.routes.some(({ rule }) => takesKms(rule));
    const answers = prefixesOf(view.routes).flatMap((prefix) => [
      takesAnyKms ? askObjects(target, forReplication, prefix) : read(target, prefix),
      askObjects(target, 's3:GetObjectVersionAcl', prefix),
    ]);
    return judged(answers, { then: `Objects of '${view.source.name}' will not be replicated.` });
  },
  remedy: ({ role, source }) =>
    allowRole(role.arn, {
      Sid: 'ReadSourceObjects',
      Effect: 'Allow',
      Action: [forReplication, 's3:GetObjectVersionAcl'],
      Resource: `${source.arn}/*`,
    }),
  examples: {
    bad: {
      replicationRule: withReplicaKey(),
      role: roleMay(allow(['s3:GetObjectVersion', 's3:GetObjectVersionAcl'], 'arn:aws:s3:::orders/*')),
    },
    good: {
      replicationRule: withReplicaKey(),
      role: roleMay(
        allow(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl'], 'arn:aws:s3:::orders/*'),
      ),
    },
  },
});

const forReplication = 's3:GetObjectVersionForReplication';

/** Either right reads what is not encrypted with KMS. */
function read<P extends string>(target: Target<P>, prefix: string): Answer<P> {
  const own = askObjects(target, forReplication, prefix);
  if (!isRefused(own)) return own;
  const other = askObjects(target, 's3:GetObjectVersion', prefix);
  return isRefused(other) ? own : other;
}
