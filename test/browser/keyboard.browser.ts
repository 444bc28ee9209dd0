import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { clean, ready, report, start, watched } from './chromium.ts';

let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await start();
  url = await report('keyboard', { findings: 30, accounts: 3, incomplete: true });
});

afterAll(async () => {
  await browser.close();
  clean();
});

interface Stop {
  readonly what: string;
  readonly ring: boolean;
  readonly inSight: boolean;
  readonly after: boolean;
}

// What has the focus; whether one sees that; whether it stands after the one before.
const stop = `(() => {
  const now = document.activeElement;
  if (now === null || now === document.body) return null;
  const style = getComputedStyle(now);
  const { left, top, right, bottom } = now.getBoundingClientRect();
  const last = window.last;
  window.last = now;
  return {
    what: (now.id || now.className?.baseVal || now.className || now.tagName) + ' ' + now.textContent.slice(0, 30),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inSight: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
    after: !last || Boolean(last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
})()`;

async function stops(page: Page): Promise<Stop[]> {
  const all: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate<Stop | null>(stop);
    if (now === null || all.length > 2000) return all;
    all.push(now);
  }
}

test('Tab goes through all of the page in its order, and one sees where it is', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  const all = await stops(page);
  expect(all[0]?.what).toMatch(/^skip /);
  expect(all.filter(({ ring }) => !ring)).toEqual([]);
  expect(all.filter(({ inSight }) => !inSight)).toEqual([]);
  expect(all.filter(({ after }) => !after)).toEqual([]);
  const reached = all.map(({ what }) => what).join('\n');
  for (const control of ['search', 'csv', 'facet-severity-error', 'grid', 'flow broken'])
    expect(reached).toContain(control);
  expect(all.length).toBeLessThan(2000);
  await page.context().close();
});

test('the first stop skips the navigation', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = "document.getElementById('summary').contains(document.activeElement)";
  expect(await page.evaluate<boolean>(inside)).toBe(true);
  await page.context().close();
});

test('the table’s keys move through it, and back', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  const grid = page.locator('#grid');
  await grid.focus();
  const at = async (key: string): Promise<number> => {
    await page.keyboard.press(key);
    return Number((await grid.getAttribute('aria-activedescendant'))?.slice('row-'.length));
  };
  expect(await at('ArrowDown')).toBe(1);
  const paged = await at('PageDown');
  expect(paged).toBeGreaterThan(2);
  expect(await at('End')).toBe(29);
  expect(await at('ArrowDown')).toBe(29);
  expect(await at('PageUp')).toBeLessThan(29);
  expect(await at('Home')).toBe(0);
  expect(await at('ArrowUp')).toBe(0);
  await page.context().close();
});

test('an open finding keeps the focus, and gives it back', async () => {
  const { page } = await watched(browser, url);
  await ready(page);
  await page.locator('#grid').focus();
  await page.keyboard.press('Space');
  await page.locator('dialog[open]').waitFor();
  const outside =
    "document.activeElement !== document.body && !document.getElementById('detail').contains(document.activeElement)";
  for (let tab = 0; tab < 30; tab += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>(outside)).toBe(false);
  }
  await page.getByRole('tab').first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('tab').nth(1).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  expect(await page.evaluate<string>('document.activeElement.id')).toBe('grid');
  await page.context().close();
});
