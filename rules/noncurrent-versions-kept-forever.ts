import { addLifecycleRule, lifecycleRule } from './remedies/lifecycle.ts';
import type { LifecycleConfiguration, LifecycleRule } from '../src/model/aws.ts';
import { defineRule, fail, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'noncurrent-versions-kept-forever',
  title: 'Noncurrent versions are kept for good',
  severity: 'warning',
  scope: 'source',
  // Every bucket without a lifecycle would be named, and under a retention duty it is right to keep them.
  recommended: false,
  why: 'Replication needs versioning at both ends, and under versioning nothing that is overwritten or deleted goes away: it becomes a noncurrent version, is stored and is paid for, until a NoncurrentVersionExpiration takes it. An Expiration alone only adds delete markers. One rule for part of the bucket is taken to be meant.',
  fix: 'Add a lifecycle rule with NoncurrentVersionExpiration to the buckets that are named, long enough to undo a mistake; the new days count for versions that are there already too.',
  page: 'AmazonS3/latest/userguide/replication-requirements.html',
  needs: { source: ['lifecycle'] },
  wants: { destinations: ['lifecycle'] },
  evaluate({ source, routes }) {
    // Of a destination in no scanned account nothing is said.
    const ends = routes.map(({ destination }) => destination).filter(({ account }) => account !== null);
    const keeping = [
      ...(keepsAll(source.lifecycle) ? [source.name] : []),
      ...ends.filter(({ lifecycle }) => lifecycle.known && keepsAll(lifecycle.value)).map(({ name }) => name),
    ];
    if (keeping.length > 0) {
      const names = [...new Set(keeping)].map((name) => `'${name}'`).join(', ');
      return fail({
        message: `Versions that are overwritten or deleted are kept for good in ${names}: no enabled lifecycle rule has a NoncurrentVersionExpiration.`,
        expected: 'a NoncurrentVersionExpiration',
        actual: 'none',
        at: ['source.lifecycle', 'destinations.lifecycle'],
      });
    }
    const causes = ends.flatMap(({ lifecycle }) => (lifecycle.known ? [] : lifecycle.causes));
    return causes.length === 0 ? pass : unknown({ known: false, causes });
  },
  remedy: ({ source, routes }) => {
    const ends = routes.flatMap(({ destination: { name, lifecycle } }) =>
      lifecycle.known ? [{ name, lifecycle: lifecycle.value }] : [],
    );
    const keeping = [source, ...ends].filter(({ lifecycle }) => keepsAll(lifecycle));
    const commands = keeping.map(({ name, lifecycle }) => addLifecycleRule(name, lifecycle, undo));
    return { cli: [...new Set(commands)].join('\n'), ...undoRule };
  },
  examples: {
    bad: {
      source: { lifecycle: { Rules: [{ ID: 'a year', Status: 'Enabled', Expiration: { Days: 365 } }] } },
      destination: {
        lifecycle: {
          Rules: [{ ID: 'undo', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
        },
      },
    },
    good: {
      source: {
        lifecycle: {
          Rules: [{ ID: 'undo', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
        },
      },
      destination: {
        lifecycle: {
          Rules: [{ ID: 'undo', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
        },
      },
    },
  },
});

/** Long enough to notice a mistake. */
const undo: LifecycleRule = {
  ID: 'noncurrent-versions',
  Status: 'Enabled',
  Filter: {},
  NoncurrentVersionExpiration: { NoncurrentDays: 90 },
};

/** The same of every bucket. */
const undoRule = lifecycleRule(undo);

function keepsAll(lifecycle: LifecycleConfiguration | null): boolean {
  return !(lifecycle?.Rules ?? []).some(
    (rule) => rule.Status === 'Enabled' && rule.NoncurrentVersionExpiration !== undefined,
  );
}
