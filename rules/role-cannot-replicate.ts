import { askObjects, onlyOwnerIsSilent } from './permission/answer.ts';
import { destinationBucket, needsRole, wantsDestination } from './permission/places.ts';
import { prefixOf } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { wantsWritten, writtenBy } from './permission/written.ts';
import { allowRole } from './remedies/permission.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-replicate',
  title: 'Replication role may not write replicas',
  severity: 'error',
  scope: 'route',
  why: "S3 writes replicas with the permissions of this role, as s3:ReplicateObject on the destination's objects: a right to put objects does not do, and a Deny of s3:PutObject does not hinder. Where the role's own policies, its boundary, the organization's policies or a Deny of the destination refuse it, every object of the route fails. A denied s3:ReplicateTags lets the tags go.",
  fix: "Allow the role s3:ReplicateObject on the destination's objects, and take away a Deny that reaches it. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/setting-repl-config-perm-overview.html',
  predicts: [
    'DstPutObjectNotPermitted',
    'DstMultipartInitNotPermitted',
    'DstMultipartPartUploadNotPermitted',
    'DstMultipartUploadNotPermitted',
    'DstMultipartCompleteNotPermitted',
    'DstPutAclNotPermitted',
    'DstPutTaggingNotPermitted',
    'DstPutObjectAnnotationNotPermitted',
  ],
  controls: ['AWS-SecurityHub/S3.7', 'NIST-800-53-r5/CP-9', 'NIST-800-53-r5/CP-10'],
  needs: needsRole,
  wants: { ...wantsDestination, source: wantsWritten },
  evaluate(view) {
    const { source, destination, route } = view;
    const target = destinationBucket(view);
    if (target === null) return notApplicable;
    const ask = (action: string) =>
      askObjects(target, action, prefixOf(route.rule), writtenBy(source, route.rule));
    // What the other account's policy does not say is the finding of destination-policy-missing.
    const verdict = judged(
      [ask('s3:ReplicateObject')],
      { then: `Objects of '${source.name}' will not reach '${destination.name}'.` },
      (answer) => !onlyOwnerIsSilent(answer),
    );
    if (verdict.outcome !== 'pass') return verdict;
    // setting-repl-config-perm-overview.html: s3:ReplicateTags need not be allowed, and an explicit Deny of it drops the tags.
    const tags = ask('s3:ReplicateTags');
    if (tags.decision.outcome !== 'explicitlyDenied') return pass;
    return judged([tags], {
      then: `Replicas of '${source.name}' in '${destination.name}' will lack the tags of their objects.`,
      severity: 'warning',
    });
  },
  remedy: ({ role, destination }) =>
    allowRole(role.arn, {
      Sid: 'WriteReplicas',
      Effect: 'Allow',
      Action: ['s3:ReplicateObject'],
      Resource: `${destination.arn}/*`,
    }),
  examples: {
    bad: { role: roleMay(allow('s3:PutObject', 'arn:aws:s3:::orders-replica/*')) },
    good: { role: roleMay(allow('s3:ReplicateObject', 'arn:aws:s3:::orders-replica/*')) },
  },
});
