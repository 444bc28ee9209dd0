/** What a reader waits for, in Chromium, from `file://`: measured inside the page, from the event to the frame that shows its effect. */
import { chromium, type Page } from 'playwright-core';

export interface Browsing {
  readonly firstPaintMs: number;
  readonly usableMs: number;
  /** Of the whole of opening: nothing of the reader's gets through meanwhile. */
  readonly openingLongestTaskMs: number;
  readonly acts: Readonly<Record<string, readonly number[]>>;
  /** The same acts by the processor time of the page's thread: what they would take on an idle machine. */
  readonly cpu: Readonly<Record<string, readonly number[]>>;
  readonly scrollLongestFrameMs: number;
  readonly scrollLongestTaskMs: number;
  readonly heapMiB: number;
  readonly printSeconds: number;
  readonly printedPages: number;
  readonly printedMiB: number;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

// The page's own clock: what runs before it, and round it.
const watch = `
  window.bench = { tasks: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  bench.longest = () => { const most = Math.max(0, ...bench.tasks); bench.tasks.length = 0; return most; };
  bench.painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(null);
  }));
  bench.changed = (before) => new Promise((done) => {
    const seen = () => document.body?.classList.contains('live') && document.getElementById('matches').textContent !== before;
    const watcher = new MutationObserver(() => { if (seen()) { watcher.disconnect(); done(); } });
    if (seen()) done();
    else watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  bench.usable = bench.changed(null).then(() => bench.painted());
  bench.act = async (act, waits) => {
    const before = document.getElementById('matches').textContent;
    const began = performance.now();
    act();
    if (waits) await bench.changed(before);
    return (await bench.painted()) - began;
  };
  bench.type = (text) => {
    const search = document.getElementById('search');
    search.value = text;
    search.dispatchEvent(new Event('input', { bubbles: true }));
  };
  bench.box = (facet, place) => document.querySelectorAll('fieldset[data-facet=' + facet + '] input')[place].click();
`;

// Each is done, and done again, from the same state to the same state.
const acts: Readonly<Record<string, readonly (readonly [does: string, waits: boolean])[]>> = {
  // With the 80 ms that the page waits for the next letter.
  search: ['ledger', 'ledger replica', 'no such thing', 'web', ''].map((text) => [
    `bench.type('${text}')`,
    true,
  ]),
  facet: ['severity', 'outcome', 'rule', 'account', 'region'].flatMap((facet) => [
    [`bench.box('${facet}', 0)`, true],
    [`bench.box('${facet}', 0)`, true],
  ]),
  sort: ['severity', 'message', 'bucket', 'account', 'region'].flatMap((key) => [
    [`document.querySelector('[data-sort=${key}]').click()`, false],
    [`document.querySelector('[data-sort=${key}]').click()`, false],
  ]),
  filter: [
    'severity=error&region=eu-west-1',
    'q=policy&outcome=fail',
    'rule=role-trust-unscoped&sort=-bucket',
    '',
  ].map((hash) => [`location.hash = '${hash === '' ? 'q=' : hash}'`, true]),
};

const scrolls = `(async () => {
  const grid = document.getElementById('grid');
  const step = grid.scrollHeight / 300;
  bench.longest();
  let worst = 0;
  let last = await new Promise(requestAnimationFrame);
  for (let at = 0; at < grid.scrollHeight; at += step) {
    grid.scrollTop = at;
    const now = await new Promise(requestAnimationFrame);
    worst = Math.max(worst, now - last);
    last = now;
  }
  await new Promise((done) => setTimeout(done, 200));
  return { frame: worst, task: bench.longest() };
})()`;

/** Opens the report and does what a reader does. */
export async function browse(url: string, rounds: number): Promise<Browsing> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: 'commit' });
    const usableMs = await number(page, 'bench.usable');
    const opening = await number(page, 'bench.longest()');
    const firstPaintMs = await number(
      page,
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    const { taken, cpu } = await actsOf(page, rounds);
    const scroll = await page.evaluate<{ readonly frame: number; readonly task: number }>(scrolls);
    const heap = await heapMiB(page);
    const began = performance.now();
    const pdf = await page.pdf({ format: 'A4' });
    return {
      firstPaintMs,
      usableMs,
      openingLongestTaskMs: opening,
      acts: taken,
      cpu,
      scrollLongestFrameMs: scroll.frame,
      scrollLongestTaskMs: scroll.task,
      heapMiB: heap,
      printSeconds: (performance.now() - began) / 1000,
      printedPages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0,
      printedMiB: pdf.length / 2 ** 20,
    };
  } finally {
    await browser.close();
  }
}

async function actsOf(
  page: Page,
  rounds: number,
): Promise<{ readonly taken: Browsing['acts']; readonly cpu: Browsing['cpu'] }> {
  const taken: Record<string, number[]> = {};
  const cpu: Record<string, number[]> = {};
  const spent = await threadTime(page);
  for (let round = 0; round < rounds; round += 1)
    for (const [name, does] of Object.entries(acts))
      for (const [act, waits] of does) {
        const before = await spent();
        (taken[name] ??= []).push(await number(page, `bench.act(() => { ${act} }, ${waits.toString()})`));
        (cpu[name] ??= []).push((await spent()) - before);
      }
  return { taken, cpu };
}

/** Milliseconds of processor time that the page's thread has spent on its tasks. */
async function threadTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  };
}

async function number(page: Page, expression: string): Promise<number> {
  const value: unknown = await page.evaluate(expression);
  if (typeof value !== 'number') throw new Error(`${expression} is no number`);
  return value;
}

async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}
