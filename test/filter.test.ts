import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, coversAll, filterSet, overlaps, takesDeleteMarkers, type FilterSet } from '../src/filter.ts';
import type { ReplicationRule, Tag } from '../src/model/aws.ts';

const ruleOf = (more: Partial<ReplicationRule>): ReplicationRule => ({
  Status: 'Enabled',
  Destination: { Bucket: 'arn:aws:s3:::a' },
  ...more,
});
const tag = (Key: string, Value: string): Tag => ({ Key, Value });

describe('a filter', () => {
  it.each<[string, Partial<ReplicationRule>, FilterSet]>([
    ['trap 1: V2 without anything', { Filter: {} }, { prefix: '', tags: [] }],
    ['trap 1: V1', { Prefix: 'a/' }, { prefix: 'a/', tags: [] }],
    ['V1 without a prefix', {}, { prefix: '', tags: [] }],
    ['a prefix', { Filter: { Prefix: 'a/' } }, { prefix: 'a/', tags: [] }],
    ['a tag', { Filter: { Tag: tag('k', 'v') } }, { prefix: '', tags: [tag('k', 'v')] }],
    [
      'both',
      { Filter: { And: { Prefix: 'a/', Tags: [tag('k', 'v'), tag('l', '')] } } },
      { prefix: 'a/', tags: [tag('k', 'v'), tag('l', '')] },
    ],
    ['tags alone', { Filter: { And: { Tags: [tag('k', 'v')] } } }, { prefix: '', tags: [tag('k', 'v')] }],
  ])('is read: %s', (_, rule, set) => {
    expect(filterSet(ruleOf(rule))).toEqual(set);
  });
});

describe('delete markers', () => {
  it.each<[string, Partial<ReplicationRule>, boolean]>([
    ['trap 1: V1 takes them', { Prefix: '' }, true],
    ['trap 1: an empty filter is V2, which does not by itself', { Filter: {} }, false],
    ['Disabled', { Filter: {}, DeleteMarkerReplication: { Status: 'Disabled' } }, false],
    ['Enabled', { Filter: {}, DeleteMarkerReplication: { Status: 'Enabled' } }, true],
  ])('%s', (_, rule, taken) => {
    expect(takesDeleteMarkers(ruleOf(rule))).toBe(taken);
  });
});

/** Prefixes are of `a` and `b`; keys may go on with `c`, as keys go on after any prefix. */
const prefixes = ['', 'a', 'b', 'ab', 'aa', 'ba', 'aba'];
const keys = words(['a', 'b', 'c'], 4);
const objects = keys.flatMap((key) =>
  [undefined, '1', '2'].flatMap((x) => [undefined, '1', '2'].map((y) => ({ key, tags: { x, y } }))),
);

type Held = (typeof objects)[number];

const set: fc.Arbitrary<FilterSet> = fc.record({
  prefix: fc.constantFrom(...prefixes),
  tags: fc.array(fc.record({ Key: fc.constantFrom('x', 'y'), Value: fc.constantFrom('1', '2') }), {
    maxLength: 3,
  }),
});

function takes({ prefix, tags }: FilterSet, object: Held): boolean {
  return (
    object.key.startsWith(prefix) &&
    tags.every(({ Key, Value }) => (Key === 'x' ? object.tags.x : object.tags.y) === Value)
  );
}

function words(letters: readonly string[], most: number): readonly string[] {
  if (most === 0) return [];
  return letters.flatMap((letter) => [letter, ...words(letters, most - 1).map((rest) => letter + rest)]);
}

describe('filters, held against every object of a small world', () => {
  it('cover as sets do', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const all = objects.every((object) => !takes(other, object) || takes(one, object));
        expect(covers(one, other)).toBe(all);
      }),
      { numRuns: 2000 },
    );
  });

  it('overlap as sets do', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const any = objects.some((object) => takes(one, object) && takes(other, object));
        expect(overlaps(one, other)).toBe(any);
      }),
      { numRuns: 2000 },
    );
  });

  it('take together what one of them takes alone: the whole bucket', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 6 }), (filters) => {
        const all = objects.every((object) => filters.some((filter) => takes(filter, object)));
        expect(coversAll(filters)).toBe(all);
      }),
      { numRuns: 2000 },
    );
  });

  it('take together what one of them takes alone: what another takes', () => {
    fc.assert(
      fc.property(set, fc.array(set, { maxLength: 6 }), (other, filters) => {
        const all = objects.every(
          (object) => !takes(other, object) || filters.some((one) => takes(one, object)),
        );
        // What takes nothing is covered even by no filter at all.
        const nothing = !overlaps(other, other);
        expect(nothing || filters.some((one) => covers(one, other))).toBe(all);
      }),
      { numRuns: 2000 },
    );
  });
});
