import { describe, expect, test } from 'vitest';
import { cell, csvHead, csvLine } from '../../reports/html/csv.ts';
import { packPrints, Prints } from '../../reports/html/prints.ts';
import { address, makeIndex, parseAddress, select, sorted } from '../../reports/html/select.ts';
import type { Selected, Selection } from '../../reports/html/select.ts';
import { ranked, ranking } from '../../reports/html/ranks.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit } from './sample.ts';
import { rowsOf } from './travelled.ts';

const { findings } = sampleAudit({ findings: 300 });
const rows = rowsOf(findings);
const prints = new Prints();
prints.add(packPrints(findings.map(({ fingerprint }) => fingerprint)));
const { index, add } = makeIndex(prints);
// In two blocks, as a page reads them.
add(rows.slice(0, 200));
add(rows.slice(200));

function selection(hash: string): Selected {
  const wanted = parseAddress(hash);
  const { rows: found, counts } = select(index, wanted);
  const { sort } = wanted;
  return { rows: sort === null ? found : sorted(found, ranked(rows, sort.by), sort.down), counts };
}

function selected(hash: string): number[] {
  return [...selection(hash).rows];
}

describe('selection', () => {
  test('an empty address selects all, in the order of the audit', () => {
    expect(selected('')).toEqual(rows.map((_, index) => index));
  });

  test('facets narrow; two values of one facet widen', () => {
    const errors = selected('severity=error');
    const failed = ({ severity, outcome, waiver }: Finding): boolean =>
      severity === 'error' && outcome === 'fail' && !waiver;
    expect(errors).toEqual(findings.flatMap((each, index) => (failed(each) ? [index] : [])));
    expect(selected('severity=error&severity=note').length).toBe(
      errors.length + selected('severity=note').length,
    );
  });

  test('what is not decided or waived would be of its severity, and is not counted as what failed', () => {
    const { audit, findings } = sampleAudit({ findings: 300 });
    const [first] = findings.filter(({ outcome }) => outcome === 'fail');
    if (!first) throw new Error('the sample has no failure');
    const waiver = { reason: 'r', owner: 'o', expires: '2027-01-01' };
    const { index, add } = makeIndex(prints);
    add(rowsOf([...findings, { ...first, waiver }]));
    const { severity } = select(index, parseAddress('')).counts;
    expect(severity.get('error')).toBe(audit.tallies.fail.error);
    const would = ['error', 'warning', 'note'].map((one) => severity.get(`would-be-${one}`) ?? 0);
    expect(would.reduce((sum, number) => sum + number)).toBe(audit.tallies.unknown + 1);
  });

  test('every word of a search must occur, in whatever field', () => {
    const first = rows[0];
    const found = selected(`q=${first?.bucket.toUpperCase() ?? ''} ${first?.rule ?? ''}`);
    expect(found).toContain(0);
    for (const place of found) expect(index.texts[place]).toContain(first?.rule);
    expect(selected('q=no-such-thing-anywhere')).toEqual([]);
  });

  test('a fingerprint is found by how it begins, beside words', () => {
    const { fingerprint = '', rule = '' } = findings[42] ?? {};
    expect(selected(`q=${fingerprint}`)).toEqual([42]);
    expect(selected(`q=${fingerprint.slice(0, 10).toUpperCase()} ${rule}`)).toEqual([42]);
    expect(selected(`q=${fingerprint} no-such-thing-anywhere`)).toEqual([]);
    expect(selected(`q=${fingerprint.slice(4)}`)).toEqual([]);
  });

  test('a question mark selects what is not known', () => {
    const found = selected('region=?');
    expect(found.length).toBeGreaterThan(0);
    for (const index of found) expect(rows[index]?.region).toBeNull();
  });

  test('a facet counts what each of its values would show, under the other facets', () => {
    const { counts } = selection('severity=would-be-error&outcome=unknown');
    expect(counts.severity.get('would-be-warning') ?? 0).toBe(
      selected('severity=would-be-warning&outcome=unknown').length,
    );
    const region = rows[0]?.region ?? '?';
    const { outcome } = selection(`region=${region}&outcome=unknown`).counts;
    expect(outcome.get('fail')).toBe(selected(`region=${region}&outcome=fail`).length);
    expect(counts.rule.size).toBe(
      new Set(selected('severity=would-be-error&outcome=unknown').map((i) => rows[i]?.rule)).size,
    );
  });

  test('sorting goes both ways and keeps the order of equals', () => {
    const up = selected('sort=bucket').map((index) => rows[index]?.bucket);
    expect(up).toEqual([...up].sort());
    const messages = selected('sort=-message').map((index) => rows[index]?.message);
    expect(messages).toEqual([...messages].sort().reverse());
    const down = selected('sort=-severity');
    expect(rows[down[0] ?? -1]?.severity).toBe('note');
    const notes = down.filter((index) => rows[index]?.severity === 'note');
    expect(notes).toEqual([...notes].sort((a, b) => a - b));
  });

  test('the address says the selection again', () => {
    const selection: Selection = {
      ...parseAddress(''),
      query: 'a&b=c #d',
      facets: { ...parseAddress('').facets, account: ['111122220000', '?'], toRegion: ['eu-central-1'] },
      sort: { by: 'account', down: true },
      finding: 'abc',
    };
    expect(parseAddress(address(selection))).toEqual(selection);
  });

  test('ranks come in steps, however many values there are', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => {
      const first = rows[0];
      if (first === undefined) throw new Error('the sample is empty');
      return { ...first, message: ((index * 7919) % 15_000).toString() };
    });
    const { of, size } = ranked(many, 'message');
    expect(size).toBe(15_000);
    const order = [...new Set(many.map(({ message }) => message))].sort();
    many.forEach(({ message }, index) => {
      expect(order[of[index] ?? -1]).toBe(message);
    });
    expect([...ranking(many, 'message')].length).toBeGreaterThan(10);
  });

  test('an unknown sort is passed over', () => {
    expect(parseAddress('sort=constructor').sort).toBeNull();
  });
});

describe('CSV', () => {
  test('nothing begins a formula, not even after white space', () => {
    for (const text of ['=1', '+1', '-1', '@x', '\t=1', '\rx', '  =1', '\n+1', '\u00a0@x', '＝1'])
      expect(cell(text)).toBe(`"'${text}"`);
    expect(cell('a=1')).toBe('"a=1"');
  });

  test('quotes are doubled, lines stay within their cell', () => {
    expect(cell('a "b",\nc')).toBe('"a ""b"",\nc"');
  });

  test('a line has as many cells as the head', () => {
    const cells = (line: string): number => line.trimEnd().split('","').length;
    const plain = findings[0];
    if (plain === undefined) throw new Error('the sample is empty');
    expect(cells(csvLine(plain))).toBe(cells(csvHead));
  });
});
