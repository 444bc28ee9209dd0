import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit } from '../reports/sample.ts';
import { clean, ready, report, reportOf, start, violations, watched } from './chromium.ts';

const options = { findings: 200, incomplete: true };
const { findings } = sampleAudit(options);
const isError = ({ severity, outcome }: Finding): boolean => severity === 'error' && outcome === 'fail';
const errors = findings.filter(isError).length;
const first = findings[0];
if (first === undefined) throw new Error('the sample is empty');

let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await start();
  url = await report('sample', options);
});

afterAll(async () => {
  await browser.close();
  clean();
});

/** A finding a row, in the order in which they are seen. */
function messages(page: Page): Promise<string[]> {
  return page.locator('#rows .row:not([hidden]) .cell.message strong').allTextContents();
}

describe('at rest', () => {
  test('asks for nothing and complains of nothing, plain or hostile', async () => {
    for (const address of [url, await report('hostile', { findings: 200, hostile: true })]) {
      const { page, complaints } = await watched(browser, address);
      await ready(page);
      await page.locator('#rows [role=row]').first().click();
      await page.locator('dialog[open]').waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test('hostile names stay text', async () => {
    const { page, complaints } = await watched(
      browser,
      await report('hostile', { findings: 200, hostile: true }),
    );
    await ready(page);
    for (let place = 0; place < 8; place += 1) {
      await page.locator(`#row-${place}`).click();
      await page.locator('dialog[open] .sheet').waitFor();
      await page.keyboard.press('Escape');
    }
    expect(await page.locator('img, script[src], iframe, object, [onerror], [onload]').count()).toBe(0);
    expect(await page.getByText('onerror=alert(2)').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('without JavaScript the essentials are there', async () => {
    const { page } = await watched(browser, url, { javaScriptEnabled: false });
    expect(await page.locator('h1').textContent()).toMatch(/replication routes have errors/);
    expect(await page.locator('article.finding').count()).toBe(50);
    expect(await page.locator('#explorer').isVisible()).toBe(false);
    expect(await page.locator('svg .flow').first().isVisible()).toBe(true);
    await page.context().close();
  });
});

describe('waivers and a baseline', () => {
  const waiver = { reason: 'It moves <soon>.', owner: 'team-a', expires: '2027-01-31' };
  const fails = findings.filter(({ outcome }) => outcome === 'fail');
  const own = fails.map((each, at) =>
    at < 3 ? { ...each, waiver, change: 'unchanged' as const } : { ...each, change: 'new' as const },
  );
  const zero = { error: 0, warning: 0, note: 0 };
  const { audit: plain } = sampleAudit({ findings: 200 });
  const audit = {
    ...plain,
    tallies: { ...plain.tallies, waived: 3 },
    waivers: [
      {
        ...{ ...waiver, rule: 'bucket-key-off', only: { buckets: ['a'] }, failures: 3, undecided: 0 },
        ...{ state: 'expiring' as const, said: 'It expires on 2027-01-31.' },
      },
    ],
    change: {
      baseline: { replint: '0.1.0', finished: '2026-11-20T08:00:00.000Z', configuration: 'c' },
      ...{ new: { ...zero, error: 1 }, unchanged: zero, resolved: { ...zero, note: 2 }, carried: zero },
      ...{ unknownNow: 0, dropped: 0, carriedAccounts: [], carriedRules: false, rules: {} },
    },
  };

  test('axe finds nothing, and the filters tell them apart', async () => {
    const address = await reportOf('changed', audit, own, fails.slice(0, 2));
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints } = await watched(browser, address, { colorScheme, bypassCSP: true });
      await ready(page);
      expect(await violations(page)).toEqual([]);
      await page.locator('fieldset[data-facet=outcome] input[value=waived]').check();
      await page.getByText(`3 of ${own.length} findings`).waitFor();
      await page.locator('#row-0').click();
      await page.locator('dialog[open]').getByText('It moves <soon>. (team-a, until 2027-01-31)').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'See what is new' }).click();
      await page.getByText(`${own.length - 3} of ${own.length} findings`).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});

describe('a narrow screen', () => {
  test('has no empty place among the tiles', async () => {
    const { page } = await watched(browser, url);
    await ready(page);
    for (const width of [390, 700, 900]) {
      await page.setViewportSize({ width, height: 800 });
      const short = await page.evaluate<number>(
        "document.querySelector('.cards').getBoundingClientRect().right - document.querySelector('.card:last-child').getBoundingClientRect().right",
      );
      expect(short).toBeLessThan(3);
    }
    await page.context().close();
  });
});

describe('findings', () => {
  test('search, facets, clearing and the address go together', async () => {
    const { page, complaints } = await watched(browser, url);
    await ready(page);
    await page.locator('fieldset[data-facet=severity] input[value=error]').check();
    await page.getByText(`${errors} of 200 findings`).waitFor();
    expect(page.url()).toContain('#severity=error');
    await page.locator('#search').fill(first.resource.bucket);
    await page.waitForURL(/q=/);
    const found = findings.filter(
      (each) => isError(each) && JSON.stringify(each).includes(first.resource.bucket),
    );
    await page.getByText(`${found.length} of 200 findings`).waitFor();
    await page.reload();
    await page.getByText(`${found.length} of 200 findings`).waitFor();
    expect(await page.locator('#search').inputValue()).toBe(first.resource.bucket);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('200 findings', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('columns sort both ways', async () => {
    const { page } = await watched(browser, url);
    await ready(page);
    const heading = page.locator('#columns').getByRole('columnheader', { name: 'Severity' });
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await page.locator('#row-0 .cell.severity').textContent()).toMatch(/Note|Unknown/);
    expect((await messages(page))[0]).not.toBe(first.message);
    await page.context().close();
  });

  test('a deep link opens its finding, with evidence and fix; the dialog closes into the address', async () => {
    const last = findings.at(-1);
    const { page, complaints } = await watched(browser, `${url}#finding=${last?.fingerprint ?? ''}`);
    const sheet = page.locator('dialog[open]');
    await sheet.waitFor();
    expect(await sheet.locator('#detail-title').textContent()).toBe(last?.message);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.waitForURL(/#findings$/);
    const evident = findings.find(({ evidence, fix }) => evidence.length > 0 && fix.terraform !== undefined);
    await page.evaluate(`location.hash = 'finding=${evident?.fingerprint ?? ''}'`);
    await sheet.waitFor();
    expect(await sheet.textContent()).toContain(evident?.evidence[0]?.call);
    await sheet.getByRole('tab', { name: 'Terraform' }).click();
    expect(await sheet.getByRole('tabpanel').locator('pre').textContent()).toBe(evident?.fix.terraform);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a line of the picture leads to its findings', async () => {
    const { page } = await watched(browser, url);
    await ready(page);
    await page.locator('svg a.flow.broken').first().focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^\d+ of 200 findings$/).waitFor();
    expect(page.url()).toMatch(/#account=.*&toAccount=/);
    expect(await page.locator('#chips button').count()).toBe(4);
    await page.context().close();
  });

  test('an edge’s row unfolds into all its routes', async () => {
    const { page } = await watched(browser, url);
    const { audit } = sampleAudit(options);
    const details = page.locator('details[data-edge]').first();
    const index = Number(await details.getAttribute('data-edge'));
    await details.locator('summary').click();
    await details.locator('ul[data-whole]').waitFor();
    await expect.poll(() => details.locator('li').count()).toBe(audit.topology.edges[index]?.pairs.length);
    await page.context().close();
  });

  test('CSV holds what is selected, in its order', async () => {
    const { page, complaints } = await watched(browser, `${url}#severity=error&sort=-bucket`);
    await ready(page);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = readFileSync(await (await waiting).path(), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(errors + 1);
    const buckets = lines.slice(1).map((line) => line.split('","')[7] ?? '');
    expect(buckets).toEqual([...buckets].sort().reverse());
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the keyboard does it all', async () => {
    const { page } = await watched(browser, url);
    await ready(page);
    await page.keyboard.press('/');
    await page.keyboard.type('destination');
    await page.waitForURL(/q=destination/);
    await page.keyboard.press('Enter');
    const grid = page.locator('#grid');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    expect(await grid.getAttribute('aria-activedescendant')).toBe('row-1');
    await page.keyboard.press('Enter');
    const sheet = page.locator('dialog[open]');
    await sheet.waitFor();
    expect(await sheet.locator('#detail-title').textContent()).toBe((await messages(page))[1]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('End');
    const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
    expect(await grid.getAttribute('aria-activedescendant')).toBe(`row-${rows - 1}`);
    expect(await page.locator('.row.active').isVisible()).toBe(true);
    await page.context().close();
  });
});
