import { isOutside } from './shared/stranger.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-unverifiable',
  title: 'Owner of the destination is not known',
  severity: 'note',
  scope: 'route',
  why: 'The destination exists and is in no account that was scanned. As long as some accounts did not tell their buckets, nobody can say whether it belongs to the organization, and nothing about it can be checked.',
  fix: 'Let the scan read the accounts that the coverage names as not read, then scan again.',
  page: 'judgement',
  needs: { destination: ['presence'] },
  evaluate({ source, destination, route, organization }) {
    const { status } = destination.presence;
    if (status === 404) return notApplicable;
    if (destination.account !== null) return pass;
    if (isOutside(route.rule, organization)) return notApplicable;
    return fail({
      message: `Objects of '${source.name}' go to '${destination.name}', which no scanned account owns. Not every account could be listed, so its owner is not known and it was not checked.`,
      expected: 'a bucket of a scanned account',
      actual: `a bucket that answers ${status}, of an owner who is not known`,
      at: ['destination.presence#/status'],
    });
  },
  remedy: () => ({
    untyped: 'nothing about the bucket is known to be wrong; it is the scan that has to be let in.',
  }),
  examples: {
    bad: { destination: { account: null, presence: { status: 403 } }, everyAccountListed: false },
    good: { destination: { account: '444455556666' }, everyAccountListed: false },
  },
});
