import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/deletes-reach-unlocked-replica.ts';
import { tryRule } from '../../src/tester.ts';

const carried = { replicationRule: { DeleteMarkerReplication: { Status: 'Enabled' } } };
const first = { replicationRule: { Filter: undefined, Prefix: '', DeleteMarkerReplication: undefined } };
const locked = { destination: { objectLock: { ObjectLockEnabled: 'Enabled' } } };

describeRule(rule, {
  pass: [
    { name: 'the destination is locked', ...carried, ...locked },
    { name: 'trap 1: V1 carries them too, into a locked destination', ...first, ...locked },
  ],
  fail: [
    {
      name: 'delete markers replicate, and nothing is locked',
      ...carried,
      message:
        "Deleting an object of 'orders' hides its replica in 'orders-replica' too: delete markers take this route, and the destination has no Object Lock.",
      actual: 'delete markers replicate; Object Lock not configured',
    },
    { name: 'trap 1: without a Filter it is V1, which carries them always', ...first, message: ['hides'] },
  ],
  notApplicable: [
    { name: 'delete markers stay at the source' },
    {
      name: 'delete markers stay at the source, whatever the destination has',
      destination: { objectLock: null, account: null },
    },
    {
      name: 'trap 1: `Filter: {}` is V2, where they stay unless it says otherwise',
      replicationRule: { Filter: {}, DeleteMarkerReplication: undefined },
    },
  ],
  unknown: [{ name: 'the lock is denied', ...carried, denied: ['destination.objectLock'] }],
});

it('keeps delete markers at the source, but where V1 has no setting for it', () => {
  const cli = (situation: object): string | undefined => {
    const outcome = tryRule(rule, situation);
    return 'finding' in outcome ? outcome.finding.fix.cli : '';
  };
  expect(cli(carried)).toContain('.Rules[0].DeleteMarkerReplication.Status = "Disabled"');
  expect(cli(first)).toBeUndefined();
});
