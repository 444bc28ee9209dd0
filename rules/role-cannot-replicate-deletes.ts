import { askObjects, onlyOwnerIsSilent } from './permission/answer.ts';
import { replicatesDeleteMarkers } from './permission/deletes.ts';
import { destinationBucket, needsRole, wantsDestination } from './permission/places.ts';
import { prefixOf } from './permission/prefix.ts';
import { judged } from './permission/verdict.ts';
import { allowRole } from './remedies/permission.ts';
import { allow, roleMay } from './shared/example.ts';
import { defineRule, notApplicable } from '../src/rule.ts';

export default defineRule({
  id: 'role-cannot-replicate-deletes',
  title: 'Replication role may not replicate delete markers',
  severity: 'error',
  scope: 'route',
  why: 'The replication rule replicates delete markers, which S3 writes as s3:ReplicateDelete with the permissions of this role. Where the role may not, they fail, and what was deleted at the source lives on at the destination. A configuration of the first version always replicates the delete markers of users.',
  fix: "Allow the role s3:ReplicateDelete on the destination's objects, or let delete markers stay at the source.",
  page: 'AmazonS3/latest/userguide/replication-metrics-events.html',
  predicts: ['DstDelObjNotPermitted'],
  needs: needsRole,
  wants: wantsDestination,
  evaluate(view) {
    const { source, destination, route } = view;
    const target = destinationBucket(view);
    if (target === null || !replicatesDeleteMarkers(route.rule)) return notApplicable;
    return judged(
      [askObjects(target, 's3:ReplicateDelete', prefixOf(route.rule))],
      {
        then: `Delete markers of '${source.name}' will not reach '${destination.name}'.`,
        at: [`source.replication#/Rules/${route.index}`],
      },
      (answer) => !onlyOwnerIsSilent(answer),
    );
  },
  remedy: ({ role, destination }) =>
    allowRole(role.arn, {
      Sid: 'WriteDeleteMarkers',
      Effect: 'Allow',
      Action: ['s3:ReplicateDelete'],
      Resource: `${destination.arn}/*`,
    }),
  examples: {
    bad: {
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      role: roleMay(allow('s3:ReplicateObject', 'arn:aws:s3:::orders-replica/*')),
    },
    good: {
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      role: roleMay(allow(['s3:ReplicateObject', 's3:ReplicateDelete'], 'arn:aws:s3:::orders-replica/*')),
    },
  },
});
