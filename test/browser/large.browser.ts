import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { sampleAudit } from '../reports/sample.ts';
import { clean, ready, report, reportOf, start, watched } from './chromium.ts';

const options = { findings: 5000, accounts: 200, incomplete: true };

let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await start();
  url = await report('large', options);
});

afterAll(async () => {
  await browser.close();
  clean();
});

test('every one of 5,000 findings can be scrolled to, in the order of the audit', async () => {
  const { page, complaints } = await watched(browser, url);
  await ready(page);
  const seen = await page.evaluate<string[]>(`(async () => {
    const grid = document.getElementById('grid');
    const seen = [];
    for (let at = 0; ; at += grid.clientHeight) {
      grid.scrollTop = at;
      await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done));
      for (const row of document.querySelectorAll('#rows .row:not([hidden])'))
        seen[Number(row.dataset.place)] = row.querySelector('.message strong').textContent;
      if (at > grid.scrollHeight) return seen;
    }
  })()`);
  expect(seen).toEqual(sampleAudit(options).findings.map(({ message }) => message));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('search, sort, a facet and the last finding’s detail work', async () => {
  const { page, complaints } = await watched(browser, url);
  const { findings } = sampleAudit(options);
  await ready(page);
  await page.locator('[data-sort=message]').click();
  const messages = findings.map(({ message }) => message).sort();
  expect(await page.locator('#row-0 .message strong').textContent()).toBe(messages[0]);
  await page.locator('#grid').focus();
  await page.keyboard.press('End');
  expect(await page.locator('#row-4999 .message strong').textContent()).toBe(messages.at(-1));
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  expect(await page.locator('#detail-title').textContent()).toBe(messages.at(-1));
  await page.keyboard.press('Escape');
  await page.locator('#search').fill('no route');
  const found = findings.filter((each) => JSON.stringify(each).toLowerCase().includes('no route')).length;
  await page.getByText(`${found} of 5,000 findings`).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('prints its worst findings, not all of them', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('article.finding:visible').count()).toBe(20);
  for (const hidden of ['.masthead', '#explorer', '.zoom', '.remedy ~ .remedy'])
    expect(await page.locator(hidden).filter({ visible: true }).count()).toBe(0);
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(pages?.length).toBeLessThan(60);
  await page.context().close();
});

test('prints the largest of many gaps in what was read, and says so', async () => {
  const { audit, findings } = sampleAudit({ findings: 20, incomplete: true });
  const gap = audit.coverage.gaps[0];
  if (gap === undefined) throw new Error('the sample has no gap');
  const gaps = Array.from({ length: 40 }, () => gap);
  const address = await reportOf('gaps', { ...audit, coverage: { ...audit.coverage, gaps } }, findings);
  const { page } = await watched(browser, address);
  await ready(page);
  const rows = page.locator('.gaps tbody tr').filter({ visible: true });
  const said = page.getByText('On paper: the 15 largest groups.').filter({ visible: true });
  expect([await rows.count(), await said.count()]).toEqual([40, 0]);
  await page.emulateMedia({ media: 'print' });
  expect([await rows.count(), await said.count()]).toEqual([15, 1]);
  await page.context().close();
});

test('what is out of sight is laid out once the table of findings stands', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  await page.locator('#provenance.whole').waitFor();
  const skipped = await page.evaluate<string[]>(
    "Array.from(document.querySelectorAll('main > section, .picture, .tall')).filter((each) => getComputedStyle(each).contentVisibility !== 'visible').map(({ className }) => className)",
  );
  expect(skipped).toEqual([]);
  await page.context().close();
});
