import { putObjectLock } from './remedies/object-lock.ts';
import { defaultRetention, described } from './shared/retention.ts';
import { defineRule, fail, notApplicable, pass, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'unexpected-replica-retention',
  title: 'Replicas are locked although their source is not',
  severity: 'warning',
  scope: 'route',
  // An unlocked source with a locked vault for its copies is a common and good design.
  recommended: false,
  why: "An object that comes without a retention gets the default retention of the destination. Replicas of this source cannot be deleted before that is over, whatever happens to the object at the source: neither to erase a person's data nor to save the cost. Where the destination is meant as a vault, that is the purpose; where nobody thought of it, it is a surprise that in COMPLIANCE mode nobody can undo.",
  fix: 'If it is meant, waive it with an owner and a reason. Otherwise take the default retention off the destination, or replicate into another bucket. Replicas that are there already stay locked.',
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  needs: { source: ['objectLock'] },
  // Where the source sets a retention itself, the destination need not be known.
  wants: { destination: ['objectLock'] },
  evaluate({ source, destination }) {
    if (defaultRetention(source.objectLock) !== null) return pass;
    if (!destination.objectLock.known) return unknown(destination.objectLock);
    const there = defaultRetention(destination.objectLock.value);
    if (there === null) return notApplicable;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' are locked although the objects at the source are not: the destination has a default retention (${described(there)}) and the source has none.`,
      expected: 'a default retention at the source too, or none at the destination',
      actual: described(there),
      at: ['destination.objectLock#/Rule/DefaultRetention', 'source.objectLock#/Rule'],
    });
  },
  remedy: ({ destination }) => {
    const { cli = '', ...others } = putObjectLock(destination.name, 'destination', null);
    return { cli: `# where the lock is not meant; new objects then come without one:\n${cli}`, ...others };
  },
  examples: {
    bad: {
      destination: {
        objectLock: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
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
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
        },
      },
    },
  },
});
