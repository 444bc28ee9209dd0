import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, standardPage, wrapped, written, type Page } from '../../src/cli/page.ts';

const plain = (width: number): Page => ({ width, paint: (_, text) => text });

describe('wrapped prose', () => {
  it('breaks between words, and leaves one that is too long alone', () => {
    expect(wrapped('one two  three\nfour', 7)).toEqual(['one two', 'three', 'four']);
    expect(wrapped('see https://example.com/long here', 8, '  ')).toEqual([
      '  see',
      '  https://example.com/long',
      '  here',
    ]);
    expect(wrapped(' ', 10)).toEqual([]);
  });

  it('loses no word, and is no wider than it may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '.'), minLength: 1, maxLength: 30 })),
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 0, max: 6 }),
        (words, width, indent) => {
          const lines = wrapped(words.join(' '), width, ' '.repeat(indent));
          expect(lines.flatMap((line) => line.trimStart().split(' '))).toEqual(words);
          for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
          // No line has room for the word that the next begins with.
          lines.slice(1).forEach((line, at) => {
            const [word = ''] = line.trimStart().split(' ');
            expect((lines[at] ?? '').length + 1 + word.length).toBeGreaterThan(width);
          });
        },
      ),
    );
  });

  it('is inert', () => {
    expect(wrapped('a\u001b[31mb \u202ec', 40)).toEqual(['a\\u{1b}[31mb \\u{202e}c']);
  });
});

describe('columns', () => {
  const rows = [
    ['a', 'a few words that need two lines', '31'],
    ['longer', 'short'],
  ] as const;

  it('are aligned, and prose stays beside its name', () => {
    expect(columns(rows, plain(30))).toEqual([
      '  a       a few words that',
      '          need two lines',
      '  longer  short',
    ]);
  });

  it('are as wide as they are told, and colour does not move them', () => {
    const paint = (code: string, text: string): string => `<${code}>${text}</>`;
    expect(columns(rows, { width: 60, paint }, 8)).toEqual([
      '  <31>a</>         a few words that need two lines',
      '  longer    short',
    ]);
  });

  it('go below the names where there is no room beside them', () => {
    expect(columns([['n'.repeat(30), 'words below']], plain(40))).toEqual([
      `  ${'n'.repeat(30)}`,
      '      words below',
    ]);
  });
});

describe('standard output as a page', () => {
  it.each([
    [{}, 80],
    [{ columns: 72 }, 72],
    [{ columns: 250 }, 100],
    [{ columns: 0 }, 80],
    [{ columns: 20 }, 40],
  ])('%j is %d columns wide', (stdout, width) => {
    expect(standardPage(stdout, {}).width).toBe(width);
  });

  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '' }, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{}, {}, false],
  ])('%j with %j: colour is %s', (stdout, env, colour) => {
    const painted = standardPage(stdout, env).paint('31', 'x');
    expect(painted).toBe(colour ? '\u001b[31mx\u001b[0m' : 'x');
  });
});

it('lines end with line feeds', () => {
  expect(written(['a', ''])).toBe('a\n\n');
});
