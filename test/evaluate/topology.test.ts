import { describe, expect, it } from 'vitest';
import {
  audited,
  bucketIn,
  denied,
  everyBucket,
  everyRoute,
  everySource,
  having,
  selected,
  shop,
  source,
  to,
  vault,
  versioned,
} from './memory.ts';
import type { Topology } from '../../src/model/audit.ts';
import type { BucketLine, EndLine } from '../../src/model/estate.ts';
import { known } from './memory.ts';
import { fail, type Rule } from '../../src/rule.ts';
import type { Selected } from '../../src/selection.ts';
import { account } from '../snapshot/estate.ts';

const replica = having(bucketIn(vault, 'eu-central-1', 'replica'), {
  versioning: known({ Status: 'Enabled' }),
});

function topology(
  buckets: readonly BucketLine[],
  selection: readonly Selected[],
  ends: readonly EndLine[] = buckets,
): Topology {
  const accounts = [{ ...account(shop), name: 'shop' }, account(vault)];
  return audited({ buckets, ends, accounts }, ...selection).audit.topology;
}

/** The state of the one route under these rules. */
function stateUnder(...selection: readonly Selected[]): string | undefined {
  const [edge] = topology([source('orders', to('replica')), replica], selection).edges;
  const { broken, warned, unknown, pairs } = edge ?? { pairs: [] };
  const [pair] = pairs;
  expect([broken, warned, unknown]).toEqual(
    ['broken', 'warned', 'unknown'].map((one) => (one === pair?.state ? 1 : 0)),
  );
  return pair?.state;
}

const failing = (severity: 'error' | 'warning' | 'note', rule: Rule = everyRoute): Selected =>
  selected(rule, { severity });
const sourceFails: Rule = {
  ...everySource,
  needs: {},
  evaluate: () => fail({ message: 'm', expected: 'e', actual: 'a' }),
};

describe("a route's state", () => {
  it.each([
    ['healthy where nothing is found', [selected(versioned)], 'healthy'],
    ['broken by an error', [failing('error')], 'broken'],
    ['warned by a warning', [failing('warning')], 'warned'],
    ['warned by a note', [failing('note')], 'warned'],
    ['unknown where nothing but an unknown is found', [selected(everySource)], 'unknown'],
    ['broken, whatever is unknown besides', [selected(everySource), failing('error')], 'broken'],
    ['warned, whatever is unknown besides', [selected(everySource), failing('note')], 'warned'],
    ['broken where one of two is an error', [failing('note'), failing('error', sourceFails)], 'broken'],
    ['broken by what is wrong with its source', [failing('error', sourceFails)], 'broken'],
    ['healthy where a bucket rule fails: that breaks no route', [failing('error', everyBucket)], 'healthy'],
  ] as const)('is %s', (_, selection, state) => {
    expect(stateUnder(...selection)).toBe(state);
  });

  it('is its own: what is wrong with another route of the bucket is not', () => {
    const other = having(bucketIn(vault, 'eu-central-1', 'other'), {
      versioning: denied('s3:GetBucketVersioning'),
    });
    const lines = [source('orders', to('replica', { ID: 'one' }), to('other')), replica, other];
    expect(topology(lines, [selected(versioned)]).edges).toMatchObject([
      {
        from: `${shop}/eu-west-1`,
        to: `${vault}/eu-central-1`,
        routes: 2,
        broken: 0,
        unknown: 1,
        pairs: [
          { source: 'orders', destination: 'replica', replicationRule: 'one', state: 'healthy' },
          { source: 'orders', destination: 'other', replicationRule: '#2', state: 'unknown' },
        ],
      },
    ]);
  });
});

describe('the picture', () => {
  it('adds up by account and Region; a bucket counts once in its node, and one without a route not at all', () => {
    const lines = [
      source('orders', to('replica'), to('replica', { Filter: { Prefix: 'x' } }), to('nobodys')),
      source('invoices', to('replica')),
      source('plain'),
      replica,
    ];
    const { nodes, edges } = topology(lines, []);
    expect(nodes).toEqual(
      [
        { id: `${shop}/eu-west-1`, account: shop, accountName: 'shop', region: 'eu-west-1', buckets: 2 },
        {
          id: `${vault}/eu-central-1`,
          account: vault,
          accountName: vault,
          region: 'eu-central-1',
          buckets: 1,
        },
        { id: '?/?', account: null, accountName: null, region: null, buckets: 1 },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(edges.map(({ to: end, routes }) => [end, routes])).toEqual([
      [`${vault}/eu-central-1`, 3],
      ['?/?', 1],
    ]);
  });

  it('lists a thousand routes of an edge, and counts all', () => {
    const rules = Array.from({ length: 1001 }, (_, at) => to('replica', { Filter: { Prefix: String(at) } }));
    const [edge] = topology([source('orders', ...rules), replica], []).edges;
    expect(edge?.routes).toBe(1001);
    expect(edge?.pairs).toHaveLength(1000);
  });

  it('does not depend on the order of the buckets', () => {
    const lines = [source('a', to('replica')), source('b', to('nobodys')), replica];
    const { nodes, edges } = topology([...lines].reverse(), []);
    expect({ nodes, edges }).toEqual(topology(lines, []));
  });
});
