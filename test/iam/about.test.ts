import { describe, expect, it } from 'vitest';
import { allow, deny, policy } from './build.ts';

const some = policy(
  'identity',
  'some',
  allow('S3:Replicate*'),
  deny(['iam:*', 's3:replicateobject']),
  { Effect: 'Allow', NotAction: ['s3:Get*', 's3:List*'], Resource: '*' },
  allow([]),
);

describe('about', () => {
  it.each([
    ['s3:replicateobject', [0, 1, 2]],
    ['s3:replicatedelete', [0, 2]],
    ['s3:getobject', []],
    ['iam:getrole', [1, 2]],
  ])('%s: statements %j', (action, indices) => {
    expect(some.about(action).map(({ index }) => index)).toEqual(indices);
  });

  it('searches a policy once for an action', () => {
    const fresh = policy('identity', 'fresh', allow('*'));
    expect(fresh.about('kms:decrypt')).toBe(fresh.about('kms:decrypt'));
    const first = some.about('kms:decrypt');
    expect(some.about('kms:encrypt')).not.toBe(first);
    expect(some.about('kms:decrypt')).toBe(first);
    expect(policy('identity', 'other', allow('*')).about('kms:decrypt')).not.toEqual(first);
  });
});
