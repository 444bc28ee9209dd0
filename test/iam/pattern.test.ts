import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, divides, matches, type Style } from '../../src/iam/pattern.ts';

const takes = (style: Style, pattern: string, text: string): boolean =>
  matches(compile([{ text: pattern, literal: false }], style), text);

/** The wildcards as a regular expression: a second, slower way to say the same. */
function slowly(style: Style, pattern: string): RegExp {
  const segments = style === 'wildcards' ? [pattern] : fields(pattern);
  const sources = segments.map((segment, at) => {
    const within = style !== 'wildcards' && at < 5;
    return segment
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, (_stars, from: number) => {
        const ends = /\*+$/.exec(segment)?.index === from;
        return within && !(style === 'resource' && ends) ? '[^:]*' : '.*';
      })
      .replaceAll('?', within ? '[^:]' : '.');
  });
  return new RegExp(`^${sources.join(':')}$`, 's');
}

function fields(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

describe('matches', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', ':', '*', '?', '/'), { maxLength: 14 });
  it.each(['wildcards', 'resource', 'arn'] as const)('agrees with regular expressions: %s', (style) => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const [one, other] = [pattern.join(''), text.join('').replace(/[*?]/g, 'a')];
        expect([one, other, takes(style, one, other)]).toEqual([one, other, slowly(style, one).test(other)]);
      }),
      { seed: 2, numRuns: 20_000 },
    );
  });

  it.each([
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    ['arn:aws:s3:::amzn-s3-demo-bucket/*/test/*', 'arn:aws:s3:::amzn-s3-demo-bucket/1/test/object.jpg', true],
    [
      'arn:aws:s3:::amzn-s3-demo-bucket/*/test/*',
      'arn:aws:s3:::amzn-s3-demo-bucket/1/2/3/test/4/object.jpg',
      true,
    ],
    [
      'arn:aws:s3:::amzn-s3-demo-bucket/*/test/*',
      'arn:aws:s3:::amzn-s3-demo-bucket/1///test///object.jpg',
      true,
    ],
    ['arn:aws:s3:::amzn-s3-demo-bucket/*/test/*', 'arn:aws:s3:::amzn-s3-demo-bucket//test/object.jpg', true],
    ['arn:aws:s3:::amzn-s3-demo-bucket/*/test/*', 'arn:aws:s3:::amzn-s3-demo-bucket/1/test/', true],
    [
      'arn:aws:s3:::amzn-s3-demo-bucket/*/test/*',
      'arn:aws:s3:::amzn-s3-demo-bucket/1-test/object.jpg',
      false,
    ],
    ['arn:aws:s3:::amzn-s3-demo-bucket/*/test/*', 'arn:aws:s3:::amzn-s3-demo-bucket/test/object.jpg', false],
    ['arn:aws:s3:::amzn-s3-demo-bucket/*/test/*', 'arn:aws:s3:::amzn-s3-demo-bucket/1/2/test.jpg', false],
    // "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries."
    ['arn:aws:s3:*', 'arn:aws:s3:::bucket/key', true],
    ['arn:aws:kms:us-*-1:1:key/x', 'arn:aws:kms:us-east-1:1:key/x', true],
    ['arn:aws:kms:us-*1:key/x', 'arn:aws:kms:us-east-1:1:key/x', false],
    ['arn:aws:kms:us-east-?:1:key/x', 'arn:aws:kms:us-east-1:1:key/x', true],
    ['arn:aws:kms:us-east?1:1:key/x', 'arn:aws:kms:us-east:1:1:key/x', false],
    ['arn:aws:kms:*-1:1:key/x', 'arn:aws:kms:us-east-1:1:key/x', true],
    ['arn:aws:kms:*-1:1:key/x', 'arn:aws:kms:us:east-1:1:key/x', false],
    ['arn:aws:s3:::b/?', 'arn:aws:s3:::b/:', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::b/*:x', 'arn:aws:s3:::b/a:b:x', true],
    ['ARN:aws:s3:::b', 'arn:aws:s3:::b', false],
    ['*', 'anything:at:all', true],
  ])('a Resource %s takes %s: %s', (pattern, text, taken) => {
    expect(takes('resource', pattern, text)).toBe(taken);
  });

  it('takes a text of any length, and a pattern of many stars in no time', () => {
    const text = 'a'.repeat(200_000);
    expect(takes('literal', text, text)).toBe(true);
    expect(takes('wildcards', '*a'.repeat(30) + '*b', 'a'.repeat(2_000))).toBe(false);
  });

  it('takes a wildcard for a letter where it is literal', () => {
    expect(takes('literal', 'a*', 'ab')).toBe(false);
    const put = compile(
      [
        { text: 'a', literal: false },
        { text: '*?', literal: true },
      ],
      'wildcards',
    );
    expect([matches(put, 'a*?'), matches(put, 'abc')]).toEqual([true, false]);
  });
});

describe('divides', () => {
  const pattern = (text: string) => compile([{ text, literal: false }], 'wildcards');
  it.each([
    ['a/', '*', false],
    ['a/', 'a/*', false],
    ['a/', 'a*', false],
    ['a/', 'b*', false],
    ['a/', 'b/c', false],
    ['a/', 'a', false],
    ['a/', 'a/', true],
    ['a/', 'a/b', true],
    ['a/', 'a/b*', true],
    ['a/', 'a/?', true],
    ['a/', 'a?', true],
    ['a/', 'a*b', true],
    ['a/', '*b', true],
    ['', '', true],
  ])('what begins with %j, by %s: %s', (prefix, text, divided) => {
    expect(divides(pattern(text), prefix)).toBe(divided);
  });

  it('what it says no to, it takes all of or none', () => {
    const letters = (...of: readonly string[]) =>
      fc.array(fc.constantFrom(...of), { maxLength: 4 }).map((some) => some.join(''));
    fc.assert(
      fc.property(letters('a', 'b', '*', '?'), letters('a', 'b'), letters('a', 'b'), (text, prefix, rest) => {
        const compiled = pattern(text);
        if (divides(compiled, prefix)) return;
        expect([text, matches(compiled, prefix + rest)]).toEqual([text, matches(compiled, prefix)]);
      }),
      { seed: 6, numRuns: 5_000 },
    );
  });
});
