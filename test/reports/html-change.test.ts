import { describe, expect, test } from 'vitest';
import { html } from '../../reports/html.ts';
import { page } from '../../reports/html/page.ts';
import { Prints } from '../../reports/html/prints.ts';
import { facetValue, makeIndex, parseAddress, select } from '../../reports/html/select.ts';
import { apartShown, changeView } from '../../reports/html/view/change.ts';
import { detail } from '../../reports/html/view/detail.ts';
import { waiverLines } from '../../reports/html/view/waivers.ts';
import type { Audit, AuditChange, WaiverUse } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from './sample.ts';
import { rowsOf, surveyed, travelled } from './travelled.ts';
import { written } from './written.ts';

const { audit: plain, findings } = sampleAudit({ findings: 30 });
const fails = findings.filter(({ outcome }) => outcome === 'fail');
const waiver = { reason: 'It moves in <spring>.', owner: 'team-a', expires: '2027-01-31' };
const waived: readonly Finding[] = fails
  .slice(0, 3)
  .map((each) => ({ ...each, waiver, change: 'unchanged' }));
const fresh: readonly Finding[] = fails.slice(3).map((each) => ({ ...each, change: 'new' }));

const use: WaiverUse = {
  ...{ ...waiver, rule: 'bucket-key-off', only: { buckets: ['a', 'b'], tags: { data: 'old' } } },
  ...{ state: 'in-force', failures: 3, undecided: 0, said: null },
};
const zero = { error: 0, warning: 0, note: 0 };
const change: AuditChange = {
  baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'another' },
  ...{ new: { error: 1, warning: 0, note: 2 }, unchanged: zero, resolved: { ...zero, error: 1_201 } },
  ...{ carried: { ...zero, note: 5 }, unknownNow: 2, dropped: 0 },
  ...{ carriedAccounts: [], carriedRules: false, rules: {} },
};
const audit: Audit = {
  ...plain,
  tallies: { ...plain.tallies, waived: 3 },
  waivers: [use, { ...use, owner: 'team-b', state: 'expired', said: 'It expired on 2026-11-01.' }],
  change,
};

describe('a waived finding', () => {
  test('and what changed come through the packing', () => {
    const all = [...waived, ...fresh];
    expect(travelled(all)).toStrictEqual(all);
  });

  test('is a kind of its own, with who has taken it on', () => {
    const [one] = waived;
    if (!one) throw new Error('no finding');
    const { kind, facts } = detail(one, undefined);
    expect(kind).toEqual({ name: 'waived', word: 'Waived' });
    expect(facts).toContainEqual({
      label: 'Waived',
      text: 'It moves in <spring>. (team-a, until 2027-01-31)',
    });
    expect(facts).toContainEqual({ label: 'Since the baseline', text: 'Unchanged' });
  });

  test('is found as waived and by its owner, and not among the failures', () => {
    const rows = rowsOf([...waived, ...fresh]);
    const { index, add } = makeIndex(new Prints());
    add(rows);
    const found = (address: string): number => select(index, parseAddress(address)).rows.length;
    expect(found('outcome=waived')).toBe(3);
    expect(found('outcome=fail')).toBe(fresh.length);
    expect(found('q=team-a')).toBe(3);
    expect(found('change=new')).toBe(fresh.length);
    expect(rows.map((row) => facetValue(row, 'change')).slice(0, 4)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
      'new',
    ]);
  });

  test('is counted apart: not among the worst, the heat or the risks', () => {
    const counted = surveyed([...waived, ...fresh]);
    expect(counted.total).toBe(fails.length);
    expect(counted.top).toEqual(fresh);
    const { summary } = page(audit, counted);
    expect(summary.sub).toContain('3 waived;');
    expect(summary.cards.find(({ kind }) => kind.name === 'waived')).toMatchObject({
      count: '3',
      link: '#outcome=waived',
    });
    expect(page(plain, counted).summary.cards.some(({ kind }) => kind.name === 'waived')).toBe(false);
    expect(page(audit, surveyed(waived)).topLine).toBe('Nothing was found that is not waived.');
  });
});

describe('the page', () => {
  test('lists the waivers, those first of which something is to be said', () => {
    expect(waiverLines(audit)).toMatchObject([
      { owner: 'team-b', state: 'Expired', said: 'It expired on 2026-11-01.' },
      { owner: 'team-a', state: 'In force', takes: 'buckets: a, b; tag data: old', failures: '3', said: '–' },
    ]);
  });

  test('says what changed, of what, and how much is not listed', () => {
    const view = changeView(audit, { resolved: fails.slice(0, 1), carried: [] });
    expect(view?.line).toBe(
      'Held against the audit of 2026-11-20 08:00 UTC. It was judged by another configuration.',
    );
    expect(view?.measures.map(({ text }) => text)).toEqual([
      '1 error, 2 notes',
      'none',
      '1,201 errors',
      '3',
      '2',
      '0',
    ]);
    expect(view?.lists).toMatchObject([
      { title: 'Resolved', more: '1,200 more findings in resolved.ndjson.' },
    ]);
    expect(changeView(plain, { resolved: [], carried: [] })).toBeNull();
  });

  test('has both sections where there is something in them, and neither where not', async () => {
    const many = Array.from({ length: apartShown + 1 }, (_, at) => ({
      ...(fails[0] as Finding),
      message: `gone ${at}.`,
    }));
    const besides = { resolved: streamed(many), carried: streamed([]) };
    const text = await written(html, audit, streamed([...waived, ...fresh]), besides);
    expect(text).toContain('id="change"');
    expect(text).toContain('It moves in &lt;spring&gt;.');
    expect(text).toContain(`gone ${apartShown - 1}.`);
    expect(text).not.toContain(`gone ${apartShown}.`);
    const none = await written(html, plain, streamed(findings));
    expect(none).not.toContain('id="change"');
    expect(none).not.toContain('id="waivers"');
  });
});
