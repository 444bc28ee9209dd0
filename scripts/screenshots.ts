/**
 * Takes pictures of a report: light for the README; each part in light and dark, narrow, open and printed for whoever works on it.
 * `npm run demo && npm run screenshots [-- REPORT [FOLDER]]`; CHROMIUM names the browser where it is not /usr/bin/chromium.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';

const address = pathToFileURL(resolve(process.argv[2] ?? 'replint-out/report.html')).href;
const folder = process.argv[3] ?? 'replint-out/screenshots';

const sizes: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1280, height: 900 } }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
];
const parts = ['coverage', 'heat', 'topology', 'findings', 'rules', 'frameworks', 'provenance'];

async function part(page: Page, id: string, path: string): Promise<void> {
  await page.evaluate(`document.getElementById('${id}').scrollIntoView()`);
  await page.screenshot({ path });
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
for (const [name, options] of sizes) {
  const page = await browser.newPage(options);
  const path = (what: string): string => join(folder, `${name}${what}.png`);
  await page.goto(address);
  await page.locator('#explorer').waitFor();
  await page.screenshot({ path: path('') });
  await page.screenshot({ path: path('-whole'), fullPage: true });
  for (const id of parts) await part(page, id, path(`-${id}`));
  await page.locator('#row-0').click();
  await page.locator('dialog[open]').waitFor();
  await page.screenshot({ path: path('-detail') });
  await page.close();
}
const page = await browser.newPage();
await page.goto(address);
await page.pdf({ path: join(folder, 'print.pdf'), format: 'A4' });
await browser.close();
