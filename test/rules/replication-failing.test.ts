import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';
import rule from '../../rules/replication-failing.ts';
import type { FailedOperations, ObjectFacts } from '../../src/model/facts.ts';
import { tryRule } from '../../src/tester.ts';

const day = { from: '2026-02-28T07:00:00.000Z', to: '2026-03-01T07:42:11.000Z' };
const failed = (sum: number, datapoints = 24): Pick<ObjectFacts, 'failedOperations'> => ({
  failedOperations: { ...day, sum, datapoints } satisfies FailedOperations,
});
const to = (Metrics: object): object => ({ Destination: { Bucket: 'arn:aws:s3:::orders-replica', Metrics } });

describeRule(rule, {
  pass: [
    { name: 'something was replicated, and nothing failed' },
    { name: 'a single hour has a datapoint', objects: failed(0, 1) },
  ],
  fail: [
    {
      name: 'operations failed',
      objects: failed(1204),
      message:
        "1,204 operations from 'orders' to 'orders-replica' failed between 2026-02-28T07:00Z and 2026-03-01T07:42Z, and S3 repeats none by itself.",
      actual: '1,204 failed',
    },
    { name: 'one is enough', objects: failed(1, 1), message: ['1 operation from'] },
    {
      name: 'the source tells it though nobody knows whose the destination is',
      objects: failed(3),
      destination: { account: null },
      message: ['3 operations from'],
    },
  ],
  notApplicable: [
    {
      name: 'trap 23: without a datapoint nothing was replicated, which is not a zero',
      objects: { failedOperations: null },
    },
    { name: 'metrics are off', objects: failed(3), replicationRule: to({ Status: 'Disabled' }) },
    {
      name: 'metrics are off, and so nothing was read',
      replicationRule: to({ Status: 'Disabled' }),
      denied: ['objects.failedOperations'],
    },
    {
      name: 'there is no destination',
      objects: failed(3),
      destination: { account: null, presence: { status: 404 } },
    },
  ],
  unknown: [{ name: 'CloudWatch is denied', denied: ['objects.failedOperations'] }],
});

it('trap 18: sends the failed objects again, and no others', () => {
  const outcome = tryRule(rule, { objects: failed(3) });
  const cli = 'finding' in outcome ? outcome.finding.fix.cli : '';
  expect(cli).toContain('"ObjectReplicationStatuses":["FAILED"]');
  expect(cli).toContain('aws s3control create-job --account-id 111122223333 ');
});
