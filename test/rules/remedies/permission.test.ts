import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  allowInBucket,
  allowInKey,
  allowRole,
  remedyOf,
  type Statement,
} from '../../../rules/remedies/permission.ts';
import { objectsBelow } from '../../../rules/permission/prefix.ts';
import { policyOf } from '../../../rules/shared/example.ts';

const role = 'arn:aws:iam::111122223333:role/service-role/replication';
const statement: Statement = {
  Sid: 'Decrypt',
  Effect: 'Allow',
  Action: ['kms:Decrypt', 'kms:Encrypt'],
  Resource: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  Condition: {
    StringLike: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'aws:PrincipalTag/a': ['b', 'c'] },
  },
};
const hostile: Statement = {
  Sid: 'Hostile',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/a\'b"c' },
  Action: ['s3:ReplicateObject'],
  Resource: ['arn:aws:s3:::orders/${*}\'; rm -rf ~ #\n: - "%{x}*', 'arn:aws:s3:::orders/\u202e*'],
};
/** The words that a shell makes of a command. */
const words = (command: string): readonly string[] =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
const listed = (one: Statement) => ({
  ...one,
  Resource: [one.Resource].flat(),
  ...(one.Condition === undefined
    ? {}
    : {
        Condition: Object.fromEntries(
          Object.entries(one.Condition).map(([test, keys]) => [
            test,
            Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat()])),
          ]),
        ),
      }),
});

describe.each([
  ['plain', statement],
  ['hostile', hostile],
])('a %s statement', (_, one) => {
  const remedy = remedyOf([allowRole(role, 'orders-0', one)]);
  it('is the same in JSON', () => {
    expect(JSON.parse(remedy.json ?? '')).toEqual(one);
  });
  it('is the same in YAML, in a list', () => {
    expect(parse(remedy.cloudformation ?? '')).toEqual([listed(one)]);
  });
  it('is the same in the command', () => {
    const [aws, iam, put, ...options] = words(remedy.cli ?? '');
    expect([aws, iam, put, ...options.slice(0, 4)]).toEqual([
      'aws',
      'iam',
      'put-role-policy',
      '--role-name',
      'replication',
      '--policy-name',
      `replint-${one.Sid.toLowerCase()}-orders-0`,
    ]);
    expect(JSON.parse(options.at(-1) ?? '')).toEqual({ Version: '2012-10-17', Statement: [one] });
  });
});

it('is a statement of aws_iam_policy_document in Terraform', () => {
  expect(remedyOf([allowRole(role, 'orders', statement)]).terraform).toBe(`statement {
  sid       = "Decrypt"
  actions   = ["kms:Decrypt", "kms:Encrypt"]
  resources = ["arn:aws:kms:eu-west-1:111122223333:key/1"]
  condition {
    test     = "StringLike"
    variable = "kms:ViaService"
    values   = ["s3.eu-west-1.amazonaws.com"]
  }
  condition {
    test     = "StringLike"
    variable = "aws:PrincipalTag/a"
    values   = ["b", "c"]
  }
}`);
  const { terraform } = remedyOf([allowRole(role, 'orders', hostile)]);
  expect(terraform).toContain(
    '  principals {\n    type        = "AWS"\n    identifiers = ["arn:aws:iam::111122223333:role/a\'b\\"c"]\n  }\n',
  );
  expect(terraform).toContain('orders/$${*}');
  expect(terraform).toContain('%%{x}');
  expect(terraform).toContain('\\u202e');
});

describe('to the policy of a bucket or a key', () => {
  const before = { Sid: 'Decrypt', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
  it('keeps what it says, and takes a Sid that is free', () => {
    const { cli, statement: own } = allowInBucket(
      'orders',
      policyOf(before, { ...before, Sid: 'Decrypt2' }),
      hostileNamed(),
    );
    const document = JSON.parse(words(cli).at(-1) ?? '') as { readonly Statement: readonly object[] };
    expect(words(cli).slice(0, 5)).toEqual(['aws', 's3api', 'put-bucket-policy', '--bucket', 'orders']);
    expect(document.Statement).toEqual([before, { ...before, Sid: 'Decrypt2' }, own]);
    expect(own.Sid).toBe('Decrypt3');
  });
  it('begins one where there is none', () => {
    const { cli } = allowInBucket('orders', null, statement);
    expect(JSON.parse(words(cli).at(-1) ?? '')).toEqual({ Version: '2012-10-17', Statement: [statement] });
  });
  it('puts a key policy where the key is', () => {
    const { cli } = allowInKey('arn:aws:kms:eu-west-1:1:key/1', policyOf(before), 'eu-west-1', hostile);
    expect(words(cli).slice(0, 9)).toEqual([
      'aws',
      'kms',
      'put-key-policy',
      '--key-id',
      'arn:aws:kms:eu-west-1:1:key/1',
      '--policy-name',
      'default',
      '--region',
      'eu-west-1',
    ]);
  });
});

it('writes several as one, and nothing where there is nothing to add', () => {
  const both = remedyOf([allowRole(role, 'orders', statement), allowInBucket('orders', null, hostile)]);
  expect(JSON.parse(both.json ?? '')).toEqual([statement, hostile]);
  expect(parse(both.cloudformation ?? '')).toEqual([listed(statement), listed(hostile)]);
  expect(both.cli?.split('\n').map((line) => line.split(' ')[2])).toEqual([
    'put-role-policy',
    'put-bucket-policy',
  ]);
  expect(remedyOf([])).toEqual({});
});

describe('the objects below a prefix', () => {
  it.each([
    [[''], 'arn:aws:s3:::orders/*'],
    [['in/'], 'arn:aws:s3:::orders/in/*'],
    [['a*b?c${d}'], 'arn:aws:s3:::orders/a${*}b${?}c${$}{d}*'],
    [
      ['a', 'b'],
      ['arn:aws:s3:::orders/a*', 'arn:aws:s3:::orders/b*'],
    ],
  ])('%j is %j', (prefixes, resource) => {
    expect(objectsBelow('arn:aws:s3:::orders', prefixes)).toEqual(resource);
  });
});

function hostileNamed(): Statement {
  return { ...hostile, Sid: 'Decrypt' };
}
