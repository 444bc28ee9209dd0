import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { clean, ready, report, start, violations, watched } from './chromium.ts';

let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await start();
  url = await report('axe', { findings: 60, incomplete: true });
});

afterAll(async () => {
  await browser.close();
  clean();
});

async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
  await page.locator('ul[data-whole]').first().waitFor();
}

async function open(page: Page): Promise<void> {
  await page.locator('#row-0').click();
  await page.locator('dialog[open]').waitFor();
}

/** What a reader may do to the page. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'as it opens': async () => Promise.resolve(),
  'with everything unfolded': unfold,
  'with a finding open, whichever way of mending it is shown': async (page) => {
    await open(page);
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      expect(await violations(page)).toEqual([]);
    }
  },
  'with filters in force': async (page) => {
    await page.evaluate("location.hash = 'severity=error&q=destination&sort=-bucket'");
    await page.locator('#chips button').waitFor();
  },
  'with nothing left to show': async (page) => {
    await page.locator('#search').fill('no such thing anywhere');
    await page.getByText('0 of 60 findings').waitFor();
  },
  'without its script': async (page) => {
    await page.evaluate(
      "document.body.classList.remove('live'); document.getElementById('explorer').hidden = true",
    );
  },
};

const looks = [
  { look: 'light', colorScheme: 'light' },
  { look: 'dark', colorScheme: 'dark' },
  { look: 'narrow and light', colorScheme: 'light', viewport: { width: 390, height: 800 } },
  { look: 'narrow and dark', colorScheme: 'dark', viewport: { width: 390, height: 800 } },
] as const;

describe.each(looks)('axe finds nothing, $look', ({ colorScheme, ...rest }) => {
  test.each(Object.entries(states))('%s', async (_, enter) => {
    const viewport = 'viewport' in rest ? { viewport: rest.viewport } : {};
    const { page } = await watched(browser, url, { colorScheme, bypassCSP: true, ...viewport });
    await ready(page);
    await enter(page);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});
