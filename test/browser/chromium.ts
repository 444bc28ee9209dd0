/** Chromium, as the browser tests use it: nothing but files may be asked for, and nothing may be said on the console. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { html } from '../../reports/html.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit, streamed } from '../reports/sample.ts';
import type { SampleOptions } from '../reports/sample.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the system's Chromium; `CHROMIUM` names another. */
export function start(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });
}

/** What a page did that it must not do. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A page that is watched from its first byte on. */
export async function watched(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (asked.split('#')[0] !== url.split('#')[0] && !asked.startsWith('data:') && !asked.startsWith('blob:'))
      complaints.push(`request: ${asked}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** Waits until the table of findings has taken over. */
export async function ready(page: Page): Promise<void> {
  await page.locator('#explorer').waitFor();
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")}`))',
  );
}

const folder = mkdtempSync(join(tmpdir(), 'replint-report-'));

/** Removes the reports again. */
export function clean(): void {
  rmSync(folder, { recursive: true });
}

/** Writes a sample's report and returns its address. */
export async function report(name: string, options: SampleOptions): Promise<string> {
  const { audit, findings } = sampleAudit(options);
  return reportOf(name, audit, findings);
}

/** Writes the report of an audit, with findings of its baseline, and returns its address. */
export async function reportOf(
  name: string,
  audit: Audit,
  findings: readonly Finding[],
  gone: readonly Finding[] = [],
): Promise<string> {
  const besides = { resolved: streamed(gone), carried: streamed([]) };
  const chunks: string[] = [];
  for await (const chunk of html.write(audit, streamed(findings), besides)) chunks.push(chunk);
  const file = join(folder, `${name}.html`);
  writeFileSync(file, chunks.join(''));
  return pathToFileURL(file).href;
}
