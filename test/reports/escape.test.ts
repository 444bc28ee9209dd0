import { describe, expect, test } from 'vitest';
import { clean, clip, httpsAddress, line, markdownText, sentence } from '../../reports/escape.ts';

describe('clean', () => {
  test.each([
    ['\u001b[31mred', '\ufffd[31mred'],
    ['a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
    ['\u202eevil\u202c', '\ufffdevil\ufffd'],
    ['\ufeff\uffff\u0085\u007f', '\ufffd\ufffd\ufffd\ufffd'],
    ['😀 é\t漢\r\n', '😀 é\t漢\r\n'],
  ])('%j', (text, cleaned) => {
    expect(clean(text)).toBe(cleaned);
  });
});

describe('line', () => {
  test('is one line, without space at its ends', () => {
    expect(line(' a\r\n\tb \u2028 c ')).toBe('a b c');
  });
});

describe('sentence', () => {
  test.each([
    ['a', 'a.'],
    ['a.', 'a.'],
    ['a?', 'a?'],
    ['a…', 'a…'],
    ['', ''],
  ])('%j', (text, ended) => {
    expect(sentence(text)).toBe(ended);
  });
});

describe('clip', () => {
  test.each([
    ['short', 5, 'short'],
    ['one two three', 10, 'one two…'],
    ['onetwothree', 5, 'onet…'],
    ['a verylongword', 8, 'a veryl…'],
    ['abc😀', 4, 'abc…'],
    ['abc😀d', 5, 'abc…'],
  ])('%j to %d', (text, most, clipped) => {
    expect(clip(text, most)).toBe(clipped);
    expect(clipped.length).toBeLessThanOrEqual(most);
  });
});

describe('markdownText', () => {
  test('leaves no mark its meaning', () => {
    expect(markdownText('[x](y) `a` *b* _c_ <d> |')).toBe(
      '\\[x\\]\\(y\\) \\`a\\` \\*b\\* \\_c\\_ \\<d\\> \\|',
    );
  });
});

describe('httpsAddress', () => {
  test.each(['https://docs.aws.amazon.com/AmazonS3/a.html#b', 'https://example.com/'])(
    'takes %s',
    (address) => {
      expect(httpsAddress(address)).toBe(address);
    },
  );
  test.each([
    null,
    'http://example.com/',
    'javascript:alert(1)',
    'https://x/"><script>',
    'https://',
    ' https://a.b/',
  ])('refuses %s', (address) => {
    expect(httpsAddress(address)).toBeUndefined();
  });
});
