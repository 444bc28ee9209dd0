import { disableRule } from './remedies/replication.ts';
import { isOutside } from './shared/stranger.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'destination-outside-organization',
  title: 'Destination is outside the organization',
  severity: 'warning',
  scope: 'route',
  why: "The replication rule names an account that is not the organization's, or every account told its buckets and none of them has this one. Whoever owns it receives the objects, and none of the organization's policies holds there. That may be meant; it should be written down.",
  fix: 'Find out whose bucket it is. If it is meant, waive this finding with an owner and a reason; otherwise disable the replication rule and point it to a bucket of the organization.',
  page: 'judgement',
  needs: { destination: ['presence'] },
  evaluate({ source, destination, route, organization }) {
    const { status } = destination.presence;
    if (status === 404) return notApplicable;
    if (destination.account !== null) return pass;
    if (!isOutside(route.rule, organization)) return notApplicable;
    return fail({
      message: `Objects of '${source.name}' leave the organization: '${destination.name}' exists and none of its accounts owns it.`,
      expected: 'a bucket of the organization',
      actual: `a bucket that answers ${status}, of no account of the organization`,
      at: ['destination.presence#/status'],
    });
  },
  remedy: ({ route }) => disableRule(route),
  examples: {
    bad: { destination: { account: null, presence: { status: 403 } } },
    good: { destination: { account: '444455556666' } },
  },
});
