import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SampleOptions } from '../reports/sample.ts';
import type { Browser, Page } from 'playwright-core';
import { sampleAudit } from '../reports/sample.ts';
import { clean, ready, report, start, watched } from './chromium.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await start();
});

afterAll(async () => {
  await browser.close();
  clean();
});

const sizes = [
  { nodes: 'about 5', options: { findings: 8, accounts: 2 }, least: 3, most: 12 },
  { nodes: 'about 5 oddly named', options: { findings: 9, accounts: 2, hostile: true }, least: 3, most: 12 },
  { nodes: 'more than 500', options: { findings: 6000, accounts: 200 }, least: 500, most: 2000 },
];

/** Faults of a picture that a reader would call illegible. */
const faults = `(() => {
  const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const box = (element) => element.getBoundingClientRect();
  const found = [];
  for (const svg of document.querySelectorAll('.picture svg')) {
    for (const node of svg.querySelectorAll('.node'))
      for (const text of node.querySelectorAll('text'))
        if (!inside(box(text), box(node.querySelector('rect')))) found.push('beyond its box: ' + text.textContent);
    for (const text of svg.querySelectorAll('text')) if (box(text).height < 11) found.push('too small: ' + text.textContent);
    const solid = [...svg.querySelectorAll('.node rect, .pill')].map(box);
    solid.forEach((one, at) => solid.slice(at + 1).forEach((other) => { if (!apart(one, other)) found.push('overlap'); }));
    for (const label of svg.querySelectorAll('.flow'))
      if (!inside(box(label.querySelector('text')), box(label.querySelector('.pill')))) found.push('beyond its pill');
  }
  return found;
})()`;

async function opened(options: SampleOptions): Promise<Page> {
  const address = await report(`topology-${options.findings ?? 0}`, options);
  const { page } = await watched(browser, address, { viewport: { width: 1280, height: 900 } });
  await ready(page);
  return page;
}

describe.each(sizes)('a topology of $nodes accounts and Regions', ({ options, least, most }) => {
  test('is legible: nothing overlaps, no text leaves its box', async () => {
    const page = await opened(options);
    const ends = sampleAudit(options).audit.topology.nodes.length;
    expect(ends).toBeGreaterThanOrEqual(least);
    expect(ends).toBeLessThan(most);
    expect(await page.locator('.picture .flow').count()).toBeGreaterThan(0);
    expect(await page.evaluate(faults)).toEqual([]);
    await page.context().close();
  });

  test('tells apart by stroke and by sign, not by colour alone', async () => {
    const page = await opened(options);
    const looks = await page.evaluate<Record<string, string>>(
      "Object.fromEntries([...document.querySelectorAll('.lines .edge')].map((line) => [line.classList[1], getComputedStyle(line).strokeDasharray]))",
    );
    expect(new Set(Object.values(looks)).size).toBe(4);
    const signs = { broken: /^× /, warned: /^! /, unknown: /^\? /, healthy: /^[\d,]+$/ };
    for (const [state, sign] of Object.entries(signs))
      for (const label of await page.locator(`.flow.${state} .label`).allTextContents())
        expect(label).toMatch(sign);
    await page.context().close();
  });

  test('each line leads to its findings, and each row of the table to its routes', async () => {
    const page = await opened(options);
    for (const line of (await page.locator('.flow.broken').all()).slice(0, 5)) {
      await line.focus();
      await page.keyboard.press('Enter');
      await page.getByText(/^[1-9][\d,]* of [\d,]+ findings$/).waitFor();
      expect(await page.locator('#chips button').count()).toBeGreaterThanOrEqual(2);
      await page.getByRole('button', { name: 'Clear filters' }).click();
    }
    const row = page.locator('details[data-edge]').first();
    await row.locator('summary').focus();
    await page.keyboard.press('Enter');
    await row.locator('ul[data-whole] li').first().waitFor();
    await page.context().close();
  });
});
