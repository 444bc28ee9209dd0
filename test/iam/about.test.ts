import { describe, expect, it } from 'vitest';
import { about } from '../../src/iam/about.ts';
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
    expect(about(some, action).map(({ index }) => index)).toEqual(indices);
  });

  it('searches a policy once for an action', () => {
    const fresh = policy('identity', 'fresh', allow('*'));
    expect(about(fresh, 'kms:decrypt')).toBe(about(fresh, 'kms:decrypt'));
    const first = about(some, 'kms:decrypt');
    expect(about(some, 'kms:encrypt')).not.toBe(first);
    expect(about(some, 'kms:decrypt')).toBe(first);
    expect(about(policy('identity', 'other', allow('*')), 'kms:decrypt')).not.toEqual(first);
  });
});
