import { replicateElsewhere } from './remedies/replication.ts';
import { toReplica } from './shared/example.ts';
import { defineRule, fail, pass } from '../src/rule.ts';

/** Endings that are kept for what is no bucket of that kind: userguide/bucketnamingrules.html */
const reserved: readonly (readonly [ending: string, what: string])[] = [
  ['-s3alias', 'the alias of an access point'],
  ['--ol-s3', 'the alias of an Object Lambda access point'],
  ['.mrap', 'the alias of a Multi-Region Access Point'],
  ['--xa-s3', 'an access point of a directory bucket'],
  ['--x-s3', 'a directory bucket'],
  ['--table-s3', 'a table bucket'],
];

export default defineRule({
  id: 'destination-not-general-purpose',
  title: 'Destination is no general purpose bucket',
  severity: 'error',
  scope: 'route',
  lint: true,
  why: 'S3 replicates objects into general purpose buckets, which are named by their bucket ARN. An access point cannot be a destination, its alias cannot, and neither directory buckets nor table buckets take replicas of objects. A configuration that names one is refused when it is put, since S3 asks for a versioned bucket that exists.',
  fix: 'Name the bucket behind the access point, or another general purpose bucket, as arn:<partition>:s3:::<bucket>.',
  page: 'AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html',
  needs: {},
  evaluate({ source, route }) {
    const { Bucket: arn } = route.rule.Destination;
    const what = kindOf(arn);
    if (what === null) return pass;
    return fail({
      message: `Objects of '${source.name}' will not be replicated: the destination '${arn}' is ${what}, and no general purpose bucket.`,
      expected: 'arn:<partition>:s3:::<bucket>',
      actual: arn,
      at: [`source.replication#/Rules/${route.index}/Destination/Bucket`],
    });
  },
  remedy: ({ route }) => replicateElsewhere(route),
  examples: {
    bad: {
      replicationRule: {
        Destination: toReplica({ Bucket: 'arn:aws:s3:eu-central-1:444455556666:accesspoint/replicas' }),
      },
    },
    good: { replicationRule: { Destination: toReplica() } },
  },
});

/** Null of a general purpose bucket. */
function kindOf(arn: string): string | null {
  const [, , service = '', , , ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service === 's3tables') return 'a table bucket';
  if (service === 's3express') return 'a directory bucket';
  if (service === 's3-outposts') return 'a bucket or an access point on Outposts';
  if (resource.startsWith('accesspoint')) return 'an access point';
  if (!/^arn:[^:]*:s3:::[^/:]+$/.test(arn)) return 'no ARN of a bucket';
  return reserved.find(([ending]) => resource.endsWith(ending))?.[1] ?? null;
}
