import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-public.ts';
import { tryRule } from '../../src/tester.ts';

const block = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const open = { policyStatus: { IsPublic: true }, publicAccessBlock: null };
const account = (publicAccessBlock: typeof block | null): object => ({
  accounts: { '444455556666': { publicAccessBlock } },
});

describeRule(rule, {
  pass: [
    { name: 'there is no policy', destination: { publicAccessBlock: null } },
    { name: 'the policy is not public', destination: { ...open, policyStatus: { IsPublic: false } } },
    { name: 'the bucket blocks it', destination: { ...open, publicAccessBlock: block } },
    { name: 'the account blocks it', destination: open, ...account(block) },
    {
      name: "the bucket blocks it, and the account's block is denied",
      destination: { ...open, publicAccessBlock: block },
      denied: ['destinationAccount.publicAccessBlock'],
    },
    {
      name: "the account blocks it, and the bucket's block is denied",
      destination: open,
      ...account(block),
      denied: ['destination.publicAccessBlock'],
    },
    {
      name: 'what is not public needs no block to be known',
      denied: ['destination.publicAccessBlock', 'destinationAccount.publicAccessBlock'],
    },
  ],
  fail: [
    {
      name: 'a public policy and no block',
      destination: open,
      message:
        "Replicas of 'orders' are open to everybody: the policy of 'orders-replica' is public, and neither the bucket nor its account blocks that.",
    },
    {
      name: 'the other settings leave a policy that is there in force',
      destination: { ...open, publicAccessBlock: { ...block, RestrictPublicBuckets: false } },
      ...account({ ...block, RestrictPublicBuckets: false }),
      message: ['open to everybody'],
    },
  ],
  notApplicable: [
    { name: 'the destination does not exist', destination: { account: null, presence: { status: 404 } } },
  ],
  unknown: [
    { name: 'the status is denied', destination: open, denied: ['destination.policyStatus'] },
    { name: "the bucket's block is denied", destination: open, denied: ['destination.publicAccessBlock'] },
    {
      name: "the account's block is denied",
      destination: open,
      denied: ['destinationAccount.publicAccessBlock'],
    },
    {
      name: 'both blocks are denied',
      destination: open,
      denied: ['destination.publicAccessBlock', 'destinationAccount.publicAccessBlock'],
    },
  ],
});

it('says that the policy comes first: the block shuts out the replication role with everybody else', () => {
  const outcome = tryRule(rule, { destination: open });
  expect('finding' in outcome ? outcome.finding.fix.text : '').toContain('In this order');
});
