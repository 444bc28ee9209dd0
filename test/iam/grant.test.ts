import { describe, expect, it } from 'vitest';
import { contextOf, type Knowledge } from '../../src/iam/context.ts';
import { granted, type Grant } from '../../src/iam/grant.ts';
import type { Question } from '../../src/iam/survey.ts';
import { OURS, ROLE, THEIRS, role } from './build.ts';

const question = (keys: Readonly<Record<string, Knowledge>> = {}, action = 'kms:decrypt'): Question => ({
  principal: role,
  action,
  resource: 'key',
  context: contextOf(keys),
  bounded: 'no',
});
const grant = (more: Partial<Grant>): Grant => ({
  GrantId: 'g',
  GranteePrincipal: ROLE,
  Operations: ['Encrypt', 'Decrypt'],
  ...more,
});
const ARN = 'kms:EncryptionContext:aws:s3:arn';
const KEYS = 'kms:EncryptionContextKeys';
const subset = grant({ Constraints: { EncryptionContextSubset: { 'aws:s3:arn': 'a' } } });
const equals = grant({ Constraints: { EncryptionContextEquals: { 'aws:s3:arn': 'a' } } });
const source = grant({ Constraints: { SourceArn: 'arn:aws:s3:::b' } });

// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
describe('granted', () => {
  it.each<[string, Grant, Readonly<Record<string, Knowledge>>, string]>([
    ['the role', grant({}), {}, 'yes'],
    ['another', grant({ GranteePrincipal: `${ROLE}2` }), {}, 'no'],
    ['nobody', grant({ GranteePrincipal: undefined }), {}, 'no'],
    ['other operations', grant({ Operations: ['Encrypt'] }), {}, 'no'],
    ['no operations', grant({ Operations: undefined }), {}, 'no'],
    [
      'a session, whose name is not known',
      grant({ GranteePrincipal: `arn:aws:sts::${OURS}:assumed-role/replication/s` }),
      {},
      'maybe',
    ],
    ['the account', grant({ GranteePrincipal: OURS }), {}, 'maybe'],
    ['another account', grant({ GranteePrincipal: THEIRS }), {}, 'no'],
    // create-grant-overview.html#grant-constraints
    ['no constraints', grant({ Constraints: {} }), {}, 'yes'],
    ['a subset', subset, { [ARN]: ['a'] }, 'yes'],
    ['another context', subset, { [ARN]: ['b'] }, 'no'],
    ['no context', subset, { [ARN]: [] }, 'no'],
    ['a context that is not known', subset, {}, 'maybe'],
    ['a context that is there', subset, { [ARN]: 'present' }, 'maybe'],
    ['the same context', equals, { [ARN]: ['a'], [KEYS]: ['aws:s3:arn'] }, 'yes'],
    ['a larger context', equals, { [ARN]: ['a'], [KEYS]: ['aws:s3:arn', 'b'] }, 'no'],
    ['a context of other keys', equals, { [ARN]: ['a'], [KEYS]: ['b'] }, 'no'],
    ['a context that may be larger', equals, { [ARN]: ['a'] }, 'maybe'],
    ['the source', source, { 'aws:SourceArn': ['arn:aws:s3:::b'] }, 'yes'],
    ['no source', source, { 'aws:SourceArn': [] }, 'no'],
  ])('%s', (_, one, keys, truth) => {
    const verdict = granted([one], question(keys));
    expect(verdict.truth).toBe(truth);
    expect(verdict.unknown.length > 0).toBe(truth === 'maybe');
  });

  it('names the grant, and what is not known', () => {
    const [first, second] = [grant({ Operations: [] }), grant({ GrantId: undefined })];
    expect(granted([first, second], question())).toEqual({
      truth: 'yes',
      layer: 'grants',
      statement: { policy: '', sid: null, index: 1 },
      unknown: [],
    });
    expect(granted([grant({ GranteePrincipal: OURS })], question())).toMatchObject({
      statement: { policy: 'g' },
      unknown: [{ what: 'documentation', name: 'a grant to a whole account' }],
    });
    expect(granted([equals], question({ [ARN]: ['a'] })).unknown).toEqual([{ what: 'key', name: KEYS }]);
  });

  it('that says nothing is silence', () => {
    const silence = { truth: 'no', layer: 'grants', statement: null, unknown: [] };
    expect(granted([subset], question({ [ARN]: ['b'] }))).toEqual(silence);
    expect(granted([grant({ Operations: undefined })], question())).toEqual(silence);
  });

  it('takes a context of several pairs whole', () => {
    const pair = grant({ Constraints: { EncryptionContextEquals: { a: '1', b: '2' } } });
    const keys = (names: readonly string[]) => ({
      'kms:EncryptionContext:a': ['1'],
      'kms:EncryptionContext:b': ['2'],
      [KEYS]: names,
    });
    expect(granted([pair], question(keys(['b', 'a']))).truth).toBe('yes');
    expect(granted([pair], question(keys(['a', 'c']))).truth).toBe('no');
  });

  it('is no matter of other services', () => {
    expect(granted('unread', question({}, 's3:getobject')).truth).toBe('no');
    expect(granted('unread', question())).toMatchObject({
      truth: 'maybe',
      layer: 'grants',
      unknown: [{ what: 'layer', name: 'grants' }],
    });
  });
});
