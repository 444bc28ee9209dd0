import { replicatingOn } from './shared/example.ts';
import { filterSet, overlaps } from '../src/filter.ts';
import { defineRule, fail, notApplicable, pass } from '../src/rule.ts';

export default defineRule({
  id: 'replication-chain',
  title: 'Replicas are not replicated on',
  severity: 'warning',
  scope: 'route',
  why: 'S3 does not replicate replicas: where A replicates into B and B into C, what B has from A never gets to C, and no status says so, since for those objects nothing was to be done. A ring of three buckets is three such chains. A way back into the source is none: the objects are there.',
  fix: "Replicate from the source into the last bucket directly, by a replication rule of the source's own, and send what is there already with S3 Batch Replication, which does take replicas.",
  page: 'AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html',
  // Without it nobody knows where the destination's own routes lead.
  needs: { destination: ['replication'] },
  evaluate({ source, destination, route, routes, onward }) {
    if (onward.length === 0) return notApplicable;
    const taken = filterSet(route.rule);
    const direct = routes.filter(({ rule }) => overlaps(filterSet(rule), taken));
    const reached = new Set([source.name, ...direct.map((way) => way.destination.name)]);
    const missed = onward
      .filter(({ rule }) => overlaps(filterSet(rule), taken))
      .map((way) => way.destination.name)
      .filter((name) => !reached.has(name));
    if (missed.length === 0) return pass;
    const names = [...new Set(missed)].map((name) => `'${name}'`).join(', ');
    return fail({
      message: `Objects of '${source.name}' reach '${destination.name}' and go no further: that bucket replicates into ${names}, but replicas are not replicated again, and '${source.name}' has no route there itself.`,
      expected: `a route from '${source.name}' into ${names}`,
      actual: 'none',
      at: ['destination.replication'],
    });
  },
  remedy: () => ({
    untyped:
      'whether the source shall reach that bucket too, and under which key and whose policy, people have to decide.',
  }),
  examples: {
    bad: {
      destination: replicatingOn('arn:aws:s3:::orders-archive'),
    },
    good: {
      source: {
        replication: {
          Role: 'arn:aws:iam::111122223333:role/orders-replication',
          Rules: [
            {
              Status: 'Enabled',
              Filter: {},
              Priority: 1,
              Destination: { Bucket: 'arn:aws:s3:::orders-replica' },
            },
            {
              Status: 'Enabled',
              Filter: {},
              Priority: 2,
              Destination: { Bucket: 'arn:aws:s3:::orders-archive' },
            },
          ],
        },
      },
      destination: replicatingOn('arn:aws:s3:::orders-archive'),
    },
  },
});
