import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { count, inert, ScanProgress, terminal, type Terminal } from '../../src/cli/terminal.ts';
import { payloads } from '../reports/sample/hostile.ts';

describe('inert text', () => {
  const harmful = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

  it.each([
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
    ['\u009b1m', '\\u{9b}1m'],
    ['high \ud800 alone', 'high \\u{d800} alone'],
    ['\udc00', '\\u{dc00}'],
    ['\u2028\ufeff\u200b', '\\u{2028}\\u{feff}\\u{200b}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['plain: é 漢字 😀 "\\', 'plain: é 漢字 😀 "\\'],
  ])('of %j is %j', (text, plain) => {
    expect(inert(text)).toBe(plain);
  });

  it('holds nothing that moves the cursor, turns the line or is half a character, however it is cut', () => {
    for (const text of payloads) expect(inert(text)).not.toMatch(harmful);
    const character = fc.constantFrom('😀', 'a', '\u001b', '\ud83d', '\ude00', '\u202e', 'é');
    fc.assert(
      fc.property(
        fc.string({ unit: character, maxLength: 40 }),
        fc.integer({ min: 0, max: 40 }),
        (text, most) => {
          const plain = inert(text, most);
          expect(plain).not.toMatch(harmful);
          expect(plain.length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });

  it('is cut where it is too long, and shows it', () => {
    expect(inert('x'.repeat(400))).toBe('x'.repeat(400));
    expect(inert('x'.repeat(401))).toBe(`${'x'.repeat(400)}…`);
    expect(inert('abc', 2)).toBe('ab…');
    expect(inert('a😀', 2)).toBe('a…');
  });
});

it.each([
  [0, '0 buckets'],
  [1, '1 bucket'],
  [2, '2 buckets'],
  [1200, '1,200 buckets'],
])('%d of a noun is %s', (number, text) => {
  expect(count(number, 'bucket')).toBe(text);
});

function screen(more: Partial<Terminal>): { readonly to: Terminal; readonly text: () => string } {
  let text = '';
  const write = (part: string): void => {
    text += part;
  };
  return {
    to: { colour: false, live: false, quiet: false, log: 'sentences', write, ...more },
    text: () => text,
  };
}

/** A scan of two accounts, of which one is throttled and one cannot be read. */
function scanOn(to: Terminal): ScanProgress {
  const progress = new ScanProgress(to);
  progress.step('buckets', 2);
  progress.called();
  progress.called();
  progress.accountDone('111122223333', 1200);
  progress.notice('Account 4 cannot be read: \u001b[2J');
  progress.accountDone('444455556666', 0);
  progress.step('routes', 1);
  progress.accountDone('111122223333', 0);
  progress.clear();
  return progress;
}

describe('the progress of a scan', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is plain lines where there is no terminal, with no escape sequence', () => {
    const { to, text } = screen({});
    expect(scanOn(to).calls).toBe(2);
    expect(text()).toBe(
      'Buckets: 2 accounts to read.\n' +
        'Account 4 cannot be read: \\u{1b}[2J\n' +
        'Buckets: 2 accounts read, 2 calls so far.\n' +
        'Routes: 1 account to read.\n' +
        'Routes: 1 account read, 2 calls so far.\n',
    );
  });

  it('is one live line on a terminal, which goes when it is done', () => {
    vi.useFakeTimers();
    vi.advanceTimersByTime(1000);
    const { to, text } = screen({ live: true });
    const progress = new ScanProgress(to);
    progress.step('buckets', 4);
    vi.advanceTimersByTime(2000);
    progress.called();
    vi.advanceTimersByTime(50);
    progress.called();
    vi.advanceTimersByTime(1950);
    progress.accountDone('111122223333', 7);
    progress.clear();
    expect(text()).toBe(
      '\r\u001b[KBuckets: account 0 of 4 · 0 buckets · 1 calls/s' +
        '\r\u001b[KBuckets: account 1 of 4 · 7 buckets · 1 calls/s · 12 s left' +
        '\r\u001b[K',
    );
  });

  const denied = (to: Terminal, end: (progress: ScanProgress) => void): void => {
    const progress = new ScanProgress(to);
    progress.step('buckets', 1208);
    progress.notice('Another notice.');
    for (let id = 0; id < 1208; id += 1) {
      progress.notice(`Account ${id} cannot be read: denied to account 7.`);
      if (id < 1207) progress.accountDone(String(id), 0);
    }
    end(progress);
  };
  const five = [0, 1, 2, 3, 4].map((id) => `Account ${id} cannot be read: denied to account 7.\n`).join('');

  it('names five accounts that cannot be read, and says at the end of the step how many more', () => {
    const { to, text } = screen({});
    denied(to, (progress) => {
      progress.accountDone('1207', 0);
      progress.step('routes', 1);
      progress.notice('Account 9 cannot be read: later.');
      progress.end();
    });
    expect(text()).toBe(
      `Buckets: 1,208 accounts to read.\nAnother notice.\n${five}Account … cannot be read: 1,203 more.\n` +
        'Buckets: 1,208 accounts read, 0 calls so far.\n' +
        'Routes: 1 account to read.\nAccount 9 cannot be read: later.\n',
    );
  });

  it('says so where the scan is broken off, too', () => {
    const { to, text } = screen({});
    denied(to, (progress) => {
      progress.end();
    });
    expect(text().endsWith(`${five}Account … cannot be read: 1,203 more.\n`)).toBe(true);
  });

  it.each(['calls', 'json'] as const)('leaves no notice out where it tells %s', (log) => {
    const { to, text } = screen({ log });
    denied(to, (progress) => {
      progress.end();
    });
    expect(text().match(/cannot be read/g)).toHaveLength(1208);
  });

  it('is nothing where it is to be quiet', () => {
    const { to, text } = screen({ quiet: true });
    scanOn(to);
    expect(text()).toBe('');
  });
});

describe('the terminal', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    Reflect.deleteProperty(process.stderr, 'isTTY');
  });

  const on = (isTTY: boolean, env: Record<string, string>, quiet = false): readonly boolean[] => {
    Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('TERM', 'xterm');
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { colour, live } = terminal({ quiet });
    return [colour, live];
  };

  it.each([
    ['a terminal', true, {}, false, [true, true]],
    ['a pipe', false, {}, false, [false, false]],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false, [false, true]],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, false, [true, true]],
    ['a dumb terminal', true, { TERM: 'dumb' }, false, [false, false]],
    ['--quiet', true, {}, true, [true, false]],
  ] as const)('of %s has colour and a live line, or not', (_, isTTY, env, quiet, expected) => {
    expect(on(isTTY, env, quiet)).toEqual(expected);
  });
});
