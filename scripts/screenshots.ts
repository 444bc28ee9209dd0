/**
 * Takes pictures of the demo's report: light for the README; dark, narrow and printed for whoever works on it.
 * `npm run demo && npm run screenshots`; CHROMIUM names the browser where it is not /usr/bin/chromium.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContextOptions } from 'playwright-core';

const address = pathToFileURL(resolve(process.argv[2] ?? 'replint-out/report.html')).href;
const folder = process.argv[3] ?? 'replint-out/screenshots';

const pictures: readonly (readonly [name: string, options: BrowserContextOptions, whole: boolean])[] = [
  ['light', { viewport: { width: 1280, height: 900 } }, false],
  ['light-whole', { viewport: { width: 1280, height: 900 } }, true],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }, false],
  ['narrow', { viewport: { width: 390, height: 844 } }, false],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
for (const [name, options, fullPage] of pictures) {
  const page = await browser.newPage(options);
  await page.goto(address);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  await page.close();
}
const page = await browser.newPage();
await page.goto(address);
await page.pdf({ path: join(folder, 'print.pdf'), format: 'A4' });
await browser.close();
