import { batchJob, unsent } from './remedies/batch-job.ts';
import { takesDeleteMarkers } from '../src/filter.ts';
import type { LifecycleConfiguration, LifecycleRule } from '../src/model/aws.ts';
import type { Backfill } from '../src/model/facts.ts';
import { defineRule, fail, notApplicable, pass, type Observed } from '../src/rule.ts';

export default defineRule({
  id: 'objects-not-backfilled',
  title: 'Objects have no replica',
  severity: 'warning',
  scope: 'route',
  why: 'Replication takes what is written after it was set up. What was there before, what was written while a rule was disabled and what failed once stays behind for good unless it is sent by a batch job. A replica keeps key and version id, so two listings held side by side show which versions have none. Of a large bucket, pages spread over the key space are compared: then what is found is a lower bound, and finding nothing proves nothing about the rest.',
  fix: 'Send the missing versions with S3 Batch Replication, under a role that trusts batchoperations.s3.amazonaws.com and may call s3:InitiateReplication. Versions that were deleted by version id at the destination cannot be sent again: copy those in place at the source.',
  page: 'AmazonS3/latest/userguide/s3-batch-replication-batch.html',
  needs: { objects: ['backfill'] },
  wants: { source: ['lifecycle'], destination: ['lifecycle'] },
  evaluate({ source, destination, objects, route }) {
    const { backfill } = objects;
    if (backfill.missing === 0) return backfill.compared === 0 && backfill.exact ? notApplicable : pass;
    const caveats = [
      ...removals(destination.lifecycle),
      ...(takesDeleteMarkers(route.rule) ? markers(source.lifecycle) : []),
    ];
    return fail({
      message: [
        `${count(backfill.missing)} of ${count(backfill.compared)} compared versions of '${source.name}' are not in '${destination.name}'${certainty(backfill)}`,
        ...caveats,
      ].join(' '),
      expected: '0 missing',
      actual: `${count(backfill.missing)} missing${example(backfill)}`,
      at: ['objects.backfill'],
    });
  },
  // Objects that went to another destination before are COMPLETED, so with several routes those are asked for too.
  remedy: ({ source, routes }) => batchJob(source, unsent(routes)),
  examples: {
    bad: {
      objects: {
        backfill: {
          compared: 3000,
          missing: 1204,
          pending: 12,
          pendingMinutes: 1440,
          ineligible: 3,
          exact: true,
          examples: [{ key: '2019/01/orders.csv', versionId: '3sL4kqtJlcpXroDTDmJ' }],
        },
      },
    },
    good: {
      objects: {
        backfill: {
          compared: 3000,
          missing: 0,
          pending: 12,
          pendingMinutes: 1440,
          ineligible: 3,
          exact: true,
          examples: [],
        },
      },
    },
  },
});

function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** How sure the number is, and what it leaves out. */
function certainty({ exact, pending, pendingMinutes, ineligible }: Backfill): string {
  const looked = exact
    ? 'every version that the replication rule takes was looked at'
    : 'a lower bound, since pages spread over the key space were looked at';
  return `: ${looked}; ${count(pending)} more are pending (younger than ${count(pendingMinutes)} minutes) and ${count(ineligible)} cannot replicate.`;
}

function example({ examples: [first] }: Backfill): string {
  return first ? `, the first '${first.key}' (version ${first.versionId})` : '';
}

/** Lifecycle takes versions away for good by NoncurrentVersionExpiration, markers by ExpiredObjectDeleteMarker. */
function removals(lifecycle: Observed<LifecycleConfiguration | null>): readonly string[] {
  return enabled(
    lifecycle,
    (rule) =>
      rule.NoncurrentVersionExpiration !== undefined || rule.Expiration?.ExpiredObjectDeleteMarker === true,
    "The destination's lifecycle may have removed some of them.",
    "Whether the destination's lifecycle removed some of them is not known.",
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html: those of lifecycle stay where they are. */
function markers(lifecycle: Observed<LifecycleConfiguration | null>): readonly string[] {
  return enabled(
    lifecycle,
    ({ Expiration: expiration }) => expiration?.Days !== undefined || expiration?.Date !== undefined,
    "Some may be delete markers of the source's lifecycle, which never replicate.",
    "Whether some are delete markers of the source's lifecycle, which never replicate, is not known.",
  );
}

function enabled(
  lifecycle: Observed<LifecycleConfiguration | null>,
  matters: (rule: LifecycleRule) => boolean,
  known: string,
  unknown: string,
): readonly string[] {
  if (!lifecycle.known) return [unknown];
  const rules = lifecycle.value?.Rules ?? [];
  return rules.some((rule) => rule.Status === 'Enabled' && matters(rule)) ? [known] : [];
}
