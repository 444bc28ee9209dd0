import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dense, sparse } from '../../reports/html/dense.ts';
import { packPrints, Prints } from '../../reports/html/prints.ts';

describe('dense text', () => {
  test('gives back the same bytes, no more and no fewer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sparse(dense(bytes))).toEqual(bytes);
      }),
    );
    for (let length = 0; length < 60; length += 1)
      for (const byte of [0, 255]) {
        const bytes = new Uint8Array(length).fill(byte);
        expect(sparse(dense(bytes))).toEqual(bytes);
      }
  });

  test('is printable, means nothing to HTML, and is shorter than base64', () => {
    const bytes = Uint8Array.from({ length: 1 << 16 }, (_, index) => (index * 7919) >> 4);
    const text = dense(bytes);
    expect(text).toMatch(/^[!-%'-;=?-~]*$/);
    expect(text.length / bytes.length).toBeLessThan(1.24);
  });
});

describe('fingerprints', () => {
  const of = (part: number): string[] =>
    Array.from(
      { length: 20 },
      (_, index) => `${(part * 1000 + index).toString(16).padStart(8, '0')}00ff00ff`,
    );

  test('are found by their place and by how they begin, over the borders of their parts', () => {
    const prints = new Prints();
    const words = ['no-number-at-all', 'nor this one'];
    for (const part of [of(0), words, of(2)]) prints.add(packPrints(part));
    const all = [...of(0), ...words, ...of(2)];
    expect(all.map((_, index) => prints.at(index))).toEqual(all);
    expect(prints.at(all.length)).toBe('');
    all.forEach((print, index) => {
      expect(prints.beginning(print)).toEqual([index]);
      expect(prints.beginning(print.slice(0, 9))).toEqual([index]);
    });
    expect(prints.beginning('0000000')).toEqual([]);
    expect(prints.beginning('0000000000ff00ff0')).toEqual([]);
    expect(prints.beginning('zzzzzzzz')).toEqual([]);
  });

  test('several may begin alike', () => {
    const prints = new Prints();
    prints.add(packPrints(['0123456789ab', '0123456789cd', '112345678900']));
    expect(prints.beginning('0123456789')).toEqual([0, 1]);
  });
});
