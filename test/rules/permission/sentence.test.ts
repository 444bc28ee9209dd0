import { describe, expect, it } from 'vitest';
import {
  bounded,
  deny,
  ours,
  ownStatements,
  policyAnd,
  roleAnd,
  roleOf,
  theirs,
  without,
} from './situations.ts';
import { doubtOf, refusalsOf, roleName } from '../../../rules/permission/sentence.ts';
import { askBucket, askObjects, type Answer } from '../../../rules/permission/answer.ts';
import { destinationBucket, sourceBucket, type Target } from '../../../rules/permission/places.ts';
import { policyOf } from '../../../rules/shared/example.ts';
import { ofText } from '../../../src/iam/remembered.ts';
import type { RoleFacts } from '../../../src/model/facts.ts';
import { healthy } from '../../../src/tester.ts';
import { accountFacts, roleFacts } from '../../../src/tester/healthy.ts';

const known = <T>(value: T) => ({ known: true, value, account: ours, at: '' }) as const;
const none = known(null);

function viewOf(role: Partial<RoleFacts>, policy: string | null = null) {
  const bucket = { arn: 'arn:aws:s3:::orders', ...healthy.source, policy: known(policy) };
  const account = { id: ours, organization: null, resourceControlPolicies: none };
  return {
    role: { arn: healthy.role, account: ours, ...roleFacts, ...role },
    roleAccount: { ...account, serviceControlPolicies: known(accountFacts.serviceControlPolicies) },
    source: bucket,
    sourceAccount: account,
    destination: { ...bucket, ...healthy.destination, arn: 'arn:aws:s3:::orders-replica' },
    destinationAccount: { ...account, id: theirs },
  };
}

const existing = <P extends string>(target: Target<P> | null): Target<P> => {
  if (target === null) throw new Error('The role exists.');
  return target;
};
const source = (role: Partial<RoleFacts>, policy: string | null = null): Target =>
  existing(sourceBucket(viewOf(role, policy)));
const destination = (role: Partial<RoleFacts>, policy: string | null): Target =>
  existing(destinationBucket(viewOf(role, policy)));
const read = 's3:GetObjectVersionAcl';
const tags = 's3:GetObjectVersionTagging';
const fence = deny(read, '*', {
  Principal: '*',
  Condition: { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } },
});
const said = (...answers: readonly Answer[]): string => refusalsOf(answers);

describe('refusals in one sentence', () => {
  it('joins actions that one reason refuses, and sets others apart', () => {
    const role = { policies: roleOf(without(ownStatements, read, tags, 's3:ListBucket')).policies };
    const target = source(role, policyAnd('source', deny('s3:ListBucket', '*', { Principal: '*' })));
    expect(
      said(askObjects(target, read, ''), askObjects(target, tags, ''), askBucket(target, 's3:ListBucket')),
    ).toBe(
      "Role 'orders-replication' may not s3:GetObjectVersionAcl or s3:GetObjectVersionTagging on 'orders/*': no policy of the role allows it; nor s3:ListBucket on 'orders': the statement 'Fence' of the policy of 'orders' denies it",
    );
  });
  it('says an action once, of however many prefixes', () => {
    const target = source(roleOf([]));
    expect(said(askObjects(target, read, ''), askObjects(target, read, ''))).toBe(
      "Role 'orders-replication' may not s3:GetObjectVersionAcl on 'orders/*': no policy of the role allows it",
    );
    expect(said(askObjects(target, read, 'a'), askObjects(target, read, 'b'))).toContain(
      "on 'orders/a*': no policy of the role allows it; nor s3:GetObjectVersionAcl on 'orders/b*': no",
    );
  });
  it('names every layer that is silent', () => {
    const role = bounded({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
    const inline = roleOf([], { Boundary: role.policies.Boundary });
    expect(said(askObjects(destination(inline, null), 's3:ReplicateObject', ''))).toBe(
      "Role 'orders-replication' may not s3:ReplicateObject on 'orders-replica/*': no policy of the role allows it, and the role's permissions boundary does not allow it, and 'orders-replica' of account 444455556666 has no policy",
    );
  });
  it('says under which conditions a Deny denies, the first of many', () => {
    const conditions = (...names: readonly string[]) => ({
      Condition: Object.fromEntries(names.map((name) => [name, { 'aws:PrincipalTag/team': ['a', 'b'] }])),
    });
    const fenced = (...names: readonly string[]) =>
      said(askObjects(source(roleAnd(deny('ec2:*', '*'), deny(read, '*', conditions(...names)))), read, ''));
    expect(fenced('StringNotEquals')).toContain(
      ": the statement 'Fence' of the role's policy 'fence' denies it under StringNotEquals aws:PrincipalTag/team 'a' or 'b'",
    );
    expect(fenced('StringNotEquals', 'StringNotLike', 'ArnNotLike', 'ForAllValues:StringEquals')).toMatch(
      / under StringNotEquals [^;]+ and StringNotLike [^;]+ and ArnNotLike [^;]+'b' and more$/,
    );
  });
  it('names a Deny of the organization by its own conditions', () => {
    const guard = [
      [{ Name: 'fence', Document: policyOf(fence) }],
      [{ Name: 'guard', Document: policyOf(fence) }],
    ];
    const view = viewOf({}, null);
    const target = existing(
      sourceBucket({
        ...view,
        sourceAccount: { ...view.sourceAccount, resourceControlPolicies: known(guard) },
      }),
    );
    expect(said(askObjects(target, read, ''))).toContain(
      ": the statement 'Fence' of the resource control policy 'fence' denies it under StringNotEquals aws:PrincipalAccount '444455556666'",
    );
  });
  it('counts statements without a Sid from one', () => {
    const target = source(roleAnd({ ...deny('ec2:*', '*') }, { ...deny(read, '*'), Sid: undefined }));
    expect(said(askObjects(target, read, ''))).toContain(
      ": statement 2 of the role's policy 'fence' denies it",
    );
  });
});

describe('parts of a set', () => {
  const allowing = (Resource: string | readonly string[]) => ({ Effect: 'Allow', Action: read, Resource });
  const having = (...statements: readonly object[]): string =>
    said(askObjects(source(roleOf([...without(ownStatements, read), ...statements])), read, ''));
  it('names the patterns within which all is well', () => {
    expect(having(allowing(['arn:aws:s3:::orders/a/*', 'arn:aws:s3:::orders/b/*']))).toContain(
      "on all of 'orders/*', only within 'arn:aws:s3:::orders/a/*' or 'arn:aws:s3:::orders/b/*': no policy",
    );
  });
  it('does not name a pattern of which a part is denied as one within which all is well', () => {
    expect(having(allowing('arn:aws:s3:::orders/a/*'), deny(read, 'arn:aws:s3:::orders/a/secret/*'))).toMatch(
      /on all of 'orders\/\*', as in 'arn:aws:s3:::orders\/[^']+': no policy of the role allows it$/,
    );
  });
  it('names the pattern that is denied', () => {
    expect(having(allowing('arn:aws:s3:::orders/*'), deny(read, 'arn:aws:s3:::orders/secret/*'))).toContain(
      "on all of 'orders/*', not within 'arn:aws:s3:::orders/secret/*': the statement 'Fence'",
    );
  });
  it('names the pattern that alone is not denied', () => {
    const fence = { ...deny(read, '*'), Resource: undefined, NotResource: 'arn:aws:s3:::orders/a/*' };
    expect(having(allowing('arn:aws:s3:::orders/*'), fence)).toContain(
      "on all of 'orders/*', only within 'arn:aws:s3:::orders/a/*': the statement 'Fence'",
    );
  });
});

describe('doubt', () => {
  const trusting = (Condition: object) =>
    destination({}, policyAnd('destination', deny('s3:*', '*', { Principal: '*', Condition })));
  it('names the keys, and the statement that hangs on them', () => {
    const target = trusting({ StringEquals: { 'aws:userid': 'x', 'aws:UserAgent': 'y' } });
    expect(doubtOf(askObjects(target, 's3:ReplicateObject', ''))).toBe(
      "Whether role 'orders-replication' may s3:ReplicateObject on 'orders-replica/*' hangs on 'aws:userid' and 'aws:UserAgent' (the statement 'Fence' of the policy of 'orders-replica'), which neither what was read nor AWS's documentation tells.",
    );
  });
  it('says so where wildcards are too many', () => {
    const many = Array.from({ length: 140 }, (_, at) => `arn:aws:s3:::orders/${String(at)}-*`);
    const role = roleOf([{ Effect: 'Allow', Action: read, Resource: many }]);
    expect(doubtOf(askObjects(source(role), read, ''))).toBe(
      "Whether role 'orders-replication' may s3:GetObjectVersionAcl on 'orders/*' cannot be told: the wildcards are too many to be told apart.",
    );
  });
});

describe('names', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/a', 'a'],
    ['arn:aws-cn:iam::111122223333:role/service-role/a', 'service-role/a'],
    ['arn:aws:iam::111122223333:role/x:role/y', 'x:role/y'],
    ['nonsense', 'nonsense'],
  ])('%s is %s', (arn, name) => {
    expect(roleName(arn)).toBe(name);
  });
});

describe('policies that are remembered', () => {
  it('are told apart by their kind, and by the name that messages give them', () => {
    const text = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    expect(ofText(text, 'one', 'identity')).toBe(ofText(text, 'one', 'identity'));
    expect(ofText(text, 'other', 'identity')).toMatchObject({ name: 'other' });
    expect(ofText(text, 'one', 'resource')).toHaveProperty('malformed');
  });
});
