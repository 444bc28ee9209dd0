/** 10,001 buckets, more than S3 lists without pages: all are read, and a list that breaks off is no list. */
import { withoutPauses } from './timeouts.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { troubles } from './troubles.ts';
import { estate, judge, makeBucket, read } from '../collect/estate.ts';
import { planOf } from '../../src/plan.ts';

const number = 10_001;
const org = await estate(1);
const [account = ''] = org.accounts;
const { sandbox } = org;
await makeBucket(await org.s3(account, 'us-east-1'), 'pattern');
const pattern = sandbox.world.buckets.get('pattern');
for (let at = 1; at < number && pattern; at += 1) {
  const name = `bucket-${String(at).padStart(5, '0')}`;
  sandbox.world.buckets.set(name, { ...pattern, name });
}
// Routes come from replication, which is always read: one call a bucket.
const options = { plan: planOf([]), callsPerSecond: 1_000_000 };

beforeAll(withoutPauses);
afterEach(() => {
  sandbox.faults.clear();
});
afterAll(() => org.close());

it('all are listed, page by page, and each is read', async () => {
  sandbox.calls.clear();
  await read(org, options);
  const { coverage } = judge(org).audit;
  expect(coverage.buckets).toBe(number);
  expect(sandbox.calls.count({ operation: 's3:ListBuckets', account })).toBe(11);
  const reads = sandbox.calls.entries().filter(({ operation }) => operation === 's3:GetBucketReplication');
  expect(reads.length).toBe(number);
});

const lasting = troubles.filter(
  ({ passes, happensTo }) => !passes && (happensTo?.('s3:ListBuckets') ?? true),
);

it.each(lasting.map((trouble) => [trouble.name, trouble] as const))(
  'a list that breaks off at its sixth page leaves the account unread, and judges no part of it: %s',
  async (_name, { fault }) => {
    sandbox.faults.add({ ...fault, operation: 's3:ListBuckets', account, after: 5 });
    await read(org, options);
    const { audit, findings } = judge(org);
    expect(audit.coverage).toMatchObject({ complete: false, buckets: 0 });
    expect(audit.coverage.accounts.find(({ id }) => id === account)).toMatchObject({
      status: 'unreadable',
      causes: [{ call: 's3:ListBuckets', account }],
    });
    expect(findings).toEqual([]);
  },
);
