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
  /** The statement that jq is given. */
  const given = (command: string): unknown =>
    JSON.parse(words(command.split('\n').at(-2)?.split(' > ')[0] ?? '')[4] ?? '');
  it('takes a Sid that was free, and is the same in the command', () => {
    const policy = policyOf(before, { ...before, Sid: 'Decrypt2' });
    const { cli, statement: own } = allowInBucket('orders', policy, { ...hostile, Sid: 'Decrypt' });
    expect(own).toEqual({ ...hostile, Sid: 'Decrypt3' });
    expect(given(cli)).toEqual(own);
    expect(cli).not.toContain('NoSuchBucketPolicy');
  });
  it('begins one where there is none', () => {
    const { cli } = allowInBucket('orders', null, statement);
    expect(given(cli)).toEqual(statement);
    expect(cli).toContain('(NoSuchBucketPolicy)');
  });
  it('reads and puts a key policy where the key is', () => {
    const { cli } = allowInKey('arn:aws:kms:eu-west-1:1:key/1', policyOf(before), 'eu-west-1', hostile);
    const of = '--key-id arn:aws:kms:eu-west-1:1:key/1 --policy-name default --region eu-west-1';
    const [get, , put] = cli.split('\n');
    expect(get).toBe(`aws kms get-key-policy ${of} --query Policy --output text > policy.json`);
    expect(put).toBe(`aws kms put-key-policy ${of} --policy file://changed.json`);
    expect(given(cli)).toEqual(hostile);
  });
});

it('writes several as one, and nothing where there is nothing to add', () => {
  const both = remedyOf([allowRole(role, 'orders', statement), allowInBucket('orders', '{}', hostile)]);
  expect(JSON.parse(both.json ?? '')).toEqual([statement, hostile]);
  expect(parse(both.cloudformation ?? '')).toEqual([listed(statement), listed(hostile)]);
  expect(both.cli?.split('\n').map((line) => line.split(' ')[2])).toEqual([
    'put-role-policy',
    'get-bucket-policy',
    '--argjson',
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
