import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childrenOf, element, parseXml, s3Document, serialise, textAt } from '../../../sandbox/xml.ts';

test('attributes, empty elements and repeated elements survive', () => {
  const text = '<A xmlns:xsi="http://x" xsi:type="T &amp; U"><B/><C>1</C><C>2</C><D><E> spaced </E></D></A>';
  expect(serialise(parseXml(text, 'A'))).toBe(text);
});

test('text that looks like a number stays text', () => {
  const root = parseXml('<A><B>007</B><B>1e3</B><B>true</B></A>', 'A');
  expect(childrenOf(root, 'B').map(({ text }) => text)).toEqual(['007', '1e3', 'true']);
});

test('entities, references and CDATA are read, each once', () => {
  const text = '<A>&lt;&gt;&amp;&quot;&apos;&#65;&#x1;&amp;lt;<![CDATA[&lt;]]></A>';
  expect(parseXml(text, 'A').text).toBe('<>&"\'A\u0001&lt;&lt;');
});

test('a path of names leads to text, and its absence to undefined', () => {
  const root = parseXml('<A>\n  <B>\n    <C>x</C>\n  </B>\n</A>', 'A');
  expect(textAt(root, 'B', 'C')).toBe('x');
  expect(textAt(root, 'B', 'D')).toBeUndefined();
  expect(textAt(root, 'D', 'C')).toBeUndefined();
  expect(root.text).toBe('');
});

test.each([
  '',
  ' ',
  'text',
  '<A>',
  '<A></B>',
  '<A><B></A>',
  '<A>&unknown;</A>',
  '<A>&#x110000;</A>',
  '<Other/>',
])('refused: %s', (text) => {
  expect(() => parseXml(text, 'A')).toThrow('not well-formed');
});

test('whatever text goes in comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const root = parseXml(s3Document(element('A', [element('B', text)])), 'A');
      expect(textAt(root, 'B')).toBe(text);
    }),
  );
});
