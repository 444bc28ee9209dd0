import { editReplication, ofDestination } from './remedies/replication.ts';
import { replicating, toReplica } from './shared/example.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

/** Of the classes on the page those that objects of a general purpose bucket can have. */
const classes: ReadonlySet<string> = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
  'REDUCED_REDUNDANCY',
]);

export default defineRule({
  id: 'invalid-replica-storage-class',
  title: 'Replicas cannot have this storage class',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'The list of storage classes that SDKs and templates offer is longer than that of the classes which an object of a general purpose bucket can have: classes of directory buckets, Outposts, Snow, FSx and AWS Backup are on it. S3 refuses a configuration that names one of them, or one that does not exist.',
  fix: 'Name a class of general purpose buckets, or leave the class out: replicas then have the class of their source.',
  page: 'AmazonS3/latest/API/API_Destination.html',
  needs: {},
  evaluate({ source, route }) {
    const { StorageClass: storageClass } = route.rule.Destination;
    if (storageClass === undefined) return notApplicable;
    if (classes.has(storageClass)) return pass;
    return fail({
      message: `A replication rule of '${source.name}' asks for replicas of the storage class '${storageClass}', which they cannot have.`,
      expected: [...classes].join(', '),
      actual: storageClass,
      at: [`source.replication#/Rules/${route.index}/Destination/StorageClass`],
    });
  },
  remedy: ({ source, route }) => ({
    cli: editReplication(source.name, `.Rules[${route.index}].Destination.StorageClass = "STANDARD"`),
    ...ofDestination({ storage_class: 'STANDARD' }, { StorageClass: 'STANDARD' }),
  }),
  examples: {
    bad: { source: replicating({ Destination: toReplica({ StorageClass: 'EXPRESS_ONEZONE' }) }) },
    good: { source: replicating({ Destination: toReplica({ StorageClass: 'STANDARD_IA' }) }) },
  },
});
