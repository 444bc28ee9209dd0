/** What a person who sees the demo's report for the first time must be able to say of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { ready, start, watched } from './chromium.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'replint-questions-'));
const screen = { viewport: { width: 1280, height: 900 } };

let browser: Browser;
let page: Page;
let audit: Audit;
let worst: Finding;

beforeAll(async () => {
  execFileSync(process.execPath, [main, 'demo', '--out', folder], { stdio: 'ignore' });
  // Both are this version's own.
  audit = JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as Audit;
  worst = JSON.parse(
    readFileSync(join(folder, 'findings.ndjson'), 'utf8').split('\n', 1)[0] ?? '',
  ) as Finding;
  browser = await start();
  ({ page } = await watched(browser, pathToFileURL(join(folder, 'report.html')).href, screen));
  await ready(page);
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Whole on the first screen: nobody has scrolled or clicked. */
async function atOnce(what: Locator): Promise<string> {
  const box = await what.boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(screen.viewport.height);
  return (await what.textContent()) ?? '';
}

test('what is the worst problem', async () => {
  expect(await atOnce(page.locator('.worst h2'))).toBe(worst.message);
  expect(await atOnce(page.locator('.worst .tag'))).toBe('Error');
});

test('whose is it', async () => {
  const { accountName, account, ou } = worst.resource;
  const facts = await atOnce(page.locator('.worst .facts'));
  expect(facts).toContain(`${accountName} (${account})`);
  expect(facts).toContain(ou);
});

test('how is it fixed', async () => {
  expect(await atOnce(page.locator('.worst .fix'))).toContain(worst.fix.text);
  await page.locator('.worst h2 a').click();
  const sheet = page.locator('dialog[open]');
  await sheet.waitFor();
  expect(await sheet.getByRole('tabpanel').locator('pre').textContent()).toBe(worst.fix.cli);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
});

test('is it better than last time', async () => {
  await page.evaluate('scrollTo(0, 0)');
  const { change } = audit;
  const total = (of: Record<string, number> = {}): number =>
    Object.values(of).reduce((sum, one) => sum + one, 0);
  const [fresh, gone] = [total(change?.new), total(change?.resolved)];
  expect([fresh > 0, gone > 0]).toEqual([true, true]);
  expect(await atOnce(page.locator('.since'))).toContain(`: ${fresh} new, ${gone} resolved, `);
  await page.locator('.since a').click();
  const text = (await page.locator('#change').textContent()) ?? '';
  const resolved = readFileSync(join(folder, 'resolved.ndjson'), 'utf8').trimEnd().split('\n');
  expect(resolved.length).toBe(gone);
  for (const line of resolved) expect(text).toContain((JSON.parse(line) as Finding).message);
  await page.locator('#change').getByRole('link', { name: 'See what is new' }).click();
  await page.getByText(`${fresh} of `).first().waitFor();
});

test('what was not looked at', async () => {
  await page.evaluate('scrollTo(0, 0)');
  expect(await atOnce(page.locator('.notice'))).toContain('Coverage is incomplete: 1 account and');
  await page.getByRole('link', { name: 'See the coverage' }).click();
  const text = (await page.locator('#coverage').textContent()) ?? '';
  const unread = audit.coverage.accounts.filter(({ status }) => status !== 'scanned');
  expect(unread.length).toBeGreaterThan(0);
  for (const { name, id } of unread) {
    expect(text).toContain(name);
    expect(text).toContain(id);
  }
  for (const { detail, call } of audit.coverage.gaps) {
    expect(text).toContain(detail);
    expect(text).toContain(call ?? 'no call');
  }
  expect(await page.locator('#coverage h2').boundingBox()).toMatchObject({ y: expect.any(Number) as number });
  expect((await page.locator('#coverage h2').boundingBox())?.y).toBeLessThan(200);
});
