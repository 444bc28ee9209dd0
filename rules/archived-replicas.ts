import { editReplication } from './remedies/replication.ts';
import { toReplica } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

/** Not readable before a restore; GLACIER_IR is. */
const archives: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

export default defineRule({
  id: 'archived-replicas',
  title: 'Replicas go straight into an archive',
  severity: 'warning',
  scope: 'route',
  why: 'Objects of S3 Glacier Flexible Retrieval and S3 Glacier Deep Archive have to be restored before they can be read, which takes minutes to days. Whoever counts on the replica in an emergency waits for that. Such a replica cannot be replicated any further either, nor replicated back, before it is restored and copied to another class.',
  fix: 'Replicate into a class that can be read at once (GLACIER_IR is an archive that can), and have lifecycle move the replicas to the archive when they are old.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  needs: {},
  evaluate({ source, destination, route }) {
    const { StorageClass: storageClass } = route.rule.Destination;
    if (storageClass === undefined || !archives.has(storageClass)) return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' cannot be read before they are restored: the replication rule puts them into ${storageClass}.`,
      expected: 'a class that can be read at once',
      actual: storageClass,
      at: [`source.replication#/Rules/${route.index}/Destination/StorageClass`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `.Rules[${route.index}].Destination.StorageClass = "GLACIER_IR"`),
    terraform: 'destination {\n  storage_class = "GLACIER_IR"\n}',
    cloudformation: 'Destination:\n  StorageClass: GLACIER_IR',
  }),
  examples: {
    bad: { replicationRule: { Destination: toReplica({ StorageClass: 'DEEP_ARCHIVE' }) } },
    good: { replicationRule: { Destination: toReplica({ StorageClass: 'GLACIER_IR' }) } },
  },
});
