import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/iam/decide.ts';
import { parsePolicy, type Policy } from '../../src/iam/policy.ts';
import { partsOf, plainest, type Track } from '../../src/iam/parts.ts';
import { compile, MANY, type Style } from '../../src/iam/pattern.ts';
import { expand } from '../../src/iam/represent.ts';
import type { Layers } from '../../src/iam/request.ts';
import { BUCKET, OURS, ROLE, allow, deny, layers, policy, request, to } from './build.ts';

const under = (prefix: string) => ({ under: `${BUCKET}/${prefix}` });
const identity = (...statements: readonly object[]): Partial<Layers> => ({
  identity: [policy('identity', 'role', ...statements)],
});
const ask = (prefix: string, given: Partial<Layers>) =>
  decide(request({ resource: under(prefix) }), layers(given));
const key = (one: string): string => `${BUCKET}/${one}`;

describe('all objects that a filter takes', () => {
  it.each<[string, string, readonly string[]]>([
    ['the whole bucket', '', [key('*')]],
    ['what the filter takes and more', 'logs/2026', [key('logs/*')]],
    ['everything', 'logs/', ['*']],
    ['two halves of it', 'logs/', [key('*'), key('logs/a*')]],
    ['any bucket', 'logs/', ['arn:aws:s3:::*']],
    ['the bucket, without the stroke', '', [`${BUCKET}*`]],
    // A bucket has no object without a key.
    ['at least one character', '', [key('?*')]],
  ])('are allowed by %s', (_, prefix, resources) => {
    expect(ask(prefix, identity(allow('*', resources)))).toMatchObject({ outcome: 'allowed', leftOut: [] });
  });

  it.each<[string, string, readonly string[]]>([
    ['the bucket itself', '', [BUCKET]],
    ['another prefix', 'logs/', [key('data/*')]],
    ['another bucket', '', ['arn:aws:s3:::other/*']],
    ['the same in other letters', 'logs/', [key('Logs/*')]],
  ])('are denied where the role may use %s', (_, prefix, resources) => {
    expect(ask(prefix, identity(allow('*', resources)))).toMatchObject({
      outcome: 'implicitlyDenied',
      layer: 'identity',
    });
  });

  it('are allowed for some, and those that are left out are named: an allow that is too narrow', () => {
    const decision = ask('', identity(allow('*', [key('logs/*'), key('data/*')])));
    expect(decision).toMatchObject({
      outcome: 'allowedForSome',
      layer: 'identity',
      statement: null,
      silent: ['identity'],
    });
    expect(decision.leftOut).toMatchObject([
      {
        example: key('x'),
        within: [],
        outside: [key('logs/*'), key('data/*')],
        decision: { outcome: 'implicitlyDenied' },
      },
    ]);
  });

  it('… and a deny of a part', () => {
    const decision = ask(
      'logs/',
      identity(allow('*', key('*')), deny('s3:*', key('*/secret/*'), { Sid: 'Secret' })),
    );
    expect(decision).toMatchObject({ outcome: 'allowedForSome', statement: { sid: 'Secret' } });
    expect(decision.leftOut).toMatchObject([
      {
        example: key('logs/secret/'),
        within: [key('*/secret/*')],
        outside: [],
        decision: { outcome: 'explicitlyDenied' },
      },
    ]);
  });

  it('… where a filter without its stroke takes more than was thought of', () => {
    const decision = ask('Tax', identity(allow('*', key('Tax/*'))));
    expect(decision.outcome).toBe('allowedForSome');
    expect(decision.leftOut.map(({ example }) => example)).toEqual([key('Tax')]);
  });

  it('… across layers, where each allows another part', () => {
    const resource = policy('resource', 'bucket', allow('*', key('b*'), to(ROLE)));
    expect(ask('', { ...identity(allow('*', key('a*'))), resource }).outcome).toBe('allowedForSome');
    const apart = {
      ...identity(allow('*', key('a*'))),
      boundary: policy('identity', 'boundary', allow('*', key('b*'))),
    };
    expect(ask('', apart).outcome).toBe('implicitlyDenied');
  });

  it('statements about other actions tell nothing apart', () => {
    expect(ask('', identity(allow('*', key('*')), deny('s3:PutObject', key('a*')))).leftOut).toEqual([]);
  });

  it.each([
    [
      'service control policies',
      { serviceControl: [[policy('identity', 'scp', allow('*'), deny('*', key('a*')))]] },
    ],
    [
      'resource control policies',
      {
        resourceControl: [
          [policy('resource', 'rcp', allow('*', '*', to('*')), deny('*', key('a*'), to('*')))],
        ],
      },
    ],
    ['a boundary', { boundary: policy('identity', 'boundary', allow('*'), deny('*', key('a*'))) }],
    ['the bucket', { resource: policy('resource', 'bucket', deny('*', key('a*'), to('*'))) }],
  ])('… and a deny of a part by %s', (_, more) => {
    const decision = ask('', { ...identity(allow('*')), ...more });
    expect(decision).toMatchObject({ outcome: 'allowedForSome', leftOut: [{ within: [key('a*')] }] });
  });

  it('statements of others tell nothing apart', () => {
    const others = policy(
      'resource',
      'bucket',
      deny('*', key('a*'), to(`${ROLE}-other`)),
      allow('*', key('b*'), to(ROLE)),
    );
    const decision = ask('', { ...identity(allow('s3:GetObject')), resource: others });
    expect(decision.leftOut).toMatchObject([{ within: [], outside: [key('b*')] }]);
  });

  it('nothing to tell apart leaves the plainest object', () => {
    const all = { text: '*', tokens: [MANY], ignoresCase: false };
    for (const prefix of [`${BUCKET}/`, `${BUCKET}/a`, BUCKET])
      expect(partsOf(prefix, [])).toEqual(partsOf(prefix, [all]));
  });

  it.each([
    [`${BUCKET}/`, `${BUCKET}/x`],
    ['arn:aws-cn:s3:::amzn-s3-demo-bucket/', 'arn:aws-cn:s3:::amzn-s3-demo-bucket/x'],
    [`${BUCKET}/logs/`, `${BUCKET}/logs/`],
    [BUCKET, BUCKET],
    [`arn:aws:kms:eu-west-1:${OURS}:key/`, `arn:aws:kms:eu-west-1:${OURS}:key/`],
    ['logs/', 'logs/'],
  ])('the plainest of what begins with %s is %s', (prefix, member) => {
    expect(plainest(prefix)).toBe(member);
  });

  it('parts that are not known are told from parts that are denied', () => {
    const unless = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
    const doubtful = ask('', identity(allow('*', key('*')), deny('*', key('a*'), unless)));
    expect(doubtful).toMatchObject({
      outcome: 'undetermined',
      unknown: [{ name: 'aws:SourceVpc' }],
      leftOut: [{ example: key('a') }],
    });
    const worse = ask('', identity(allow('*', key('*')), deny('*', key('a*'), unless), deny('*', key('b*'))));
    expect(worse.outcome).toBe('allowedForSome');
    expect(worse.leftOut.map(({ decision }) => decision.outcome)).toEqual([
      'undetermined',
      'explicitlyDenied',
    ]);
    const nothing = ask('', identity(allow('*', key('a*'), unless)));
    expect(nothing.outcome).toBe('undetermined');
    expect(nothing.leftOut).toHaveLength(2);
  });

  it('a variable that is not known may take any part, one that is known its own', () => {
    const home = identity(allow('*', key('${aws:PrincipalTag/team}/*')));
    expect(ask('', home)).toMatchObject({
      outcome: 'undetermined',
      leftOut: [{ decision: { outcome: 'implicitlyDenied' } }, { decision: { outcome: 'undetermined' } }],
    });
    const known = decide(
      request({ resource: under('a/'), keys: { 'aws:PrincipalTag/team': ['a'] } }),
      layers(home),
    );
    expect(known.outcome).toBe('allowed');
  });

  it('a variable without a value takes none', () => {
    const home = identity(allow('*', [key('a*'), key('${aws:PrincipalTag/team}/*')]));
    const keys = { 'aws:PrincipalTag/*': [] };
    expect(decide(request({ resource: under(''), keys }), layers(home)).leftOut).toMatchObject([
      { example: key('x'), outside: [key('a*')] },
    ]);
  });

  it('policies that were not read or are malformed leave them in doubt', () => {
    const resource = 'unread';
    expect(
      ask('', { ...identity(allow('*')), resource, boundary: 'unread', serviceControl: 'unread' }).outcome,
    ).toBe('undetermined');
    const broken = parsePolicy('{', 'broken', 'identity');
    expect(ask('', { identity: [broken] }).outcome).toBe('undetermined');
  });

  it('wildcards beyond telling apart are said to be so', () => {
    const many = Array.from({ length: 12 }, (_, at) => key(`*${'abcdefghijkl'[at] ?? ''}*`));
    const decision = ask('', {
      identity: many.map((one, at) => policy('identity', `p${at}`, deny('*', one))),
    });
    expect(decision).toMatchObject({
      outcome: 'undetermined',
      unknown: [{ what: 'set', name: 'the wildcards are too many to be told apart' }],
      statement: null,
    });
  });
});

describe('parts', () => {
  const track = (text: string, style: Style, ignoresCase = false): Track => {
    const { head, tail } = compile([{ text, literal: false }], style);
    return {
      text: `${style} ${text}`,
      tokens: [...Array.from(head, (one) => one.charCodeAt(0)), ...tail],
      ignoresCase,
    };
  };
  const texts = (prefix: string, ...tracks: readonly Track[]) =>
    partsOf(prefix, tracks)?.map(({ text }) => text);

  it.each([
    ['p*b', ['p', 'pb', 'p:b']],
    ['p?b', ['p', 'pxb', 'p:b']],
  ])('a colon is tried where a wildcard stops at it: %s', (text, expected) => {
    expect(texts('p', track(text, 'arn'), track(text, 'wildcards'))).toEqual(expected);
  });

  it('another case is tried where case is ignored', () => {
    expect(texts('p', track('pa', 'literal', true), track('pa', 'literal'))).toEqual(['p', 'pa', 'pA']);
  });

  it('some other character is found where every letter is taken', () => {
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => track(`p${letter}`, 'literal'));
    const found = texts('p', track('p?', 'wildcards'), ...letters) ?? [];
    expect(found).toHaveLength(28);
    expect(found[1]).toBe(`p${String.fromCharCode(0x4e00)}`);
  });
});

describe('a set as the value of a key', () => {
  const keyArn = `arn:aws:kms:us-east-1:${OURS}:key/1`;
  const about = (operator: string, ...values: readonly string[]): object => ({
    Condition: { [operator]: { 'kms:EncryptionContext:aws:s3:arn': values } },
  });
  const decrypt = (prefix: string, given: Partial<Layers>) =>
    decide(
      request({
        action: 'kms:Decrypt',
        resource: keyArn,
        keys: { 'kms:EncryptionContext:aws:s3:arn': under(prefix) },
      }),
      layers({ resource: policy('resource', 'key', allow('kms:*', '*', to(OURS))), ...given }),
    );
  it.each([
    ['StringLike', key('*'), 'allowed'],
    ['StringLike', BUCKET, 'implicitlyDenied'],
    ['StringLike', key('logs/*'), 'allowedForSome'],
    ['StringNotLike', key('logs/*'), 'allowedForSome'],
    ['StringEquals', key('*'), 'allowedForSome'],
    ['StringEqualsIgnoreCase', key('LOGS'), 'allowedForSome'],
    ['ArnLike', key('*'), 'allowed'],
    ['ArnLike', `arn:aws:*:*:*:${BUCKET.slice(13)}/*`, 'allowed'],
    ['Bool', 'true', 'implicitlyDenied'],
    ['Null', 'false', 'allowed'],
  ])('%s %s: %s', (operator, value, outcome) => {
    expect(decrypt('', identity(allow('kms:Decrypt', '*', about(operator, value)))).outcome).toBe(outcome);
  });

  it('names the objects that are left out', () => {
    const decision = decrypt('', identity(allow('kms:Decrypt', '*', about('StringLike', key('logs/*')))));
    expect(decision.leftOut).toMatchObject([{ example: key('x'), outside: [key('logs/*')], within: [] }]);
    const ignoring = decrypt(
      '',
      identity(allow('kms:*'), deny('kms:*', '*', about('StringEqualsIgnoreCase', key('Ab')))),
    );
    expect(ignoring.leftOut.map(({ example }) => example.toLowerCase())).toEqual([key('ab')]);
  });

  it('a grant tells them apart too', () => {
    const grants = [
      {
        GranteePrincipal: ROLE,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: { 'aws:s3:arn': key('a') } },
      },
    ];
    const decision = decrypt('', { grants });
    expect(decision).toMatchObject({
      outcome: 'allowedForSome',
      leftOut: [{ within: [], outside: [key('a')] }],
    });
    expect(decrypt('', { grants: 'unread' }).outcome).toBe('undetermined');
    const upper = [{ ...grants[0], Constraints: { EncryptionContextSubset: { 'aws:s3:arn': key('A') } } }];
    expect(decrypt('', { grants: upper }).outcome).toBe('allowedForSome');
  });

  it('the key itself stays what is asked for', () => {
    const uses = allow('kms:Decrypt', keyArn, about('StringLike', key('a*')));
    expect(decrypt('a', identity(uses)).outcome).toBe('allowed');
    expect(decrypt('', identity(uses)).leftOut).toMatchObject([{ example: key('x') }]);
  });

  it('conditions on other keys tell nothing apart', () => {
    const other = {
      Condition: { StringLike: { 'aws:SourceArn': key('a*') }, Null: { 'aws:SourceVpc': 'true' } },
    };
    expect(decrypt('', identity(allow('kms:*', '*', other))).leftOut).toHaveLength(1);
  });

  it('two sets are two objects, and the resource is the example', () => {
    const keys = { 's3:a': under('o') };
    const ask = (statement: object) =>
      decide(request({ resource: under(''), keys }), layers(identity(statement)));
    const half = ask(allow('*', key('ob*')));
    expect(half.outcome).toBe('allowedForSome');
    expect(half.leftOut.map(({ example }) => example)).toEqual([key('x')]);
    const both = ask(allow('*', key('*'), { Condition: { StringLike: { 's3:a': key('ob*') } } }));
    expect(both.leftOut.map(({ example }) => example)).toEqual([key('x')]);
    const many = (letter: string) => Array.from({ length: 12 }, (_, at) => key(`o${letter}${at}`));
    const crowd = ask(allow('*', many('a'), { Condition: { StringEquals: { 's3:a': many('b') } } }));
    expect(crowd.unknown).toMatchObject([{ what: 'set' }]);
  });

  it('the same set is the same object, another is another', () => {
    const same = { 's3:a': under(''), 's3:b': under('') };
    const statement = {
      Condition: { StringEquals: { 's3:a': key('one') }, StringNotEquals: { 's3:b': key('one') } },
    };
    const outcome = (keys: Parameters<typeof request>[0]) =>
      decide(request(keys), layers(identity(allow('*', '*', statement)))).outcome;
    expect(outcome({ keys: same })).toBe('implicitlyDenied');
    expect(outcome({ keys: { ...same, 's3:b': under('o') } })).toBe('allowedForSome');
    const itself = identity(allow('*', key('a*'), { Condition: { StringLike: { 's3:a': key('a*') } } }));
    const decision = decide(request({ resource: under(''), keys: same }), layers(itself));
    expect(decision.leftOut.map(({ example }) => example)).toEqual([key('x')]);
  });
});

describe('against every object one by one', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '/', '*', '?');
  const pattern = fc.array(part, { maxLength: 4 }).map((parts) => key(parts.join('')));
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constant('*'),
    resources: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
  });
  const objects = (prefix: string): readonly string[] => {
    const letters = ['a', 'b', '/', 'x'];
    let words: readonly string[] = [''];
    const all: string[] = [];
    for (let length = 0; length <= 4; length += 1) {
      all.push(...words);
      words = words.flatMap((word) => letters.map((letter) => word + letter));
    }
    return all.map((word) => key(prefix + word)).filter((one) => !one.endsWith('bucket/'));
  };

  it('no object is judged otherwise than some part', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', 'a', 'ab/'),
        (some, prefix) => {
          const statements = some.map(({ resources, negated, ...rest }) => ({
            ...rest,
            [negated ? 'NotResource' : 'Resource']: resources,
          }));
          const role: Policy = policy('identity', 'p', ...statements);
          const given = layers({ identity: [role] });
          const one = (resource: string) => decide(request({ resource }), given).outcome;
          const parts = expand(request({ resource: under(prefix) }), given) ?? [];
          const found = new Set(parts.map(({ resource }) => one(resource)));
          for (const object of objects(prefix)) expect(found).toContain(one(object));
          const whole = ask(prefix, { identity: [role] });
          const allowed = found.has('allowed');
          expect(whole.outcome === 'allowed' || whole.outcome === 'allowedForSome').toBe(allowed);
          expect(whole.leftOut.length > 0).toBe(found.size > (allowed ? 1 : 0));
          for (const { example, decision } of whole.leftOut) expect(one(example)).toBe(decision.outcome);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
