import { applied, hasJq } from './remedies/applied.ts';
import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import { deny, ours, policyAnd, roleOf, without, statementsOf } from './permission/situations.ts';
import rule from '../../rules/destination-policy-missing.ts';
import { allow, policyOf, roleArn } from '../../rules/shared/example.ts';
import { tryRule } from '../../src/tester.ts';

const objects = 'arn:aws:s3:::orders-replica/*';
const to = (AWS: string) => ({ Principal: { AWS } });
const having = (...statements: readonly object[]) => ({ destination: { policy: policyOf(...statements) } });
const replicate = { ...allow('s3:ReplicateObject', objects), ...to(roleArn) };
const deletes = { replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } } };
const ifEncrypted = allow('s3:ReplicateObject', objects, {
  StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
});
const moved = 'arn:aws:iam::111122223333:role/service-role/orders-replication';
const broken = { destination: { policy: '{\n "Statement": [ }' } };

describeRule(rule, {
  pass: [
    { name: 'the role is named' },
    { name: 'its account is named', ...having({ ...replicate, ...to(ours) }) },
    { name: 'everybody is named', ...having({ ...replicate, Principal: '*' }) },
    { name: 'delete markers too', ...deletes },
    { name: 'delete markers stay at the source', ...having(replicate) },
    {
      name: 'the part that the route takes',
      replicationRule: { Filter: { Prefix: 'in/' } },
      ...having({ ...replicate, Resource: 'arn:aws:s3:::orders-replica/in/*' }),
    },
    { name: 'whatever the role may by itself', role: roleOf([]) },
    {
      name: 'a Deny is another rule’s',
      destination: { policy: policyAnd('destination', deny('s3:*', objects, { Principal: '*' })) },
    },
  ],
  fail: [
    {
      name: 'no policy',
      destination: { policy: null },
      message:
        "Role 'orders-replication' may not s3:ReplicateObject on 'orders-replica/*': 'orders-replica' of account 444455556666 has no policy. Objects of 'orders' will not reach 'orders-replica'.",
      actual: 'not allowed',
    },
    {
      name: 'trap 14: a right to put objects',
      ...having({ ...replicate, Action: 's3:PutObject' }),
      message: [
        "may not s3:ReplicateObject on 'orders-replica/*': the policy of 'orders-replica', of account 444455556666, does not allow it.",
      ],
    },
    {
      name: 'objects alone, where delete markers replicate',
      ...deletes,
      ...having(replicate),
      message:
        "Role 'orders-replication' may not s3:ReplicateDelete on 'orders-replica/*': the policy of 'orders-replica', of account 444455556666, does not allow it. Delete markers of 'orders' will not reach 'orders-replica'.",
    },
    {
      name: 'trap 9: the bucket’s ARN is not that of its objects',
      ...having({ ...replicate, Resource: 'arn:aws:s3:::orders-replica' }),
      message: ['does not allow it'],
    },
    {
      name: 'a part',
      ...having({ ...replicate, Resource: 'arn:aws:s3:::orders-replica/in/*' }),
      message: ["on all of 'orders-replica/*', only within 'arn:aws:s3:::orders-replica/in/*'"],
      actual: 'allowed for a part',
    },
    {
      name: 'the role for a part, and its twin under another path for all',
      ...having(
        { ...replicate, Resource: 'arn:aws:s3:::orders-replica/in/*' },
        { ...replicate, ...to(moved) },
      ),
      message: ['only within'],
    },
    {
      name: 'what is encrypted otherwise than the source does',
      ...having({ ...ifEncrypted, ...to(roleArn) }),
      message: ['does not allow it'],
    },
    {
      name: 'another role altogether',
      ...having({ ...replicate, ...to('arn:aws:iam::111122223333:role/backup') }),
      message: ['does not allow it'],
    },
  ],
  notApplicable: [
    { name: 'one account', destination: { account: ours, policy: null } },
    {
      name: 'its twin under another path, which has a rule of its own',
      ...having({ ...replicate, ...to(moved) }),
    },
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [
    { name: 'the policy is denied', denied: ['destination.policy'] },
    {
      name: 'the encryption on which the policy insists',
      ...having({ ...ifEncrypted, ...to(roleArn) }),
      denied: ['source.encryption'],
    },
  ],
  undetermined: [
    {
      name: 'malformed',
      ...broken,
      message: ["The policy of 'orders-replica' is malformed at line 2, column 17"],
    },
    {
      name: 'a condition that nobody can tell',
      ...having({ ...replicate, Condition: { StringEquals: { 'aws:userid': 'x' } } }),
      message: ["hangs on 'aws:userid' (statement 1 of the policy of 'orders-replica'), which neither"],
    },
  ],
});

it.skipIf(!hasJq)('keeps what the policy says, and names its statement as no other is named', () => {
  const before = policyOf(...without(statementsOf(policyAnd('destination')), 's3:ReplicateObject'));
  const outcome = tryRule(rule, { destination: { policy: before } });
  const cli = 'finding' in outcome ? (outcome.finding.fix.cli ?? '') : '';
  const after = applied([cli], { policy: before });
  expect(statementsOf(after ?? '').map(({ Sid, Action }) => [Sid, Action])).toEqual([
    ['Replicas', ['s3:ReplicateDelete', 's3:ObjectOwnerOverrideToBucketOwner']],
    ['Replicas2', ['s3:ReplicateObject']],
  ]);
});
