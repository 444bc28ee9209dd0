import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audited, bucketIn, everyRoute, roleArn, selected, snapshotOf, source, to, vault } from './memory.ts';
import { estateOf } from '../../src/evaluate/estate.ts';
import { routeKeys, routesOf } from '../../src/evaluate/routes.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import type { BucketLine, EndLine, Route } from '../../src/model/estate.ts';
import { denied, having } from './memory.ts';

function routes(line: BucketLine, ends: readonly EndLine[] = []): readonly Route[] {
  return routesOf(line, estateOf(snapshotOf({ buckets: [line], ends: [line, ...ends] })));
}

describe('the routes of a bucket', () => {
  it('are its enabled rules, in their order, with the place where each stands', () => {
    const line = source('orders', to('a', { Status: 'Disabled' }), to('b'), to('c'));
    expect(routes(line)).toMatchObject([
      { index: 1, role: roleArn, source: { name: 'orders' }, destination: { name: 'b' } },
      { index: 2, role: roleArn, source: { name: 'orders' }, destination: { name: 'c' } },
    ]);
  });

  it('are the same of version 1 and version 2', () => {
    const { Filter, ...v1 } = to('a');
    expect(Filter).toEqual({});
    expect(routes(source('orders', { ...v1, Prefix: 'x/' }))).toHaveLength(1);
    expect(routes(source('orders', to('a', { Filter: { Prefix: 'x/' } })))).toHaveLength(1);
  });

  it('are none where there is no replication, and none where nobody knows', () => {
    expect(routes(source('orders'))).toEqual([]);
    const hidden = having(source('orders'), { replication: denied('s3:GetBucketReplication') });
    expect(routes(hidden)).toEqual([]);
    expect(routes({ ...hidden, facts: {} })).toEqual([]);
  });

  it('carry whose the destination is, where a scanned account owns it', () => {
    const line = source('orders', to('replica'), to('elsewhere'), to('nobodys'));
    const stranger: EndLine = { kind: 'stranger', name: 'elsewhere', region: 'eu-north-1', facts: {} };
    const ends = [bucketIn(vault, 'eu-central-1', 'replica'), stranger];
    expect(routes(line, ends).map(({ destination }) => destination)).toEqual([
      { name: 'replica', arn: 'arn:aws:s3:::replica', account: vault, region: 'eu-central-1' },
      { name: 'elsewhere', arn: 'arn:aws:s3:::elsewhere', account: null, region: 'eu-north-1' },
      { name: 'nobodys', arn: 'arn:aws:s3:::nobodys', account: null, region: null },
    ]);
  });

  it('keep an ARN that is no bucket as it is, and take no bucket for it', () => {
    const arn = `arn:aws:s3:eu-west-1:${vault}:accesspoint/replica`;
    const line = source('orders', to('x', { Destination: { Bucket: arn } }));
    expect(routes(line, [bucketIn(vault, 'eu-west-1', 'replica')])[0]?.destination).toEqual({
      name: arn,
      arn,
      account: null,
      region: null,
    });
  });
});

const tag = fc.record({ Key: fc.constantFrom('a', 'a,b', 'c'), Value: fc.constantFrom('', 'b', 'b,c', 'c') });
const prefix = fc.option(fc.constantFrom('', 'x/', 'y/'), { nil: undefined });
const filter = fc.oneof(
  fc.record({ Prefix: prefix }),
  fc.record({ Tag: tag }),
  fc.record({ And: fc.record({ Prefix: prefix, Tags: fc.array(tag, { maxLength: 3 }) }) }),
);
const rule = fc.record({
  name: fc.constantFrom('a', 'b'),
  Priority: fc.nat({ max: 3 }),
  Filter: filter,
  metrics: fc.boolean(),
  ID: fc.option(fc.string(), { nil: undefined }),
});
type Drawn = typeof rule extends fc.Arbitrary<infer R> ? R : never;

const ruleOf = ({ name, metrics, ...rest }: Drawn): ReplicationRule =>
  to(name, {
    ...rest,
    Destination: {
      Bucket: `arn:aws:s3:::${name}`,
      ...(metrics ? { Metrics: { Status: 'Enabled' } } : {}),
    },
  });

/** What a fingerprint must follow: the route without its rule's ID and place. */
const contentOf = (rule: ReplicationRule): string => JSON.stringify({ ...rule, ID: undefined });

function keyed(rules: readonly ReplicationRule[]): readonly (readonly [content: string, key: string])[] {
  const all = routes(source('orders', ...rules));
  const keys = routeKeys(all);
  return all.map((route) => [contentOf(route.rule), keys.get(route) ?? ''] as const);
}

const sorted = (pairs: readonly (readonly [string, string])[]): readonly string[] =>
  pairs.map((pair) => pair.join(' | ')).sort();

describe("a route's name across audits", () => {
  it('is distinct for each route of a bucket, two of a kind included', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (drawn) => {
        const keys = keyed(drawn.map(ruleOf)).map(([, key]) => key);
        expect(new Set(keys).size).toBe(drawn.length);
      }),
    );
    const twins = keyed([to('a'), to('a')]).map(([, key]) => key);
    expect(new Set(twins).size).toBe(2);
  });

  it('does not change with the order of the rules, nor with their IDs', () => {
    fc.assert(
      fc.property(
        fc
          .array(rule, { maxLength: 8 })
          .chain((drawn) =>
            fc.tuple(
              fc.constant(drawn),
              fc.shuffledSubarray(drawn, { minLength: drawn.length }),
              fc.string(),
            ),
          ),
        ([drawn, shuffled, id]) => {
          const renamed = shuffled.map((one, at) => ruleOf({ ...one, ID: `${id}${at}` }));
          expect(sorted(keyed(renamed))).toEqual(sorted(keyed(drawn.map(ruleOf))));
        },
      ),
    );
  });

  it('does not change with the order of tags, nor with the form of the filter', () => {
    const [x, y] = [
      { Key: 'a', Value: 'b,c' },
      { Key: 'a,b', Value: 'c' },
    ];
    const keyOf = (Filter: ReplicationRule['Filter']): string | undefined =>
      keyed([to('a', { Filter })])[0]?.[1];
    expect(keyOf({ And: { Tags: [x, y] } })).toBe(keyOf({ And: { Tags: [y, x] } }));
    expect(keyOf({ And: { Tags: [x] } })).toBe(keyOf({ Tag: x }));
    expect(keyOf({ Tag: x })).not.toBe(keyOf({ Tag: y }));
    expect(keyOf({})).toBe(keyOf({ Prefix: '' }));
    expect(keyOf({ Prefix: 'x/' })).not.toBe(keyOf({}));
    expect(keyOf({ And: { Prefix: 'x/', Tags: [x] } })).not.toBe(keyOf({ And: { Tags: [x] } }));
    expect(keyed([{ ...to('a'), Filter: undefined, Prefix: 'x/' }])[0]?.[1]).toBe(keyOf({ Prefix: 'x/' }));
  });
});

describe('a fingerprint', () => {
  const prints = (lines: readonly BucketLine[], policy: string | null = null): readonly string[] =>
    audited({ buckets: lines }, selected(everyRoute, { policy })).findings.map(
      ({ fingerprint }) => fingerprint,
    );

  it('does not change with other accounts, other buckets and their order', () => {
    const line = source('orders', to('a'), to('b'));
    const alone = prints([line]);
    expect(alone).toHaveLength(2);
    expect(alone[0]).toMatch(/^[0-9a-f]{32}$/);
    const others = [bucketIn(vault, 'eu-central-1', 'a'), bucketIn('777788889999', 'eu-west-1', 'b'), line];
    expect(prints(others)).toEqual(alone);
    expect(prints([...others].reverse())).toEqual(alone);
  });

  it('differs by bucket, by route, by rule and by policy', () => {
    const all = [
      ...prints([source('orders', to('a'), to('b'))]),
      ...prints([source('invoices', to('a'))]),
      ...prints([source('orders', to('a'))], 'one'),
      ...prints([source('orders', to('a'))], 'two'),
    ];
    expect(new Set(all).size).toBe(5);
  });
});
