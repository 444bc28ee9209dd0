import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findingBlocks, jsonBlock, squeeze } from '../../reports/html/blocks.ts';
import { packDetails, packRows, unpackFindings, unpackRows } from '../../reports/html/packing.ts';
import type { Details } from '../../reports/html/packing.ts';
import { packTable } from '../../reports/html/tables.ts';
import type { Table } from '../../reports/html/tables.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';

function travelled(findings: readonly Finding[]): Finding[] {
  const rows = JSON.parse(JSON.stringify(packRows(findings))) as Table;
  const details = JSON.parse(JSON.stringify(packDetails(findings))) as Details;
  return unpackFindings(unpackRows(rows), details);
}

async function unpackedBlocks(findings: readonly Finding[]): Promise<Finding[]> {
  const all: Finding[] = [];
  let rows: Table | null = null;
  for await (const block of findingBlocks(streamed(findings))) {
    const [, kind, packed] = /data-block="(\w+)">([\w+/=]*)</.exec(block) ?? [];
    const content: unknown = JSON.parse(gunzipSync(Buffer.from(packed ?? '', 'base64')).toString());
    if (kind === 'rows') rows = content as Table;
    else if (rows !== null) all.push(...unpackFindings(unpackRows(rows), content as Details));
  }
  return all;
}

describe('packing', () => {
  test('findings come out as they went in', () => {
    const { findings } = sampleAudit({ findings: 200 });
    expect(travelled(findings)).toStrictEqual(findings);
  });

  test('hostile findings come out as they went in', () => {
    const { findings } = sampleAudit({ findings: 200, hostile: true });
    expect(travelled(findings)).toStrictEqual(findings);
  });

  test('every finding stands in the blocks, in order, over their borders', async () => {
    const { findings } = sampleAudit({ findings: 9001 });
    expect(await unpackedBlocks(findings)).toStrictEqual(findings);
  });

  test('nothing packs to nothing', async () => {
    expect(await unpackedBlocks([])).toEqual([]);
    expect(travelled([])).toEqual([]);
  });

  test('a column that repeats becomes a dictionary, one that does not stays', () => {
    const { columns } = packTable([
      { same: 'a', other: 1 },
      { same: 'a', other: 2 },
    ]);
    expect(columns).toEqual({ same: { values: ['a'], at: [0, 0] }, other: { values: [1, 2] } });
  });

  test('gzip carries neither a time nor an operating system', () => {
    const header = Buffer.from(squeeze('x'), 'base64').subarray(0, 10);
    expect([...header.subarray(4, 8), header[9]]).toEqual([0, 0, 0, 0, 255]);
  });

  test('JSON in the page ends no element and no line', () => {
    const block = jsonBlock('x', { a: '</script><!--\u2028\u2029' });
    const inside = block.slice(block.indexOf('>') + 1, block.lastIndexOf('</script>'));
    expect(inside).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(inside)).toEqual({ a: '</script><!--\u2028\u2029' });
  });
});
