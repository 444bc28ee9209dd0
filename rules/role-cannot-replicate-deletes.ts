import { askObjects, isRefused } from './permission/answer.ts';
import { replicateDelete } from './permission/deletes.ts';
import { mendBucket } from './permission/mend.ts';
import { destinationBucket, needsRole, wantsDestination } from './permission/places.ts';
import { objectsBelow } from './permission/prefix.ts';
import { allowedByOwner } from './permission/supposed.ts';
import { judged } from './permission/verdict.ts';
import { allow, roleMay } from './shared/example.ts';
import { deleteMarker } from './permission/written.ts';
import { filterSet, takesDeleteMarkers } from '../src/filter.ts';
import { defineRule, notApplicable, pass } from '../src/rule.ts';

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
    if (target === null || !takesDeleteMarkers(route.rule)) return notApplicable;
    const prefix = filterSet(route.rule).prefix;
    const answer = askObjects(target, action, prefix, deleteMarker);
    if (answer.decision.outcome === 'allowed') return pass;
    // What the other account's policy does not say is the finding of destination-policy-missing.
    const verdict = judged([askObjects(allowedByOwner(target), action, prefix, deleteMarker)], {
      then: `Delete markers of '${source.name}' will not reach '${destination.name}'.`,
      at: [`source.replication#/Rules/${route.index}`],
    });
    return verdict.outcome === 'pass' && isRefused(answer) ? notApplicable : verdict;
  },
  remedy(view) {
    const { role, source, destination, route } = view;
    const target = destinationBucket(view);
    const prefix = filterSet(route.rule).prefix;
    const refused =
      target === null
        ? []
        : [askObjects(allowedByOwner(target), action, prefix, deleteMarker)].filter(isRefused);
    return mendBucket(refused, role, destination, `${source.name}-${route.index}`, {
      Sid: 'WriteDeleteMarkers',
      Effect: 'Allow',
      Action: [action],
      Resource: objectsBelow(destination.arn, [prefix]),
    });
  },
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

const action = replicateDelete;
