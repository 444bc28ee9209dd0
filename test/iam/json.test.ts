import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, type Node } from '../../src/iam/json.ts';

/** What JSON.parse would have made of it. */
function plain(node: Node): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.members].map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'string':
      return node.text;
    case 'null':
      return null;
    case 'number':
    case 'boolean':
      return JSON.parse(node.text);
  }
}

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false, maxDepth: 6 }), fc.constantFrom(0, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const read = readJson(JSON.stringify(value, null, indent));
        expect('sentence' in read ? read : plain(read)).toEqual(value);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses: texts with one character gone or changed', () => {
    const text = '{"a": [1, -2.5e+3, true, "x\\u00e9\\n"], "b": {"c": null, "d": []}}';
    for (let at = 0; at < text.length; at += 1) {
      for (const put of ['', ',', '"', '}', 'x', '0', '\u0001']) {
        const broken = text.slice(0, at) + put + text.slice(at + 1);
        expect([broken, 'sentence' in readJson(broken)]).toEqual([broken, !parses(broken)]);
      }
    }
  });

  it.each([
    ['', 0, 'A value is missing.'],
    ['{"a" 1}', 5, 'A colon is missing.'],
    ['{"a": 1 "b": 2}', 8, "A comma or '}' is missing."],
    ['[1 2]', 3, "A comma or ']' is missing."],
    ['{"a": 1,}', 8, 'A key in quotation marks is missing.'],
    ['{"a": "b}', 6, 'A string is not ended, or holds what a string may not hold.'],
    ['[] []', 3, 'Something stands after the end.'],
    ['{"a": 1, "a": 2}', 9, "The key 'a' stands twice."],
    ['['.repeat(60), 51, 'It is nested too deeply.'],
    ['{"a":'.repeat(60), 255, 'It is nested too deeply.'],
  ])('says where %j stops to be JSON', (text, at, sentence) => {
    expect(readJson(text)).toEqual({ at, sentence });
  });

  it.each([' ', '\t', '\r', '\n', '\r\n\t'])('steps over %j wherever space may stand', (gap) => {
    const text = ['', '{', '"a"', ':', '[', '1', ',', '2', ']', '}', ''].join(gap);
    const read = readJson(text);
    expect('sentence' in read ? read : plain(read)).toEqual({ a: [1, 2] });
  });

  it('knows where each value and key begins', () => {
    const read = readJson(' {"a": [true, 12]}');
    expect(read).toMatchObject({ kind: 'object', at: 1 });
    if ('sentence' in read || read.kind !== 'object') throw new Error('unreachable');
    expect(read.members.get('a')).toEqual({
      key: 'a',
      keyAt: 2,
      value: {
        kind: 'array',
        at: 7,
        items: [
          { kind: 'boolean', at: 8, text: 'true' },
          { kind: 'number', at: 14, text: '12' },
        ],
      },
    });
  });

  it('takes __proto__ for a key like others', () => {
    const read = readJson('{"__proto__": 1}');
    expect(
      !('sentence' in read) && read.kind === 'object' && read.members.get('__proto__') !== undefined,
    ).toBe(true);
  });
});
