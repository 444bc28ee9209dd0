import { batchJob, unsent } from './remedies/batch-job.ts';
import { archives, enabledRules, lifecycleName } from './shared/lifecycle.ts';
import { filterSet, overlaps, type FilterSet } from '../src/filter.ts';
import type { IntelligentTiering, LifecycleConfiguration, LifecycleRule } from '../src/model/aws.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'archived-before-backfill',
  title: 'Objects are archived before they were replicated',
  severity: 'warning',
  scope: 'route',
  why: 'Objects in S3 Glacier Flexible Retrieval, S3 Glacier Deep Archive and the archive tiers of S3 Intelligent-Tiering cannot be replicated until they are restored and copied to another class. Objects still wait here to be sent by a batch job, and the source moves objects of the route into such a class: each that gets there first costs a restore and a copy. Objects with replication status FAILED are spared by lifecycle; those that replication never saw are not.',
  fix: 'Send the missing versions with S3 Batch Replication before they are due, or switch the archiving rule off until that is done.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  predicts: ['SrcObjectNotEligible'],
  needs: {},
  // One that archives is enough, whatever the other says; and where none does, what waits need not be known.
  wants: { source: ['lifecycle', 'intelligentTiering'], objects: ['backfill'] },
  evaluate({ source, destination, objects: { backfill }, route }) {
    const { lifecycle, intelligentTiering } = source;
    const taken = filterSet(route.rule);
    const found = [
      ...(lifecycle.known ? byLifecycle(lifecycle.value, taken) : []),
      ...(intelligentTiering.known ? byTiering(intelligentTiering.value, taken) : []),
    ];
    const causes = [lifecycle, intelligentTiering].flatMap((fact) => (fact.known ? [] : fact.causes));
    if (found.length === 0 && causes.length === 0) return notApplicable;
    if (!backfill.known) return unknown({ known: false, causes: [...backfill.causes, ...causes] });
    if (backfill.value.missing === 0) return pass;
    if (found.length === 0) return unknown({ known: false, causes });
    return fail({
      message: `Versions of '${source.name}' that are not in '${destination.name}' yet are being archived, and then cannot be replicated: ${found.join('; ')}. At least ${backfill.value.missing.toLocaleString('en-US')} wait.`,
      expected: 'no archiving before the backfill',
      actual: found.join('; '),
      at: ['source.lifecycle', 'source.intelligentTiering', 'objects.backfill'],
    });
  },
  remedy: ({ source, routes }) => batchJob(source, unsent(routes)),
  examples: {
    bad: {
      source: {
        lifecycle: {
          Rules: [
            { ID: 'cold', Status: 'Enabled', Transitions: [{ Days: 90, StorageClass: 'DEEP_ARCHIVE' }] },
          ],
        },
      },
      objects: {
        backfill: {
          compared: 3000,
          missing: 1204,
          pending: 0,
          pendingMinutes: 1440,
          ineligible: 0,
          exact: true,
          examples: [],
        },
      },
    },
    good: {
      source: {
        lifecycle: {
          Rules: [
            { ID: 'cold', Status: 'Enabled', Transitions: [{ Days: 90, StorageClass: 'DEEP_ARCHIVE' }] },
          ],
        },
      },
      objects: {
        backfill: {
          compared: 3000,
          missing: 0,
          pending: 0,
          pendingMinutes: 1440,
          ineligible: 0,
          exact: true,
          examples: [],
        },
      },
    },
  },
});

function byLifecycle(lifecycle: LifecycleConfiguration | null, taken: FilterSet): readonly string[] {
  return enabledRules(lifecycle, taken).flatMap((rule) => {
    const classes = archivesOf(rule);
    return classes.length === 0 ? [] : [`${lifecycleName(rule)} moves to ${classes.join(' and ')}`];
  });
}

function archivesOf({
  Transitions = [],
  NoncurrentVersionTransitions = [],
}: LifecycleRule): readonly string[] {
  const classes = [...Transitions, ...NoncurrentVersionTransitions].map(
    ({ StorageClass = '' }) => StorageClass,
  );
  return [...new Set(classes.filter((name) => archives.has(name)))];
}

/** Each tier that such a configuration names is an archive. */
function byTiering(configurations: readonly IntelligentTiering[], taken: FilterSet): readonly string[] {
  return configurations
    .filter((one) => one.Status === 'Enabled' && overlaps(filterSet(one), taken))
    .map(
      ({ Id, Tierings }) =>
        `the Intelligent-Tiering configuration '${Id}' moves what is in that class to ${Tierings.map(({ AccessTier }) => AccessTier).join(' and ')}`,
    );
}
