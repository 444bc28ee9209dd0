import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/destination-account-mismatch.ts';
import { toReplica } from '../../rules/shared/example.ts';
import { tryRule, type TestSituation } from '../../src/tester.ts';

const says = (Account: string): Pick<TestSituation, 'replicationRule'> => ({
  replicationRule: { Destination: toReplica({ Account }) },
});
const stranger = { account: null, presence: { status: 403 as const } };

describeRule(rule, {
  pass: [{ name: 'the account is the owner', ...says('444455556666') }],
  fail: [
    {
      name: 'another account owns it',
      ...says('111122223333'),
      actual: '111122223333',
      message:
        "Objects of 'orders' may not go where they were meant to: the replication rule says that account '111122223333' owns 'orders-replica', but account '444455556666' does.",
    },
    {
      name: 'the account is of the organization, told its buckets, and has none of that name',
      ...says('444455556666'),
      destination: stranger,
      message: ["account '444455556666' owns 'orders-replica', but that account has no such bucket"],
    },
  ],
  notApplicable: [
    { name: 'the rule names no account' },
    {
      name: 'the account is not of the organization, and may own it',
      ...says('999900001111'),
      destination: stranger,
    },
    {
      name: 'an account did not tell its buckets',
      ...says('444455556666'),
      destination: stranger,
      everyAccountListed: false,
    },
    {
      name: 'it does not exist, which destination-missing says',
      ...says('444455556666'),
      destination: { account: null, presence: { status: 404 } },
    },
  ],
  unknown: [
    {
      name: 'HeadBucket failed, so that it may not be there at all',
      ...says('444455556666'),
      destination: stranger,
      denied: ['destination.presence'],
    },
  ],
});

it.each<[string, TestSituation, string]>([
  ['names the owner where it is known', {}, '--arg account 444455556666'],
  ['disables the rule where it is not', { destination: stranger }, '.Status = "Disabled"'],
])('%s', (_, situation, command) => {
  const account = situation.destination ? '444455556666' : '111122223333';
  const outcome = tryRule(rule, { ...says(account), ...situation });
  expect('finding' in outcome ? outcome.finding.fix.cli : '').toContain(command);
});
