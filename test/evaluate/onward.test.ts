import { describe, expect, it } from 'vitest';
import { audited, bucketIn, denied, having, known, selected, source, to, vault, words } from './memory.ts';
import { estateOf } from '../../src/evaluate/estate.ts';
import type { EndLine, Route } from '../../src/model/estate.ts';
import { defineRule, fail, pass, type Rule } from '../../src/rule.ts';
import { snapshotOf } from './memory.ts';

/** Passes, and keeps what it was shown by route. */
function watching(): { readonly rule: Rule; readonly seen: Map<string, readonly string[]> } {
  const seen = new Map<string, readonly string[]>();
  const rule = defineRule({
    ...words,
    needs: { destination: ['replication'] },
    evaluate: ({ source: from, destination, onward }) => {
      seen.set(
        `${from.name} ${destination.name}`,
        onward.map((way) => `${way.destination.name} ${way.destination.account ?? '?'}`),
      );
      return pass;
    },
  });
  return { rule, seen };
}

describe('the ways on from a destination', () => {
  it('are its enabled routes, with the owners of where they lead; a ring ends', () => {
    const { rule, seen } = watching();
    const lines = [
      source('a', to('b')),
      source('b', to('c'), to('away'), to('asleep', { Status: 'Disabled' })),
      source('c', to('a')),
    ];
    const { audit } = audited(
      { buckets: lines, ends: [...lines, bucketIn(vault, null, 'away')] },
      selected(rule),
    );
    const shop = lines[0]?.account ?? '';
    expect(Object.fromEntries(seen)).toEqual({
      'a b': [`c ${shop}`, `away ${vault}`],
      'b c': [`a ${shop}`],
      'b away': [],
      'c a': [`b ${shop}`],
    });
    expect(audit.tallies.pass).toBe(4);
  });

  it.each([
    ['was denied', having(source('b'), { replication: denied('s3:GetBucketReplication') })],
    ['is of a bucket that nobody owns whom the scan knows', undefined],
  ])('are unknown, not none, where its replication %s', (_, line) => {
    const { rule, seen } = watching();
    const lines = [source('a', to('b')), ...(line ? [line] : [])];
    const { findings } = audited({ buckets: lines }, selected(rule));
    expect(findings.filter(({ resource }) => resource.bucket === 'a')).toMatchObject([
      { outcome: 'unknown' },
    ]);
    expect(seen.size).toBe(0);
  });

  it('are worked out once, however many routes lead there', () => {
    const hub = source('hub', to('c'));
    const estate = estateOf(snapshotOf({ buckets: [hub] }));
    const first: readonly Route[] = estate.routesOutOf('hub');
    expect(first).toHaveLength(1);
    expect(estate.routesOutOf('hub')).toBe(first);
    expect(estate.routesOutOf('nobodys')).toEqual([]);
  });
});

describe('facts of all destinations of a source', () => {
  const wanting = (seen: unknown[]): Rule =>
    defineRule({
      ...words,
      scope: 'source',
      needs: {},
      wants: { destinations: ['versioning', 'presence'] },
      evaluate: ({ routes }) => {
        for (const { destination } of routes) seen.push({ ...destination });
        return fail({ message: 'm', expected: 'e', actual: 'a', at: ['destinations.versioning#/Status'] });
      },
    });

  it('come with the routes as they were observed, and are evidence each of its own bucket', () => {
    const seen: unknown[] = [];
    const orders = source('orders', to('a'), to('b'), to('gone'));
    const ends: readonly EndLine[] = [
      orders,
      having(bucketIn(vault, null, 'a'), { versioning: known({ Status: 'Enabled' }, vault) }),
      having(bucketIn(vault, null, 'b'), { versioning: denied('s3:GetBucketVersioning', vault) }),
      { kind: 'stranger', name: 'gone', region: null, facts: { presence: known({ status: 404 }) } },
    ];
    const { findings } = audited({ buckets: [orders], ends }, selected(wanting(seen)));
    expect(seen).toMatchObject([
      {
        name: 'a',
        versioning: { known: true, value: { Status: 'Enabled' } },
        presence: { value: { status: 200 } },
      },
      { name: 'b', versioning: { known: false, causes: [{ reason: 'access-denied', account: vault }] } },
      { name: 'gone', account: null, versioning: { known: false }, presence: { value: { status: 404 } } },
    ]);
    expect(findings).toMatchObject([
      {
        outcome: 'fail',
        evidence: [{ call: 's3:GetBucketVersioning', resource: 'arn:aws:s3:::a', value: 'Enabled' }],
      },
    ]);
  });

  it('are not there where they were not wanted', () => {
    const seen: object[] = [];
    const rule = defineRule({
      ...words,
      scope: 'source',
      needs: {},
      evaluate: ({ routes }) => {
        seen.push(...routes.map(({ destination }) => destination));
        return pass;
      },
    });
    audited({ buckets: [source('orders', to('a'))] }, selected(rule));
    expect(seen.map((destination) => Object.keys(destination).sort())).toEqual([
      ['account', 'arn', 'name', 'region'],
    ]);
  });

  it('of a route rule the route is among the routes itself, so that it can be left out', () => {
    const others: number[] = [];
    const rule = defineRule({
      ...words,
      needs: {},
      evaluate: ({ route, routes }) => {
        others.push(routes.filter((one) => one !== route).length);
        return pass;
      },
    });
    audited({ buckets: [source('orders', to('a'), to('b'))] }, selected(rule));
    expect(others).toEqual([1, 1]);
  });
});
