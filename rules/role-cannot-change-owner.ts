import { askObjects, isRefused } from './permission/answer.ts';
import { mendBucket } from './permission/mend.ts';
import { destinationBucket, needsRole, wantsDestination } from './permission/places.ts';
import { objectsBelow } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { allow, roleMay } from './shared/example.ts';
import { filterSet } from '../src/filter.ts';
import { defineRule, notApplicable, unknown, type ReplicationRule } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-change-owner',
  title: 'Replication role may not give replicas to the owner of the destination',
  severity: 'error',
  scope: 'route',
  why: "The replication rule gives replicas to the destination's owner, and the destination does not own its objects by itself. S3 needs s3:ObjectOwnerOverrideToBucketOwner for it, from the role and, across accounts, from the destination's policy. Where it is missing, objects fail. A destination whose ownership is BucketOwnerEnforced needs neither the override nor the right.",
  fix: "Allow the role s3:ObjectOwnerOverrideToBucketOwner on the destination's objects, in its own policy and in the destination's; or make the destination BucketOwnerEnforced. Then send the failed objects again with S3 Batch Replication.",
  page: 'AmazonS3/latest/userguide/replication-change-owner.html',
  predicts: ['DstPutObjectNotPermitted'],
  needs: needsRole,
  wants: { ...wantsDestination, destination: ['policy', 'ownershipControls'] },
  evaluate(view) {
    const { source, destination, route } = view;
    const { ownershipControls: ownership } = destination;
    const target = destinationBucket(view);
    if (target === null || route.rule.Destination.AccessControlTranslation === undefined)
      return notApplicable;
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html: such a bucket owns every object in it
    if (ownership.known && ownership.value?.Rules[0]?.ObjectOwnership === 'BucketOwnerEnforced')
      return notApplicable;
    const verdict = judged([askObjects(target, action, filterSet(route.rule).prefix)], {
      then: `Objects of '${source.name}' will not reach '${destination.name}'.`,
      at: ['destination.ownershipControls'],
    });
    return verdict.outcome === 'fail' && !ownership.known ? unknown(ownership) : verdict;
  },
  remedy(view) {
    const { role, source, destination, route } = view;
    const target = destinationBucket(view);
    const prefix = filterSet(route.rule).prefix;
    const refused = target === null ? [] : [askObjects(target, action, prefix)].filter(isRefused);
    return mendBucket(refused, role, destination, `${source.name}-${route.index}`, {
      Sid: 'ChangeOwner',
      Effect: 'Allow',
      Action: [action],
      Resource: objectsBelow(destination.arn, [prefix]),
    });
  },
  examples: {
    bad: {
      replicationRule: ownerOverride(),
      destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
      role: roleMay(allow('s3:ReplicateObject', 'arn:aws:s3:::orders-replica/*')),
    },
    good: {
      replicationRule: ownerOverride(),
      destination: { ownershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
      role: roleMay(
        allow(['s3:ReplicateObject', 's3:ObjectOwnerOverrideToBucketOwner'], 'arn:aws:s3:::orders-replica/*'),
      ),
    },
  },
});

const action = 's3:ObjectOwnerOverrideToBucketOwner';

function ownerOverride(): Partial<ReplicationRule> {
  return {
    Destination: {
      Bucket: 'arn:aws:s3:::orders-replica',
      Account: '444455556666',
      AccessControlTranslation: { Owner: 'Destination' },
    },
  };
}
