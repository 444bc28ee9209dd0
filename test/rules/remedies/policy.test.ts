import { describe, expect, it } from 'vitest';
import { applied, hasJq } from './applied.ts';
import { spare } from '../../../rules/remedies/let-out.ts';
import { allowInBucket, allowInKey, type Statement } from '../../../rules/remedies/permission.ts';
import { addStatement, bucketPolicy, keyPolicy, trustPolicy } from '../../../rules/remedies/policy.ts';
import { scopeTrust, trustS3For } from '../../../rules/remedies/trust.ts';
import { policyOf } from '../../../rules/shared/example.ts';
import { statementsOf } from '../permission/situations.ts';

const role = { arn: 'arn:aws:iam::111122223333:role/path/replication' };
const other = 'arn:aws:iam::111122223333:role/other';
const allowing = (Sid: string, action: string): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: role.arn },
  Action: [action],
  Resource: 'arn:aws:s3:::orders/*',
});
const write = allowing('Replicas', 's3:ReplicateObject');
const remove = allowing('Replicas', 's3:ReplicateDelete');
const own = allowing('ChangeOwner', 's3:ObjectOwnerOverrideToBucketOwner');
const theirs = {
  Sid: 'Theirs',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutBucketAcl',
  Resource: 'arn:aws:s3:::orders',
};
const nameless = (statement: Statement): object => ({ ...statement, Sid: undefined });
const after = (remedies: readonly (string | undefined)[], policy: string | null): readonly object[] =>
  statementsOf(applied(remedies, { policy }) ?? '{}');

describe.skipIf(!hasJq)('statements to add', () => {
  it.each([
    ['there is a policy', policyOf(theirs), [theirs]],
    ['there is none', null, []],
    [
      'there is one statement, in no list',
      JSON.stringify({ Version: '2012-10-17', Statement: theirs }),
      [theirs],
    ],
  ])('all stand in the end where %s', (_, policy, before) => {
    const remedies = [write, own, remove].map((one) => allowInBucket('orders', policy, one).cli);
    // Of the two that are named alike the second goes without.
    expect(after(remedies, policy)).toEqual([...before, write, own, nameless(remove)]);
    expect(after([...remedies, ...remedies], policy)).toHaveLength(before.length + 3);
  });

  it('keep what was written since the scan', () => {
    const { cli } = allowInBucket('orders', null, write);
    expect(after([cli], policyOf(theirs))).toEqual([theirs, write]);
    expect(after([allowInKey('k', policyOf(), 'eu-west-1', write).cli], policyOf(theirs))).toEqual([
      theirs,
      write,
    ]);
  });

  it.each([null, policyOf(theirs)])('replace nothing that may not be read (%j)', (seen) => {
    const { cli } = allowInBucket('orders', seen, write);
    expect(applied([cli], { policy: policyOf(theirs), denied: true })).toBe(policyOf(theirs));
  });

  it('replace no policy that was taken away since the scan', () => {
    expect(applied([allowInBucket('orders', policyOf(theirs), write).cli], { policy: null })).toBeNull();
  });

  it('stand in no policy twice, with no Sid either', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole' };
    const cli = addStatement(trustPolicy(role.arn), statement);
    expect(after([cli, cli], policyOf(theirs))).toEqual([theirs, statement]);
  });
});

describe.skipIf(!hasJq)('a role to let out', () => {
  const key = 'aws:PrincipalArn';
  const fence = { ...theirs, Sid: 'Fence', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } };
  const open = { ...theirs, Sid: 'Open' };
  const letOut = (policy: string, index: number, arn: string): string =>
    spare(keyPolicy('k', 'eu-west-1'), policy, index, arn).cli ?? '';
  const out = (statement: object, ...arns: readonly string[]): object => ({
    ...statement,
    Condition: {
      ...('Condition' in statement ? (Object(statement.Condition) as object) : {}),
      ArnNotEquals: { [key]: arns },
    },
  });

  it('is let out beside another, of that statement alone', () => {
    const policy = policyOf(theirs, fence, open);
    const remedies = [letOut(policy, 1, role.arn), letOut(policy, 1, other), letOut(policy, 2, other)];
    expect(after([...remedies, ...remedies], policy)).toEqual([
      theirs,
      out(fence, role.arn, other),
      out(open, other),
    ]);
  });

  it('keeps who is out already, and what stands beside them', () => {
    const spared = {
      ...fence,
      Condition: { ...fence.Condition, ArnNotEquals: { [key]: other, 'aws:a': 'b' } },
    };
    const { json } = spare(keyPolicy('k', 'eu-west-1'), policyOf(theirs, spared), 1, role.arn);
    expect([JSON.parse(json ?? '')]).toEqual(
      after([letOut(policyOf(spared), 0, role.arn)], policyOf(spared)),
    );
    expect(after([letOut(policyOf(spared), 0, role.arn)], policyOf(spared))).toEqual([
      {
        ...spared,
        Condition: { ...fence.Condition, ArnNotEquals: { [key]: [other, role.arn], 'aws:a': 'b' } },
      },
    ]);
  });

  it('leaves a statement alone that is another by now, wherever it stands', () => {
    const now = policyOf({ ...fence, Effect: 'Allow' }, theirs);
    expect(applied([letOut(policyOf(fence), 0, role.arn)], { policy: now })).toBe(now);
    expect(after([letOut(policyOf(fence), 0, role.arn)], policyOf(theirs, fence))).toEqual([
      theirs,
      out(fence, role.arn),
    ]);
  });

  it('goes together with what is added', () => {
    const policy = policyOf(fence);
    const stored = bucketPolicy('orders', policy);
    const remedies = [
      allowInBucket('orders', policy, write).cli,
      spare(stored, policy, 0, role.arn).cli,
      allowInBucket('orders', policy, own).cli,
    ];
    expect(after(remedies, policy)).toEqual([out(fence, role.arn), write, own]);
  });
});

describe.skipIf(!hasJq)('whom a role trusts', () => {
  const s3 = { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const batch = { ...s3, Principal: { Service: 'batchoperations.s3.amazonaws.com' } };
  const account = '111122223333';

  it('is each bucket that a remedy names', () => {
    const names = ['arn:aws:s3:::a', 'arn:aws:s3:::b'];
    const remedies = names.map((arn) => trustS3For(role, { arn, account }).cli);
    expect(after(remedies, policyOf(batch))).toEqual([
      batch,
      ...names.map((arn) => ({
        ...s3,
        Condition: { ArnLike: { 'aws:SourceArn': arn }, StringEquals: { 'aws:SourceAccount': account } },
      })),
    ]);
  });

  it('is narrowed in the statements that are open, as the scan saw them', () => {
    const odd = { ...s3, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } };
    const policy = policyOf(batch, s3, odd);
    const { cli } = scopeTrust(role, policy, account, (index) => index > 0);
    const scoped = (statement: object, more: object = {}): object => ({
      ...statement,
      Condition: { StringEquals: { ...more, 'aws:SourceAccount': account } },
    });
    const added = trustS3For(role, { arn: 'arn:aws:s3:::a', account });
    expect(after([cli, added.cli, cli], policy).slice(0, 3)).toEqual([
      batch,
      scoped(s3),
      scoped(odd, { 'aws:PrincipalOrgID': 'o-1' }),
    ]);
    expect(after([cli], policyOf(batch))).toEqual([batch]);
  });
});
