import { askObjects, isRefused, type Answer } from './permission/answer.ts';
import { needsRole, sourceBucket, wantsSource, type Target } from './permission/places.ts';
import { prefixesOf } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { mendSource } from './permission/source.ts';
import { takesKms } from './permission/written.ts';
import { allow, roleMay, withReplicaKey } from './shared/example.ts';
import { defineRule, notApplicable, type Route } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-read-source-objects',
  title: "Replication role may not read the source's objects",
  severity: 'error',
  scope: 'source',
  why: 'S3 reads each version with the permissions of this role, and its access control list too. Where the role may not, objects fail. s3:GetObjectVersion does for objects that are not encrypted with KMS; for those that are, only s3:GetObjectVersionForReplication does, which AWS recommends for all.',
  fix: 'Allow the role s3:GetObjectVersionForReplication and s3:GetObjectVersionAcl on the objects that the replication rules take, and take away a Deny that reaches it. Then send the failed objects again with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  predicts: ['SrcGetObjectNotPermitted', 'SrcHeadObjectNotPermitted', 'SrcGetAclNotPermitted'],
  needs: needsRole,
  wants: wantsSource,
  evaluate(view) {
    const target = sourceBucket(view);
    if (target === null) return notApplicable;
    const answers = asked(target, view.routes);
    return judged(answers, { then: `Objects of '${view.source.name}' will not be replicated.` });
  },
  remedy(view) {
    const target = sourceBucket(view);
    const answers = target === null ? null : asked(target, view.routes);
    return mendSource(view, answers, 'ReadSourceObjects', [forReplication, accessControl]);
  },
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

const accessControl = 's3:GetObjectVersionAcl';

/** Of what is encrypted with KMS one right alone reads it; of the rest either does. */
function asked<P extends string>(target: Target<P>, routes: readonly Route[]): readonly Answer<P>[] {
  const encrypted = prefixesOf(routes.filter(({ rule }) => takesKms(rule)));
  const rest = prefixesOf(routes).filter((prefix) => !encrypted.some((other) => prefix.startsWith(other)));
  return [
    ...encrypted.map((prefix) => askObjects(target, forReplication, prefix)),
    ...rest.map((prefix) => read(target, prefix)),
    ...prefixesOf(routes).map((prefix) => askObjects(target, accessControl, prefix)),
  ];
}

/** The better of two answers: allowed, or in doubt, or else that for the right that AWS recommends. */
function read<P extends string>(target: Target<P>, prefix: string): Answer<P> {
  const own = askObjects(target, forReplication, prefix);
  if (own.decision.outcome === 'allowed') return own;
  const other = askObjects(target, 's3:GetObjectVersion', prefix);
  return other.decision.outcome === 'allowed' || (isRefused(own) && !isRefused(other)) ? other : own;
}
