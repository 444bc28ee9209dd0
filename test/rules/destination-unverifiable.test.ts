import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import outside from '../../rules/destination-outside-organization.ts';
import rule from '../../rules/destination-unverifiable.ts';
import { tryRule } from '../../src/tester.ts';

describeRule(rule, {
  pass: [{ name: 'a scanned account owns it', everyAccountListed: false }],
  fail: [
    {
      name: 'trap 30: 403 and not every account was listed, so the owner is not known',
      destination: { account: null, presence: { status: 403 } },
      everyAccountListed: false,
      message:
        "Objects of 'orders' go to 'orders-replica', which no scanned account owns. Not every account could be listed, so its owner is not known and it was not checked.",
    },
    {
      name: 'it answers us, of an owner unknown',
      destination: { account: null, presence: { status: 200 } },
      everyAccountListed: false,
      message: ['its owner is not known'],
    },
  ],
  notApplicable: [
    { name: 'every account was listed', destination: { account: null, presence: { status: 403 } } },
    {
      name: 'it does not exist',
      destination: { account: null, presence: { status: 404 } },
      everyAccountListed: false,
    },
  ],
  unknown: [
    {
      name: 'HeadBucket failed',
      destination: { account: null },
      everyAccountListed: false,
      denied: ['destination.presence'],
    },
  ],
});

it.each([200, 403] as const)('of a stranger that answers %i exactly one of the two rules fires', (status) => {
  for (const everyAccountListed of [true, false]) {
    const situation = { destination: { account: null, presence: { status } }, everyAccountListed };
    const outcomes = [rule, outside].map((one) => tryRule(one, situation).outcome);
    expect(outcomes.toSorted()).toEqual(['fail', 'notApplicable']);
  }
});
