import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, version } from './memory.ts';
import { compare, type Comparison } from '../../src/objects/compare.ts';
import type { ListedVersion } from '../../src/objects/listing.ts';

const day = 24 * 60 * 60 * 1000;

function comparison(
  source: readonly ListedVersion[],
  destination: readonly ListedVersion[],
  more: Partial<Comparison> = {},
): ReturnType<typeof compare> {
  return compare({
    source: bucketOf(source).list,
    destination: bucketOf(destination).list,
    prefix: '',
    deleteMarkers: false,
    versions: 3000,
    pendingMinutes: 1440,
    now: 100 * day,
    ...more,
  });
}

const numbered = (count: number, prefix = 'k'): readonly ListedVersion[] =>
  Array.from({ length: count }, (_, at) => version(`${prefix}${String(at).padStart(6, '0')}`, `v${at}`));

describe('two listings side by side', () => {
  it('finds what the destination lacks, exactly, however the keys are spread', async () => {
    const one = fc.record({
      key: fc.string({
        unit: fc.constantFrom('a', 'b', '/', '\uffee', '😀', '~'),
        minLength: 1,
        maxLength: 4,
      }),
      versionId: fc.constantFrom('1', '2', '3'),
      there: fc.boolean(),
    });
    const versions = fc.uniqueArray(one, {
      selector: ({ key, versionId }) => `${versionId} ${key}`,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(versions, versions, async (mine, others) => {
        const source = mine.map(({ key, versionId }) => version(key, versionId));
        // The destination holds some of ours, and other sources' objects of other version ids.
        const destination = [
          ...mine.filter(({ there }) => there).map(({ key, versionId }) => version(key, versionId)),
          ...others.map(({ key, versionId }) => version(key, `x${versionId}`)),
        ];
        const found = await comparison(source, destination);
        const missing = mine.filter(({ there }) => !there).length;
        expect(found).toMatchObject({ compared: mine.length, missing, pending: 0, exact: true });
      }),
    );
  });

  it('takes the same key under another version id for another object', async () => {
    const found = await comparison([version('a', '1'), version('a', '2')], [version('a', '1')]);
    expect(found).toMatchObject({ compared: 2, missing: 1, examples: [{ key: 'a', versionId: '2' }] });
  });

  it('trap 19a: what is younger than the replication needs is pending, not missing', async () => {
    const young = version('a', '1', { modified: 100 * day - 60_000 });
    expect(await comparison([young], [])).toMatchObject({ missing: 0, pending: 1 });
    expect(await comparison([young], [], { pendingMinutes: 1 })).toMatchObject({ missing: 1, pending: 0 });
  });

  it('trap 19a: leaves out delete markers, unless they replicate', async () => {
    const marker = version('a', '1', { deleteMarker: true });
    expect(await comparison([marker], [])).toMatchObject({ compared: 0, ineligible: 1, missing: 0 });
    expect(await comparison([marker], [], { deleteMarkers: true })).toMatchObject({
      compared: 1,
      missing: 1,
    });
  });

  it.each(['GLACIER', 'DEEP_ARCHIVE'])(
    'trap 20: leaves out %s, which cannot be replicated',
    async (storageClass) => {
      expect(await comparison([version('a', '1', { storageClass })], [])).toMatchObject({
        ineligible: 1,
        missing: 0,
      });
    },
  );

  it.each(['STANDARD_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING'])('takes %s', async (storageClass) => {
    expect(await comparison([version('a', '1', { storageClass })], [])).toMatchObject({ missing: 1 });
  });

  it('is exact up to the bound, at the bound, and not beyond', async () => {
    for (const [count, exact] of [
      [2999, true],
      [3000, true],
      [3001, false],
    ] as const) {
      const all = numbered(count);
      expect(await comparison(all, all)).toMatchObject({ missing: 0, exact });
    }
  });

  it('finds a gap in the middle and at the end of a large bucket by pages spread over its keys', async () => {
    const all = ['2019/', '2020/', '2021/', '2022/', '2023/', '2024/'].flatMap((year) =>
      numbered(2000, year),
    );
    const middle = all.filter(({ key }) => !key.startsWith('2022/'));
    const found = await comparison(all, middle, { versions: 6000 });
    expect(found.exact).toBe(false);
    expect(found.compared).toBeGreaterThan(3000);
    expect(found.compared).toBeLessThanOrEqual(6000);
    expect(found.missing).toBeGreaterThan(0);
    const end = all.filter(({ key }) => !key.startsWith('2024/'));
    expect((await comparison(all, end, { versions: 6000 })).missing).toBeGreaterThan(0);
  });

  it('asks a bounded number of times, however large the buckets are', async () => {
    const source = bucketOf(numbered(40_000));
    const destination = bucketOf(numbered(40_000));
    await comparison([], [], { source: source.list, destination: destination.list });
    expect(source.calls()).toBeLessThanOrEqual(3 + 48 + 10 + 2);
    expect(destination.calls()).toBeLessThanOrEqual(3 * 5);
  });

  it('does not go through all of a destination that many sources share, and says that it did not', async () => {
    const source = [version('a', '1'), version('z', '1')];
    const destination = bucketOf([version('a', '1'), ...numbered(20_000, 'm'), version('z', '1')]);
    const found = await comparison(source, [], { destination: destination.list });
    expect(found).toMatchObject({ compared: 1, missing: 0, exact: false });
    expect(destination.calls()).toBeLessThanOrEqual(5);
  });

  it('goes on in the middle of the last key, whose versions may fill a page', async () => {
    const others = Array.from({ length: 1500 }, (_, at) => version('k', `other ${at}`));
    const found = await comparison([version('k', 'ours')], [...others, version('k', 'ours')]);
    expect(found).toMatchObject({ compared: 1, missing: 0, exact: true });
  });

  it('counts a version once where two stretches meet', async () => {
    // The spread begins at 'b', which lies on the first page.
    const all = [...numbered(10, 'a'), ...numbered(4000, 'b')];
    const without = all.filter(({ key }) => key !== 'b000005');
    expect(await comparison(all, without)).toMatchObject({
      missing: 1,
      examples: [{ key: 'b000005' }],
      exact: false,
    });
  });

  it('does not judge a key whose versions at the destination were not all listed', async () => {
    const others = Array.from({ length: 6000 }, (_, at) => version('m', `other ${at}`));
    const source = [version('a', '1'), version('m', 'ours'), version('z', '1')];
    const found = await comparison(source, [...source.slice(0, 1), ...others, ...source.slice(1)]);
    expect(found).toMatchObject({ compared: 1, missing: 0, exact: false });
  });

  it('names the first five missing versions', async () => {
    const found = await comparison(numbered(9), []);
    expect(found.examples.map(({ versionId }) => versionId)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4']);
  });
});
