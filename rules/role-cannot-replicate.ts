import { askObjects, isRefused, type Answer } from './permission/answer.ts';
import { mendBucket } from './permission/mend.ts';
import { destinationBucket, needsRole, wantsDestination, type Target } from './permission/places.ts';
import { objectsBelow } from './permission/prefix.ts';
import { allowedByOwner, unlessDenied } from './permission/supposed.ts';
import { judged } from './permission/verdict.ts';
import { wantsWritten, writing, writtenBy, type Source } from './permission/written.ts';
import { allow, roleMay } from './shared/example.ts';
import { filterSet } from '../src/filter.ts';
import { defineRule, notApplicable, pass, type Route } from '../src/rule.ts';

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
  needs: needsRole,
  wants: { ...wantsDestination, source: wantsWritten },
  evaluate(view) {
    const { source, destination } = view;
    const target = destinationBucket(view);
    if (target === null) return notApplicable;
    const answer = ask(target, replicate, view);
    if (answer.decision.outcome !== 'allowed') {
      // What the other account's policy does not say is the finding of destination-policy-missing.
      const verdict = judged([ask(allowedByOwner(target), replicate, view)], {
        then: `Objects of '${source.name}' will not reach '${destination.name}'.`,
      });
      if (verdict.outcome !== 'pass') return verdict;
      if (isRefused(answer)) return notApplicable;
    }
    // setting-repl-config-perm-overview.html: s3:ReplicateTags need not be allowed, and an explicit Deny of it drops the tags.
    const tags = ask(unlessDenied(target), 's3:ReplicateTags', view);
    if (!isRefused(tags)) return pass;
    return judged([tags], {
      then: `Replicas of '${source.name}' in '${destination.name}' will lack the tags of their objects.`,
      severity: 'warning',
    });
  },
  remedy(view) {
    const { role, source, destination, route } = view;
    const target = destinationBucket(view);
    const refused = target === null ? [] : [ask(allowedByOwner(target), replicate, view)].filter(isRefused);
    return mendBucket(refused, role, destination, `${source.name}-${route.index}`, {
      Sid: 'WriteReplicas',
      Effect: 'Allow',
      Action: [replicate],
      Resource: objectsBelow(destination.arn, [filterSet(route.rule).prefix]),
    });
  },
  examples: {
    bad: { role: roleMay(allow('s3:PutObject', 'arn:aws:s3:::orders-replica/*')) },
    good: { role: roleMay(allow('s3:ReplicateObject', 'arn:aws:s3:::orders-replica/*')) },
  },
});

const replicate = 's3:ReplicateObject';

function ask<P extends string>(
  target: Target<P>,
  action: string,
  { source, route }: { readonly source: Source; readonly route: Route },
): Answer<P> {
  return askObjects(
    writing(target, source),
    action,
    filterSet(route.rule).prefix,
    writtenBy(source, route.rule),
  );
}
