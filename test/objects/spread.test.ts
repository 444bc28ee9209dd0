import { describe, expect, it } from 'vitest';
import { bucketOf, version } from './memory.ts';
import { spreadMarkers } from '../../src/objects/spread.ts';

async function markersOf(keys: readonly string[], count: number, prefix = ''): Promise<readonly string[]> {
  const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const { list } = bucketOf(sorted.map((key) => version(key, '1')));
  return spreadMarkers(list, prefix, sorted[0] ?? '', count);
}

describe('markers spread over the keys', () => {
  it('begin where the keys part', async () => {
    const keys = Array.from({ length: 100 }, (_, at) => `logs/app/2024-${String(at).padStart(2, '0')}`);
    const markers = await markersOf(keys, 3);
    expect(markers).toHaveLength(3);
    for (const marker of markers) expect(marker).toMatch(/^logs\/app\/2024-[0-9]/);
    const places = markers.map((marker) => keys.filter((key) => key > marker).length);
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(Math.max(...places)).toBeGreaterThan(60);
    expect(Math.min(...places)).toBeLessThan(40);
  });

  it('find every branch where there are as many as asked for', async () => {
    const years = ['2019/', '2020/', '2021/', '2022/'];
    const keys = years.flatMap((year) => Array.from({ length: 50 }, (_, at) => `${year}${at}`));
    expect(await markersOf(keys, 3)).toEqual(['2020', '2021', '2022']);
  });

  it('ask a bounded number of times for long keys', async () => {
    const stem = 'x'.repeat(900);
    const { list, calls } = bucketOf(['a', 'm', 'z'].map((end) => version(stem + end, '1')));
    await spreadMarkers(list, '', `${stem}a`, 2);
    expect(calls()).toBeLessThanOrEqual(10 + 3);
  });

  it('ask a bounded number of times where the keys part into very many branches', async () => {
    const keys = Array.from({ length: 500 }, (_, at) => `${String.fromCodePoint(0x4e00 + at)}/1`);
    const { list, calls } = bucketOf(keys.map((key) => version(key, '1')));
    expect(await spreadMarkers(list, '', keys[0] ?? '', 2)).toHaveLength(2);
    expect(calls()).toBeLessThanOrEqual(48 + 3);
  });

  it('hold for one key, and for keys above the ASCII ones', async () => {
    expect(await markersOf(['only'], 2)).toEqual([]);
    expect(await markersOf(['a', '😀', '😁'], 2)).toEqual(['😀', '😁']);
    expect(await markersOf(['a', 'ab', 'abc'], 2)).toEqual(['ab', 'abc']);
    expect(await markersOf(['a', 'b'], 0)).toEqual([]);
  });
});
