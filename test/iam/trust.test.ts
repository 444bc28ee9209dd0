import { describe, expect, it } from 'vitest';
import { mayAssume, withStatement } from '../../src/iam/trust.ts';

const s3 = { Service: 's3.amazonaws.com' };
const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (more: object): string =>
  policy({ Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole', ...more });
const asked = (document: string): string => mayAssume(document, 's3.amazonaws.com');

describe('mayAssume', () => {
  it.each([
    ["AWS's sample", allow({})],
    ['a list of services', allow({ Principal: { Service: ['ec2.amazonaws.com', 's3.amazonaws.com'] } })],
    ['everybody', allow({ Principal: '*' })],
    ['everybody, the longer way', allow({ Principal: { AWS: '*' } })],
    ['a list of actions', allow({ Action: ['sts:TagSession', 'sts:AssumeRole'] })],
    ['an action in another case', allow({ Action: 'STS:assumerole' })],
    ['a wildcard', allow({ Action: 'sts:Assume*' })],
    ['a question mark', allow({ Action: 'sts:Assume?ole' })],
    ['every action', allow({ Action: '*' })],
    ['all actions but another', allow({ Action: undefined, NotAction: 'sts:TagSession' })],
    [
      'a condition, which is not weighed',
      allow({ Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }),
    ],
    [
      'one statement that is not in a list',
      JSON.stringify({ Statement: { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' } }),
    ],
    [
      'a second statement',
      policy(
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' },
      ),
    ],
    [
      'a Deny under a condition, which may not hold',
      policy(
        { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ),
    ],
    [
      'a Deny of another service',
      policy(
        { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ),
    ],
  ])('yes: %s', (_, document) => {
    expect(asked(document)).toBe('yes');
  });

  it.each([
    ['another service', allow({ Principal: { Service: 'batchoperations.s3.amazonaws.com' } })],
    ['the name that endpoints have in China', allow({ Principal: { Service: 's3.amazonaws.com.cn' } })],
    ['an account', allow({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
    ['another action', allow({ Action: 'sts:AssumeRoleWithWebIdentity' })],
    ['all actions but this', allow({ Action: undefined, NotAction: ['STS:Assume*'] })],
    ['all actions but these', allow({ Action: undefined, NotAction: ['sts:TagSession', 'sts:AssumeRole'] })],
    ['a dot is a dot', allow({ Action: 'sts.AssumeRole' })],
    ['no statements', policy()],
    [
      'a plain Deny, wherever it stands',
      policy(
        { Effect: 'Deny', Principal: s3, Action: 'sts:*' },
        { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' },
      ),
    ],
    [
      'a Deny of everybody',
      policy(
        { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
      ),
    ],
  ])('no: %s', (_, document) => {
    expect(asked(document)).toBe('no');
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no statement', '{}'],
    ['a statement that is no object', '{"Statement":["Allow"]}'],
    ['no action at all', allow({ Action: undefined })],
    ['no principal', allow({ Principal: undefined })],
    ['URL-encoded, as IAM sends it', encodeURIComponent(allow({}))],
  ])('malformed: %s', (_, document) => {
    expect(asked(document)).toBe('malformed');
  });

  it('knows S3 by the name of a Region, where that is asked', () => {
    const document = allow({ Principal: { Service: 's3.ap-east-1.amazonaws.com' } });
    expect(mayAssume(document, 's3.ap-east-1.amazonaws.com')).toBe('yes');
    expect(asked(document)).toBe('no');
  });
});

describe('withStatement', () => {
  const added = { Effect: 'Allow', Principal: s3, Action: 'sts:AssumeRole' };

  it('keeps what the policy says already', () => {
    const before = JSON.stringify({ Version: '2008-10-17', Id: 'mine', Statement: { Effect: 'Deny' } });
    expect(JSON.parse(withStatement(before, added))).toEqual({
      Version: '2008-10-17',
      Id: 'mine',
      Statement: [{ Effect: 'Deny' }, added],
    });
  });

  it.each(['{', 'null', '"text"', '["text"]', '3'])(
    'starts from nothing where no policy can be read: %s',
    (text) => {
      expect(JSON.parse(withStatement(text, added))).toEqual({ Version: '2012-10-17', Statement: [added] });
    },
  );
});
