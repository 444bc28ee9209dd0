import { cloudformation, terraform } from './remedies/block.ts';
import { editReplication } from './remedies/replication.ts';
import { replicatingOn } from './shared/example.ts';
import { filterSet, overlaps } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass, type ReplicationRule } from '../src/rule.ts';

const synchronised: Partial<ReplicationRule> = {
  SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } },
};

export default defineRule({
  id: 'one-way-modification-sync',
  title: 'Changes to replicas are not synchronised both ways',
  severity: 'warning',
  scope: 'route',
  why: "Tags, ACLs, annotations and Object Lock settings that are changed on a replica stay on the replica, unless replica modification sync takes them back. That needs replication both ways and the setting in the replication rules of both buckets: one without it leaves the two ends apart, and the setting without a way back has no replicas to act on. Each side's finding is about its own replication rule.",
  fix: 'Enable ReplicaModifications in the replication rules of both directions; or, where replication is meant to go one way only, switch it off.',
  page: 'AmazonS3/latest/userguide/replication-for-metadata-changes.html',
  // Without it nobody knows whether there is a way back.
  needs: { destination: ['replication'] },
  evaluate({ source, destination, route, onward }) {
    const own = isOn(route.rule);
    const at = [`source.replication#/Rules/${route.index}/SourceSelectionCriteria`] as const;
    const isTwoWay = onward.some(
      (way) => way.destination.name === source.name && overlaps(filterSet(way.rule), filterSet(route.rule)),
    );
    if (!isTwoWay && !own) return notApplicable;
    if (isTwoWay && own) return pass;
    if (own) {
      return fail({
        message: `Replica modification sync of '${source.name}' into '${destination.name}' has nothing to act on: no enabled replication rule leads back from there, so '${source.name}' holds no replicas of its objects.`,
        expected: `a replication rule from '${destination.name}' into '${source.name}'`,
        actual: 'none',
        at,
      });
    }
    return fail({
      message: `Tags, ACLs and locks that are changed in '${source.name}' on replicas from '${destination.name}' do not get back there: the two replicate both ways, and this direction has ReplicaModifications off.`,
      expected: 'Enabled',
      actual: route.rule.SourceSelectionCriteria?.ReplicaModifications?.Status ?? 'not configured',
      at,
    });
  },
  remedy({ source, route }) {
    // Which of the two is meant shows in what is there.
    const status = isOn(route.rule) ? 'Disabled' : 'Enabled';
    const criteria = `.Rules[${route.index}].SourceSelectionCriteria`;
    return {
      cli: editReplication(source.name, `${criteria}.ReplicaModifications.Status = "${status}"`),
      terraform: terraform({ source_selection_criteria: { replica_modifications: { status } } }),
      cloudformation: cloudformation({
        SourceSelectionCriteria: { ReplicaModifications: { Status: status } },
      }),
    };
  },
  examples: {
    bad: { destination: replicatingOn('arn:aws:s3:::orders', synchronised) },
    good: { replicationRule: synchronised, destination: replicatingOn('arn:aws:s3:::orders', synchronised) },
  },
});

function isOn({ SourceSelectionCriteria }: ReplicationRule): boolean {
  return SourceSelectionCriteria?.ReplicaModifications?.Status === 'Enabled';
}
