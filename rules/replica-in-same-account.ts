import { isOutside } from './shared/stranger.ts';
import { defineRule, fail, pass, undetermined } from '../src/rule.ts';

export default defineRule({
  id: 'replica-in-same-account',
  title: 'Replica is in the account of its source',
  severity: 'error',
  scope: 'route',
  policy: true,
  why: 'The policy that names this rule asks for replicas in another account: whoever gets hold of one account, or closes it, has the source and this replica at once.',
  fix: 'Replicate into a bucket of another account, under a policy of its own and with the owner override, and send what is there already with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication.html',
  needs: {},
  evaluate({ source, destination, route, organization }) {
    if (destination.account === null) {
      // Every account of the organization was listed, the source's too: whose it is, it is another's.
      return isOutside(route.rule, organization)
        ? pass
        : undetermined(`Which account owns '${destination.name}' is not known.`);
    }
    if (source.account !== destination.account) return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' are in the same account, ${source.account}.`,
      expected: `another account than ${source.account}`,
      actual: destination.account,
      at: [`source.replication#/Rules/${route.index}/Destination`],
    });
  },
  remedy: () => ({
    untyped:
      'which bucket of which other account shall take the replicas people have to decide, and its owner has to let them in.',
  }),
  examples: {
    bad: { destination: { account: '111122223333' } },
    good: { destination: { account: '444455556666' } },
  },
});
