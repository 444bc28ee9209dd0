import { editReplication } from './remedies/replication.ts';
import { takesDeleteMarkers } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'deletes-reach-unlocked-replica',
  title: 'Deletes reach a replica that is not locked',
  severity: 'warning',
  scope: 'route',
  why: 'By default a delete marker stays where it was made, so that a mistake or an attack at the source leaves the replica alone. This route carries delete markers over, so deleting at the source hides the replica too; and without Object Lock nothing keeps the version behind the marker from being removed, by lifecycle or by whoever may delete versions. A replication rule without Filter (V1) carries them always.',
  fix: 'Switch delete marker replication off for this route, or give the destination Object Lock with a default retention.',
  page: 'AmazonS3/latest/userguide/delete-marker-replication.html',
  needs: {},
  // Where delete markers stay at the source, the destination need not be known.
  wants: { destination: ['objectLock'] },
  evaluate({ source, destination, route }) {
    if (!takesDeleteMarkers(route.rule)) return notApplicable;
    if (!destination.objectLock.known) return unknown(destination.objectLock);
    const actual = destination.objectLock.value?.ObjectLockEnabled ?? 'not configured';
    if (actual === 'Enabled') return pass;
    return fail({
      message: `Deleting an object of '${source.name}' hides its replica in '${destination.name}' too: delete markers take this route, and the destination has no Object Lock.`,
      expected: 'no delete markers, or Object Lock at the destination',
      actual: `delete markers replicate; Object Lock ${actual}`,
      at: ['destination.objectLock'],
    });
  },
  remedy: ({ source, route: { rule, index } }) =>
    // V1 knows no such setting: its rules have to be written anew.
    rule.Filter === undefined
      ? {
          untyped:
            'version 1 cannot keep delete markers back; its rules have to be written anew with a Filter.',
        }
      : {
          cli: editReplication(source.name, `.Rules[${index}].DeleteMarkerReplication.Status = "Disabled"`),
          terraform: 'delete_marker_replication {\n  status = "Disabled"\n}',
          cloudformation: 'DeleteMarkerReplication:\n  Status: Disabled',
        },
  examples: {
    bad: { replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } } },
    good: {
      replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } },
      destination: { objectLock: { ObjectLockEnabled: 'Enabled' } },
    },
  },
});
