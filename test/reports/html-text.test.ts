import { describe, expect, test } from 'vitest';
import { fragment, https, shown, time, value, visible } from '../../reports/html/text.ts';

describe('text', () => {
  test('what cannot be seen is written out', () => {
    expect(visible('a\u202egnp.exe')).toBe('a[U+202E]gnp.exe');
    expect(visible('x\u0000\u2028\ufeff\ud800')).toBe('x[U+0000][U+2028][U+FEFF][U+D800]');
    expect(visible('é 漢 😀\n\tהלו')).toBe('é 漢 😀\n\tהלו');
  });

  test('absurd lengths are cut, and the cut is said', () => {
    expect(shown('n'.repeat(102_400))).toBe(`${'n'.repeat(300)}… [102,100 more characters]`);
    expect(shown('n'.repeat(300))).toBe('n'.repeat(300));
  });

  test('a cut does not halve a character', () => {
    expect(shown(`${'n'.repeat(9)}😀${'n'.repeat(9)}`, 10)).toBe(`${'n'.repeat(9)}… [11 more characters]`);
  });

  test('only https links leave the page', () => {
    expect(https('https://docs.aws.amazon.com/x.html')).toBe('https://docs.aws.amazon.com/x.html');
    for (const link of ['http://a.example', 'javascript:alert(1)', 'data:text/html,x', 'x.html', '', null])
      expect(https(link)).toBeNull();
  });

  test('a lone surrogate neither breaks nor leaves an address', () => {
    expect(fragment({ rule: 'a&b=c#\ud800' })).toBe('#rule=a%26b%3Dc%23%EF%BF%BD');
  });

  test('values are JSON, and an absent one is said to be absent', () => {
    expect(value({ Status: 'Enabled' })).toBe('{\n  "Status": "Enabled"\n}');
    expect(value(undefined)).toBe('not present');
  });

  test('times lose what nobody reads, and other texts pass', () => {
    expect(time('2026-11-22T09:15:04.123Z')).toBe('2026-11-22 09:15 UTC');
    expect(time('yesterday')).toBe('yesterday');
  });
});
