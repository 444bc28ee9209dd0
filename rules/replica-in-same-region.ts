import { defineRule, fail, pass, undetermined, unknown } from '../src/rule.ts';

export default defineRule({
  id: 'replica-in-same-region',
  title: 'Replica is in the Region of its source',
  severity: 'error',
  scope: 'route',
  policy: true,
  why: 'The policy that names this rule asks for replicas in another Region: one that takes part of a Region down takes the source and this replica with it.',
  fix: 'Replicate into a bucket of another Region, and send what is there already with S3 Batch Replication.',
  page: 'AmazonS3/latest/userguide/replication.html',
  needs: {},
  // Where a bucket of somebody else's is, its answer to HeadBucket tells.
  wants: { destination: ['presence'] },
  evaluate({ source, destination, route }) {
    if (!destination.presence.known) return unknown(destination.presence);
    if (source.region === null || destination.region === null) {
      const name = source.region === null ? source.name : destination.name;
      return undetermined(`The Region of '${name}' is not known.`);
    }
    if (source.region !== destination.region) return pass;
    return fail({
      message: `Replicas of '${source.name}' in '${destination.name}' are in the same Region, ${source.region}.`,
      expected: `another Region than ${source.region}`,
      actual: destination.region,
      at: [`source.replication#/Rules/${route.index}/Destination`],
    });
  },
  remedy: () => ({
    untyped: 'which bucket of which other Region shall take the replicas people have to decide.',
  }),
  examples: {
    bad: { source: { region: 'eu-west-1' }, destination: { region: 'eu-west-1' } },
    good: { source: { region: 'eu-west-1' }, destination: { region: 'eu-central-1' } },
  },
});
