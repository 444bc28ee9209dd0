import { describe, expect, test } from 'vitest';
import { Prints } from '../../reports/html/prints.ts';
import { page } from '../../reports/html/page.ts';
import { makeIndex, parseAddress, select } from '../../reports/html/select.ts';
import { coverageView } from '../../reports/html/view/coverage.ts';
import { frameworks, subjects, verdict } from '../../reports/html/view/frameworks.ts';
import { html } from '../../reports/html.ts';
import { markdown } from '../../reports/markdown.ts';
import { sarif } from '../../reports/sarif.ts';
import { rowsOf, surveyed } from './travelled.ts';
import { written } from './written.ts';
import { heat } from '../../reports/html/view/heat.ts';
import { box } from '../../reports/html/view/layout.ts';
import { summary } from '../../reports/html/view/summary.ts';
import { topologyView } from '../../reports/html/view/topology.ts';
import type { Audit, Topology } from '../../src/model/audit.ts';
import { sampleAudit, streamed } from './sample.ts';
import type { SampleOptions } from './sample.ts';

function summaryOf(options: SampleOptions, change: (audit: Audit) => Audit = (same) => same) {
  const { audit, findings } = sampleAudit(options);
  return summary(change(audit), surveyed(findings));
}

describe('summary', () => {
  test('the headline counts the broken routes', () => {
    const { audit } = sampleAudit();
    const broken = audit.topology.edges.reduce((sum, edge) => sum + edge.broken, 0);
    const { headline, worst } = summaryOf({});
    expect(headline).toBe(`${broken} of ${audit.coverage.routes} replication routes have errors.`);
    expect(worst?.kind.name).toBe('error');
  });

  test('without findings it praises only what was read', () => {
    expect(summaryOf({ findings: 0 }).headline).toMatch(/^No fault found/);
    const partial = summaryOf({ findings: 0, incomplete: true });
    expect(partial.headline).toBe('No fault found in what was read.');
    expect(partial.coverage).toContain('incomplete');
  });

  test('coverage tells apart what could not be read and what was left out', () => {
    const { audit } = sampleAudit({ incomplete: true });
    const having = (status: string): number =>
      audit.coverage.accounts.filter((account) => account.status === status).length;
    const { coverage } = summaryOf({ incomplete: true });
    expect(coverage).toMatch(
      new RegExp(
        `${having('unreadable')} accounts? .*could not be read; ${having('skipped')} accounts? left out`,
      ),
    );
  });

  test('what could not be decided is no success', () => {
    const { headline } = summaryOf({ findings: 0 }, (audit) => ({
      ...audit,
      tallies: { ...audit.tallies, unknown: 3 },
    }));
    expect(headline).toBe('Nothing failed, but 3 checks could not be decided.');
  });

  test('risks come worst first and name owner and fix', () => {
    const { risks } = summaryOf({ findings: 200 });
    expect(risks).toHaveLength(5);
    expect(risks[0]?.kind).toBe('error');
    for (const risk of risks) {
      expect(risk.owners).toMatch(/\(\d{12}\)/);
      expect(risk.fix).not.toBe('');
    }
  });
});

describe('heat map', () => {
  test('every finding is in one cell, and a cell links to its findings', () => {
    const { findings } = sampleAudit({ findings: 100 });
    const { rows, regions } = heat(surveyed(findings));
    const words = rows.flatMap(({ cells }) => cells.map((cell) => cell.words)).join(', ');
    const total = [...words.matchAll(/(\d+) (?:error|warning|note|unknown)/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
    expect(total).toBe(100);
    for (const row of rows) expect(row.cells).toHaveLength(regions.length);
    expect(rows[0]?.cells.find(({ link }) => link !== null)?.link).toMatch(/^#account=\d{12}&region=/);
  });
});

describe('rules', () => {
  test('a failure outweighs an unknown, an unknown a waiver, a waiver passes', () => {
    const found = { pass: 9, fail: 0, waived: 0, unknown: 0, notApplicable: 1 };
    expect(verdict({ ...found, fail: 1, waived: 1, unknown: 1 }).word).toBe('Fail');
    expect(verdict({ ...found, waived: 1, unknown: 1 }).word).toBe('Not assessed');
    expect(verdict({ ...found, waived: 1 }).word).toBe('Waived');
    expect(verdict(found).word).toBe('Pass');
    expect(verdict({ ...found, pass: 0 }).word).toBe('Nothing to assess');
  });
});

describe('frameworks', () => {
  const { audit } = sampleAudit();

  test('have every control that rules name, with what was checked', () => {
    const hub = frameworks(audit).find(({ name }) => name === 'AWS-SecurityHub');
    const shared = hub?.controls.find(({ id }) => id === 'S3.7');
    expect(shared?.first?.link).toBe('#subject=AWS-SecurityHub%2FS3.7');
    const subject = subjects(audit).find(({ anchor }) => `#${anchor}` === shared?.first?.link);
    const rules = Object.entries(audit.rules).filter(([, rule]) =>
      rule.controls.includes('AWS-SecurityHub/S3.7'),
    );
    expect(subject?.rules.map(({ id }) => id)).toEqual(rules.map(([id]) => id));
    expect(hub?.line).toMatch(/^\d+ controls?: \d+ failed/);
  });

  test('say when, by whom, over which accounts and by which calls', () => {
    const [framework] = frameworks(sampleAudit({ incomplete: true }).audit);
    expect(framework?.evidence).toEqual([
      { label: 'When', text: '2026-11-22 08:00 UTC to 2026-11-22 08:07 UTC' },
      {
        label: 'By',
        text: 'arn:aws:sts::111122220000:assumed-role/Auditor/session, in account 111122220000',
      },
      { label: 'Over', text: '3 accounts; not over 3, which stand under Coverage' },
      { label: 'Calls', text: expect.stringMatching(/^[a-z0-9]+:\w+/) as string },
    ]);
  });

  test('are written with their controls, sources and reasons', async () => {
    const text = await written(html, audit, streamed([]));
    for (const said of ['The ACME standard, 5th edition', 'A configuration shows nothing of drills.']) {
      expect(text).toContain(said);
    }
    expect(text).toContain(
      '<a href="https://example.com/catalogue" rel="noreferrer">The related requirements</a>',
    );
    for (const [, link] of text.matchAll(/href="#(subject[^"]*)"/g))
      expect(text).toContain(`id="${link ?? ''}"`);
  });
});

describe('policies', () => {
  const { audit, findings } = sampleAudit({ findings: 100 });
  const bound = findings.find(({ policy }) => policy !== undefined);
  const policy = bound?.policy ?? '';

  test('a finding of a policy goes by its name: in the risks, the filter and the detail', () => {
    const { rules } = surveyed(findings);
    expect(rules.get(policy)?.example.policy).toBe(policy);
    const rows = rowsOf(findings);
    const { index, add } = makeIndex(new Prints());
    add(rows);
    const found = select(index, parseAddress(new URLSearchParams({ rule: policy }).toString()));
    expect(found.rows.map((index) => findings[index])).toEqual(
      findings.filter((each) => each.policy === policy),
    );
    expect(page(audit, surveyed(findings)).top.map(({ title }) => title)).toContain(
      audit.rules[policy]?.title,
    );
  });

  test('a policy may have any name', () => {
    const named = findings.map((finding) => ({ ...finding, policy: 'constructor' }));
    const { top } = page({ ...audit, rules: {} }, surveyed(named));
    expect(top[0]?.why).toBeNull();
  });
});

describe('coverage', () => {
  test('says how much of a long list of gaps goes on paper', () => {
    const { audit } = sampleAudit({ incomplete: true });
    const gap = audit.coverage.gaps[0];
    if (gap === undefined) throw new Error('the sample has no gap');
    const said = (length: number): string | null =>
      coverageView({ ...audit, coverage: { ...audit.coverage, gaps: Array.from({ length }, () => gap) } })
        .gapsOnPaper;
    expect(said(15)).toBeNull();
    expect(said(16)).toBe('On paper: the 15 largest groups.');
  });

  test('lets a path of OUs break after its slashes, and holds no markup but that', async () => {
    const { audit } = sampleAudit({ accounts: 1, findings: 0 });
    const accounts = audit.coverage.accounts.map((each) => ({ ...each, ou: 'Root/<b>/C&D' }));
    const text = await written(html, { ...audit, coverage: { ...audit.coverage, accounts } }, streamed([]));
    expect(text).toContain('<bdi>Root/<wbr>&lt;b&gt;/<wbr>C&amp;D</bdi>');
  });

  test('says of how many accounts a gap is, where one caller was denied in many', async () => {
    const { audit, findings } = sampleAudit({ accounts: 3 });
    const cause = { reason: 'access-denied', call: 'sts:AssumeRole', account: '1' } as const;
    const causes = [{ ...cause, detail: 'Denied elsewhere.' }];
    const accounts = audit.coverage.accounts.map((each, index) =>
      index === 0 ? each : { ...each, status: 'unreadable' as const, causes },
    );
    const gap = { ...cause, detail: 'Denied.', count: 15, example: 'x' };
    const gaps = [
      gap,
      { ...gap, account: '2' },
      { ...gap, reason: 'failed' as const },
      { ...gap, call: 'a:B' },
    ];
    const told = { ...audit, coverage: { ...audit.coverage, accounts, gaps } };
    const said = '2 accounts that cannot be read, for example: Denied.';
    expect(coverageView(told).gaps.map(({ detail }) => detail)).toEqual([
      said,
      'Denied.',
      'Denied.',
      'Denied.',
    ]);
    for (const format of [markdown, sarif])
      expect(await written(format, told, streamed(findings))).toContain(said);
  });

  test('names every account that was not read, and why', () => {
    const { audit } = sampleAudit({ incomplete: true });
    const { unread, read } = coverageView(audit);
    expect(unread.length + read.length).toBe(audit.coverage.accounts.length);
    expect(unread.length).toBeGreaterThan(0);
    for (const account of unread) expect(account.why.join('')).not.toBe('');
  });
});

function chain(size: number): Topology {
  const nodes = Array.from({ length: size }, (_, index) => ({
    id: `${index}/eu-${index % 9}`,
    account: String(index),
    accountName: null,
    region: `eu-${index % 9}`,
    buckets: 1,
  }));
  const id = (index: number): string => nodes[index % size]?.id ?? '';
  const edges = Array.from({ length: size * 2 }, (_, index) => ({
    from: id(index),
    to: id(index * 7 + 1),
    routes: 3,
    broken: index % 3 === 0 ? 1 : 0,
    warned: 0,
    unknown: 0,
    pairs: [],
  }));
  return { nodes, edges };
}

describe('topology', () => {
  test('boxes of a column do not overlap, and lines run from box to box', () => {
    const [picture] = topologyView(sampleAudit().audit.topology).pictures;
    if (picture === undefined) throw new Error('no picture');
    for (const x of new Set(picture.nodes.map((node) => node.x))) {
      const tops = picture.nodes
        .filter((node) => node.x === x)
        .map(({ y }) => y)
        .sort((a, b) => a - b);
      tops.forEach((top, index) => {
        expect(top - (tops[index - 1] ?? -Infinity)).toBeGreaterThan(box.height);
      });
    }
    const starts = new Set(picture.nodes.map(({ x }) => x + box.width));
    const ends = new Set(picture.nodes.map(({ x }) => x));
    for (const { path } of picture.edges) {
      const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
      expect(starts).toContain(numbers[0]);
      expect(ends).toContain(numbers.at(-2));
      for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
    }
  });

  test('every connection is a line of the picture and a row of the table', () => {
    const { topology } = sampleAudit().audit;
    const { pictures, edges } = topologyView(topology);
    expect(pictures.map((picture) => picture.edges.length)).toEqual([topology.edges.length]);
    expect(edges.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...topology.edges.keys()]);
  });

  test('500 nodes are added up by Region, and the worst connections drawn', () => {
    const { pictures, edges, edgesLeftOut } = topologyView(chain(500));
    expect(pictures.map(({ id }) => id)).toEqual(['regions', 'worst']);
    expect(pictures[0]?.nodes.length).toBe(18);
    expect(pictures[1]?.edges.length).toBe(30);
    for (const edge of pictures[1]?.edges ?? []) expect(edge.state).toBe('broken');
    expect(edges).toHaveLength(300);
    expect(edgesLeftOut).toContain('700 connections');
  });

  test('Regions in great number draw their worst connections, and say so', () => {
    const topology = chain(500);
    const nodes = topology.nodes.map((node, index) => ({ ...node, region: `r-${index % 30}` }));
    const edges = topology.edges.map((edge, index) => ({
      ...edge,
      to: nodes[(index * 37 + (index >> 3)) % 500]?.id ?? '',
    }));
    const [regions] = topologyView({ nodes, edges }).pictures;
    expect(regions?.title).toBe('By Region, the worst 120 connections');
    expect(regions?.edges).toHaveLength(120);
  });

  test('no routes draw nothing', () => {
    expect(topologyView({ nodes: [], edges: [] }).pictures).toEqual([]);
  });
});
