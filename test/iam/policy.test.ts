import { describe, expect, it } from 'vitest';
import { isMalformed, parsePolicy, type Kind } from '../../src/iam/policy.ts';
import { BUCKET, allow, deny, policy } from './build.ts';

const statement = (more: object): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const written = (one: unknown, more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: one, ...more }, null, 2);

describe('parsePolicy', () => {
  it('keeps what a reader of the policy needs', () => {
    const text = JSON.stringify({
      Id: 'x',
      Statement: {
        Sid: 'one',
        Effect: 'Deny',
        Principal: { AWS: '111122223333' },
        NotAction: 's3:Get*',
        NotResource: [BUCKET],
        Condition: { NumericLessThan: { 's3:max-keys': [10, '20', true] } },
      },
    });
    const parsed = parsePolicy(text, 'p', 'resource');
    expect(parsed).toMatchObject({
      name: 'p',
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
      version: '2008-10-17',
      statements: [
        {
          index: 0,
          sid: 'one',
          effect: 'Deny',
          action: { negated: true, texts: ['s3:Get*'] },
          resource: { negated: true, templates: [{ text: BUCKET }] },
          conditions: [{ operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20', 'true'] }],
        },
      ],
    });
  });

  it.each<[string, Kind, string]>([
    ['an empty list of statements', 'resource', written([])],
    ['the older version', 'resource', written(statement({}), { Version: '2008-10-17' })],
    ['lists of one', 'resource', written([statement({ Action: ['s3:*'], Resource: [] })])],
    ['no Sid in a trust policy', 'trust', written(statement({ Resource: undefined }))],
    [
      'a Sid and an account without quotation marks',
      'resource',
      written(statement({ Sid: 1, Principal: { AWS: 111122223333 } })),
    ],
    [
      'NotPrincipal in a Deny',
      'resource',
      written(statement({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: [] } })),
    ],
    [
      'every kind of principal',
      'resource',
      written(statement({ Principal: { AWS: 'a', Service: ['b'], Federated: 'c', CanonicalUser: 'd' } })),
    ],
  ])('takes %s', (_, kind, text) => {
    expect(isMalformed(parsePolicy(text, 'p', kind))).toBe(false);
  });

  it.each<[string, Kind, number, number, string]>([
    ['{"Statement": [}', 'resource', 1, 16, 'A value is missing.'],
    ['[]', 'resource', 1, 1, 'A policy is an object.'],
    ['{\n  "Version": "2012-10-17"\n}', 'resource', 1, 1, 'The policy has no Statement.'],
    [written([], { Statements: [] }), 'resource', 4, 3, "A policy has no element 'Statements'."],
    [
      written([], { Version: '2012-10-18' }),
      'resource',
      2,
      14,
      'The Version is neither 2008-10-17 nor 2012-10-17.',
    ],
    [written([], { Version: 2012 }), 'resource', 2, 14, 'The Version is neither 2008-10-17 nor 2012-10-17.'],
    [written(['Allow']), 'resource', 4, 5, 'A statement is an object.'],
    [
      written(statement({ Action: undefined, Actions: [] })),
      'resource',
      7,
      5,
      "A statement has no element 'Actions'.",
    ],
    [written(statement({ Effect: 'allow' })), 'resource', 4, 15, 'The Effect is neither Allow nor Deny.'],
    [written(statement({ Effect: undefined })), 'resource', 3, 16, 'The Effect is neither Allow nor Deny.'],
    [written(statement({ Sid: true })), 'resource', 8, 12, 'The Sid is not a string.'],
    [written(statement({ Principal: { AWS: [true] } })), 'resource', 7, 9, 'This is not a string.'],
    [
      written(statement({ NotAction: '*' })),
      'resource',
      8,
      5,
      'A statement has Action or NotAction, not both.',
    ],
    [
      written(statement({ NotResource: '*' })),
      'resource',
      8,
      5,
      'A statement has Resource or NotResource, not both.',
    ],
    [
      written(statement({ NotPrincipal: '*' })),
      'resource',
      8,
      5,
      'A statement has Principal or NotPrincipal, not both.',
    ],
    [
      written(statement({ Action: undefined })),
      'resource',
      3,
      16,
      'The statement has neither Action nor NotAction.',
    ],
    [
      written(statement({ Resource: undefined })),
      'resource',
      3,
      16,
      'The statement has neither Resource nor NotResource.',
    ],
    [
      written(statement({ Principal: undefined })),
      'resource',
      3,
      16,
      'The statement has neither Principal nor NotPrincipal.',
    ],
    [written(statement({ Action: ['s3:*', 1] })), 'resource', 8, 7, 'This is not a string.'],
    [written(statement({ Resource: {} })), 'resource', 7, 17, 'This is not a string.'],
    [written(statement({})), 'trust', 7, 5, 'A trust policy has no Resource.'],
    [
      written(statement({ Resource: undefined, NotResource: '*' })),
      'trust',
      7,
      5,
      'A trust policy has no Resource.',
    ],
    [written(statement({})), 'identity', 5, 5, 'A policy of an identity names no principal.'],
    [
      written(statement({ Principal: undefined, NotPrincipal: '*' })),
      'identity',
      7,
      5,
      'A policy of an identity names no principal.',
    ],
    [
      written(statement({ Principal: undefined, NotPrincipal: '*' })),
      'resource',
      7,
      21,
      'NotPrincipal stands in a Deny of a policy of a resource only.',
    ],
    [
      written(statement({ Effect: 'Deny', Principal: undefined, Resource: undefined, NotPrincipal: '*' })),
      'trust',
      6,
      21,
      'NotPrincipal stands in a Deny of a policy of a resource only.',
    ],
    [written(statement({ Principal: 'me' })), 'resource', 5, 18, "A principal is '*' or an object."],
    [written(statement({ Principal: ['*'] })), 'resource', 5, 18, "A principal is '*' or an object."],
    [written(statement({ Principal: { '*': '*' } })), 'resource', 6, 7, "There is no kind of principal '*'."],
    [written(statement({ Condition: [] })), 'resource', 8, 18, 'A Condition is an object.'],
    [
      written(statement({ Condition: { Bool: 'true' } })),
      'resource',
      9,
      15,
      'Under an operator stands an object of keys.',
    ],
    [
      written(statement({ Condition: { Boolean: { a: 'true' } } })),
      'resource',
      9,
      7,
      "There is no operator 'Boolean'.",
    ],
    [
      written(statement({ Condition: { Bool: { a: [null] } } })),
      'resource',
      11,
      11,
      'A condition compares with text, a number or a Boolean.',
    ],
  ])('%s (%s) is malformed at line %d, column %d: %s', (text, kind, line, column, malformed) => {
    expect(parsePolicy(text, 'mine', kind)).toEqual({ name: 'mine', line, column, malformed });
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html: resource_string.
  it('reads an account without quotation marks as an account', () => {
    const parsed = parsePolicy(written(statement({ Principal: { AWS: 111122223333 } })), 'p', 'resource');
    expect(isMalformed(parsed) ? null : parsed.statements[0]?.principal?.accounts).toEqual(
      new Set(['111122223333']),
    );
  });

  it("completes a short ARN in an identity's policy alone", () => {
    const short = 'arn:aws:s3';
    const pattern = (kind: 'identity' | 'resource'): unknown =>
      policy(kind, 'p', deny('*', short, kind === 'identity' ? {} : { Principal: '*' })).statements[0]
        ?.resource?.templates[0];
    expect(pattern('identity')).toMatchObject({
      text: short,
      pattern: { head: 'arn:aws:s3:', tail: [-2, 58, -2, 58, -2] },
    });
    expect(pattern('resource')).toMatchObject({ text: short, pattern: { head: short, tail: [] } });
  });
});

describe('Policy', () => {
  it('knows whether it denies anything', () => {
    expect(policy('identity', 'p').denies).toBe(false);
    expect(policy('identity', 'p', allow('*')).denies).toBe(false);
    expect(policy('identity', 'p', allow('*'), deny('s3:*')).denies).toBe(true);
  });

  it('says other things under its own name', () => {
    const whole = policy('identity', 'p', allow('*'), deny('s3:*'));
    const [first] = whole.statements;
    const part = whole.saying(first === undefined ? [] : [first]);
    expect(part).toMatchObject({ name: 'p', version: '2012-10-17', statements: [{ effect: 'Allow' }] });
    expect([part.denies, part.about('s3:getobject').length]).toEqual([false, 1]);
  });
});
