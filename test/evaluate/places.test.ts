import { describe, expect, it } from 'vitest';
import { EndLines, type Lookups } from '../../src/evaluate/end-lines.ts';
import { Places } from '../../src/evaluate/places.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { inMemory } from '../../src/tester/lines.ts';
import { bucketIn, shop, vault } from './memory.ts';

/** Two names of one hash, found by trial. */
const alike = ['logs-1xlgkbe', 'logs-13k0fqf'] as const;

function placesOf(names: readonly string[]): Places {
  const places = new Places();
  for (const name of names) places.add(name);
  return places;
}

describe('Places', () => {
  it('finds each of many names, as it grows', () => {
    const names = Array.from({ length: 5_000 }, (_, at) => `bucket-${at}`);
    const places = placesOf(names);
    for (const [at, name] of names.entries()) expect(places.of(name)).toContain(at);
  });

  it('finds nothing of a name that was not added', () => {
    expect(new Places().of('orders')).toEqual([]);
    expect(placesOf(['orders', 'role orders']).of('key orders')).toEqual([]);
  });

  it('gives all of one name in the order in which they came', () => {
    const names = Array.from({ length: 3_000 }, (_, at) => (at % 1_000 === 7 ? 'orders' : `other-${at}`));
    expect(placesOf(names).of('orders')).toEqual([7, 1_007, 2_007]);
  });

  it('gives names of one hash together, in their order', () => {
    const places = placesOf(alike);
    for (const name of alike) expect(places.of(name)).toEqual([0, 1]);
  });
});

describe('EndLines', () => {
  const [one, other] = alike.map((name) => bucketIn(shop, 'eu-west-1', name));
  const linesOf = (...lines: readonly BucketLine[]): Lookups => {
    const ends = new EndLines(inMemory(lines));
    for (const { name } of lines) ends.add(name);
    return ends.lookups();
  };

  it('tells apart names of one hash', () => {
    if (one === undefined || other === undefined) throw new Error('There are two.');
    const { bucket } = linesOf(one, other);
    expect(alike.map((name) => bucket(name))).toEqual([one, other]);
    expect(linesOf(one).bucket(other.name)).toBeUndefined();
  });

  it('finds of several lines of one name the last', () => {
    if (one === undefined) throw new Error('There is one.');
    const again = bucketIn(vault, null, one.name);
    expect(linesOf(one, again).bucket(one.name)).toBe(again);
  });
});
