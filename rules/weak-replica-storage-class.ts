import { editReplication } from './remedies/replication.ts';
import { toReplica } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const weak: ReadonlyMap<string, string> = new Map([
  ['ONEZONE_IA', 'keeps them in one Availability Zone, and they are lost with it'],
  ['REDUCED_REDUNDANCY', 'is made for data that can be made again, and AWS advises against it'],
]);

export default defineRule({
  id: 'weak-replica-storage-class',
  title: 'Replicas go into a storage class that is easily lost',
  severity: 'note',
  scope: 'route',
  why: 'A replica is there for the day on which the source is lost. S3 One Zone-IA keeps its objects in one Availability Zone only, and Reduced Redundancy is made for data that can be made again. For a copy of what the source still has that may be enough; as the only other copy it is the weaker one.',
  fix: 'Replicate into a class of several Availability Zones, STANDARD_IA for one.',
  page: 'judgement',
  needs: {},
  evaluate({ source, destination, route }) {
    const { StorageClass: storageClass } = route.rule.Destination;
    const why = weak.get(storageClass ?? '');
    if (storageClass === undefined || why === undefined) return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' are less safe than they could be: ${storageClass} ${why}.`,
      expected: 'a class of several Availability Zones',
      actual: storageClass,
      at: [`source.replication#/Rules/${route.index}/Destination/StorageClass`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `.Rules[${route.index}].Destination.StorageClass = "STANDARD_IA"`),
    terraform: 'destination {\n  storage_class = "STANDARD_IA"\n}',
    cloudformation: 'Destination:\n  StorageClass: STANDARD_IA',
  }),
  examples: {
    bad: { replicationRule: { Destination: toReplica({ StorageClass: 'ONEZONE_IA' }) } },
    good: { replicationRule: { Destination: toReplica({ StorageClass: 'STANDARD_IA' }) } },
  },
});
