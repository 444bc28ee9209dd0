import { putObjectLock } from './remedies/object-lock.ts';
import { daysOf, defaultRetention, described, type DefaultRetention } from './shared/retention.ts';
import { defineRule, fail, notApplicable, pass, undetermined, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'weaker-source-retention',
  title: 'Replicas are locked less than the destination locks',
  severity: 'warning',
  scope: 'route',
  why: "A replica takes the retention of its source with it, and that goes before the default retention of the destination. Here the source's default is the weaker one: GOVERNANCE, which a permission can lift, where the destination has COMPLIANCE, or a shorter time. Replicas then do not have the protection that the destination's setting seems to promise.",
  fix: 'Give the source a default retention that is at least as strong, in mode and in time. Versions that are there already keep what they have until it is extended for each of them.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  needs: { source: ['objectLock'] },
  // Where the source sets no retention, the destination's holds.
  wants: { destination: ['objectLock'] },
  evaluate({ source, destination }) {
    const here = defaultRetention(source.objectLock);
    if (here === null) return notApplicable;
    if (!destination.objectLock.known) return unknown(destination.objectLock);
    const there = defaultRetention(destination.objectLock.value);
    if (there === null) return notApplicable;
    const weaker = isWeaker(here, there);
    if (weaker === null) {
      return undetermined('A default of the two has no period, but holds objects until an event.');
    }
    if (!weaker) return pass;
    return fail({
      message: `Replicas of '${source.name}' are locked less than '${destination.name}' seems to promise: they bring the source's retention (${described(here)}), which goes before the destination's (${described(there)}).`,
      expected: `at least ${described(there)}`,
      actual: described(here),
      at: ['source.objectLock#/Rule/DefaultRetention', 'destination.objectLock#/Rule/DefaultRetention'],
    });
  },
  remedy: ({ source, destination }) => {
    const there = destination.objectLock.known ? defaultRetention(destination.objectLock.value) : null;
    const here = defaultRetention(source.objectLock);
    if (there === null || here === null) return {};
    const DefaultRetention = {
      Mode: [here, there].some(({ Mode }) => Mode === 'COMPLIANCE') ? 'COMPLIANCE' : 'GOVERNANCE',
      ...(isShorter(here, there) === true ? periodOf(there) : periodOf(here)),
    };
    return putObjectLock(source.name, 'source', DefaultRetention);
  },
  examples: {
    bad: {
      source: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
        },
      },
      destination: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } },
        },
      },
    },
    good: {
      source: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
        },
      },
      destination: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } },
        },
      },
    },
  },
});

/** Null where that cannot be said. */
function isWeaker(here: DefaultRetention, there: DefaultRetention): boolean | null {
  const lesser = here.Mode === 'GOVERNANCE' && there.Mode === 'COMPLIANCE';
  return lesser || isShorter(here, there);
}

function isShorter(here: DefaultRetention, there: DefaultRetention): boolean | null {
  const [days, longer] = [daysOf(here), daysOf(there)];
  return days === null || longer === null ? null : days < longer;
}

function periodOf({ Days, Years }: DefaultRetention): object {
  return Days === undefined ? { Years } : { Days };
}
