import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FindingBlocks, rulesBlock, squeeze } from '../../reports/html/blocks.ts';
import { sparse } from '../../reports/html/dense.ts';
import { unpackFindings } from '../../reports/html/details.ts';
import type { Details } from '../../reports/html/details.ts';
import { unpackRows } from '../../reports/html/packing.ts';
import type { PackedRows } from '../../reports/html/packing.ts';
import { Prints } from '../../reports/html/prints.ts';
import { packTable, steps, unpackTable, unstep } from '../../reports/html/tables.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit } from './sample.ts';
import { packed, travelled } from './travelled.ts';

async function blocksOf(findings: readonly Finding[]): Promise<string> {
  const blocks = new FindingBlocks();
  for (const finding of findings) await blocks.add(finding);
  const texts: string[] = [];
  for await (const text of blocks.texts()) texts.push(text);
  return texts.join('');
}

function contentOf(text: string): unknown {
  return JSON.parse(gunzipSync(sparse(text)).toString());
}

async function unpackedBlocks(findings: readonly Finding[]): Promise<Finding[]> {
  const texts = [...(await blocksOf(findings)).matchAll(/data-block="(\w+)">([^<]*)<\/script>\n/g)];
  const all = new Prints();
  const read: Finding[] = [];
  for (let at = 0; at < texts.length; at += 3) {
    const [rows, bytes, details] = texts.slice(at, at + 3).map(([, , text = '']) => text);
    const block = contentOf(rows ?? '') as PackedRows & { readonly prints: number | readonly string[] };
    const { prints } = block;
    all.add(typeof prints === 'number' ? { digits: prints, bytes: sparse(bytes ?? '') } : prints);
    const from = read.length;
    const print = (index: number): string => all.at(from + index);
    read.push(...unpackFindings(unpackRows(block), contentOf(details ?? '') as Details, print));
  }
  return read;
}

describe('packing', () => {
  test('findings come out as they went in', () => {
    const { findings } = sampleAudit({ findings: 200 });
    expect(travelled(findings)).toStrictEqual(findings);
  });

  test('hostile findings come out as they went in', async () => {
    const { findings } = sampleAudit({ findings: 200, hostile: true });
    expect(travelled(findings)).toStrictEqual(findings);
    expect(await unpackedBlocks(findings)).toStrictEqual(findings);
  });

  test('every finding stands in the blocks, in order, over their borders', async () => {
    const { findings } = sampleAudit({ findings: 9001 });
    expect(await unpackedBlocks(findings)).toStrictEqual(findings);
  });

  test('fingerprints of every form come out as they went in', async () => {
    const { findings } = sampleAudit({ findings: 3 });
    for (const fingerprint of ['', 'ab', 'ABCDEF0123', '0123456789abcde', '</script>', 'é'.repeat(16)]) {
      const odd = findings.map((each, index) => (index === 1 ? { ...each, fingerprint } : each));
      expect(await unpackedBlocks(odd)).toStrictEqual(odd);
      const alike = findings.map((each) => ({ ...each, fingerprint }));
      expect(await unpackedBlocks(alike)).toStrictEqual(alike);
    }
  });

  test('nothing packs to nothing', async () => {
    expect(await unpackedBlocks([])).toEqual([]);
    expect(travelled([])).toEqual([]);
  });

  test('names of roles and keys that many texts repeat are in none of them', () => {
    const [first] = sampleAudit({ findings: 1 }).findings;
    if (first === undefined) throw new Error('the sample is empty');
    const names = (index: number): readonly [string, string] => [
      `role-of-${index}`,
      `key-${index}-of-${index}`,
    ];
    const findings = Array.from({ length: 50 }, (_, index) => {
      const [role, key] = names(index);
      const text = `'arn:aws:iam::111122223333:role/of/path/${role}' may not use 'arn:aws:kms:eu-west-1:111122223333:key/${key}', says ${role}.`;
      return {
        ...first,
        resource: { ...first.resource, bucket: `the-bucket-${index}` },
        message: text,
        fix: { text, cli: text, json: text },
      };
    });
    expect(travelled(findings)).toStrictEqual(findings);
    const { rows, details } = packed(findings);
    expect(rows.judgements.size).toBe(1);
    expect(details.rest.columns['cli']).toEqual({ values: [expect.any(String)] });
  });

  test('a name that holds what stands for names harms no text', () => {
    const [first] = sampleAudit({ findings: 1 }).findings;
    if (first === undefined) throw new Error('the sample is empty');
    for (const bucket of ['\ue000-name', '\ue002-name', '\ue00f-name', 'a-name']) {
      const resource = { ...first.resource, account: 'long-account', bucket };
      const texts = ['long-account-name', `${bucket} of long-account`, '\ue000'];
      const findings = texts.map((message) => ({ ...first, resource, message }));
      expect(travelled(findings)).toStrictEqual(findings);
    }
  });

  test('gzip carries neither a time nor an operating system', () => {
    const header = squeeze('x').subarray(0, 10);
    expect([...header.subarray(4, 8), header[9]]).toEqual([0, 0, 0, 0, 255]);
  });

  test('nothing in a block ends its element, nor an older line', async () => {
    const { findings } = sampleAudit({ findings: 300, hostile: true });
    const page = (await blocksOf(findings)) + rulesBlock({ a: '</script><!--\u2028' });
    expect(
      page.replace(/<script type="application\/octet-stream" data-block="\w+">|<\/script>\n/g, ''),
    ).toMatch(/^[!-%'-;=?-~]+$/);
  });
});

describe('a table', () => {
  test('has a dictionary for a column that repeats, and none for one that does not', () => {
    const { columns } = packTable([
      { same: 'a', other: 1 },
      { same: 'a', other: 2 },
    ]);
    expect(columns).toEqual({ same: { values: ['a'], at: [0, 1] }, other: { values: [1, 2] } });
  });

  test('has a row that repeats once', () => {
    const rows = [1, 2, 1, 1, 2].map((number) => ({ number, list: [number], none: null }));
    const table = packTable(rows);
    expect(table).toMatchObject({ size: 2, at: [0, 0, 2, 2, 1] });
    expect(unpackTable(table)).toEqual(rows);
  });

  test('takes a text for no list that looks like it', () => {
    const rows = [['a'], '["a"]', null, 'null', 1, '1'].map((value) => ({ value }));
    expect(unpackTable(packTable(rows))).toEqual(rows);
    const twice = [...rows, ...rows, ...rows];
    expect(unpackTable(packTable(twice))).toEqual(twice);
  });

  test('rows that agree in each column with another but with none in all stay apart', () => {
    const rows = [1, 2, 3].flatMap((a) => [1, 2, 3].flatMap((b) => [1, 2, 3].map((c) => ({ a, b, c }))));
    const all = [...rows, ...rows];
    expect(packTable(all).size).toBe(27);
    expect(unpackTable(packTable(all))).toEqual(all);
  });

  test('steps lead back to the places', () => {
    const at = [0, 0, 1, 0, 2, 2, 1, 3];
    expect(steps(at)).toEqual([0, 1, 0, 2, 0, 1, 2, 0]);
    expect(unstep(steps(at))).toEqual(at);
  });
});
