import { disableRule } from './remedies/replication.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

/** `-<account>-<Region>-an`: only that account can create such a bucket, in its account regional namespace. */
const reserved = /-\d{12}-[a-z]+(?:-[a-z]+)+-\d+-an$/;

export default defineRule({
  id: 'destination-name-claimable',
  title: 'Name of a missing destination may be taken by anybody',
  severity: 'warning',
  scope: 'route',
  why: "The replication rule points to a bucket that is gone. Names of the global namespace become free when their bucket is deleted: whoever creates a bucket of that name, versioned and open to the replication role, receives the objects. Only names of an account's regional namespace are kept for that account.",
  fix: 'Disable or remove the replication rule now, or create the bucket in an account of yours. For a new destination choose a name in the regional namespace of its account.',
  page: 'AmazonS3/latest/userguide/gpbucketnamespaces.html',
  needs: { destination: ['presence'] },
  evaluate({ source, destination }) {
    if (destination.presence.status !== 404) return notApplicable;
    if (reserved.test(destination.name)) return pass;
    return fail({
      message: `Anybody who takes the name '${destination.name}' may receive the objects of '${source.name}': the destination does not exist, and its name is kept for no account.`,
      expected: 'a name that ends in -<account>-<Region>-an, or a bucket that exists',
      actual: destination.name,
      at: ['destination.presence#/status'],
    });
  },
  remedy: ({ route }) => disableRule(route),
  examples: {
    bad: { destination: { account: null, region: null, presence: { status: 404 } } },
    good: {
      destination: { account: null, region: null, presence: { status: 404 } },
      replicationRule: {
        Destination: { Bucket: 'arn:aws:s3:::orders-replica-444455556666-eu-central-1-an' },
      },
    },
  },
});
