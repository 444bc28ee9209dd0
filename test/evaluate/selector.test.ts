import { describe, expect, it } from 'vitest';
import { audited, denied, everyBucket, having, known, selected, shop, source } from './memory.ts';
import { takes } from '../../src/evaluate/selector.ts';
import type { Account, BucketRef } from '../../src/model/estate.ts';
import type { Selector } from '../../src/model/selector.ts';
import { account } from '../snapshot/estate.ts';

const bucket: BucketRef = {
  name: 'acme-orders.eu',
  arn: 'arn:aws:s3:::acme-orders.eu',
  account: shop,
  region: 'eu-west-1',
};
const owner: Account = { ...account(shop), ou: 'Root/Workloads/Production', ouId: 'r-ab12/ou-ab12-work' };
const tags = known([
  { Key: 'data', Value: 'critical' },
  { Key: 'team', Value: 'a\nb' },
]);

const verdict = (selector: Selector): ReturnType<typeof takes> => takes(selector, bucket, owner, tags);

describe('a selector', () => {
  it.each<readonly [Selector, boolean]>([
    [{}, true],
    [{ buckets: ['acme-orders.eu'] }, true],
    [{ buckets: ['acme-orders'] }, false],
    [{ buckets: ['acme-*'] }, true],
    [{ buckets: ['*'] }, true],
    [{ buckets: ['*orders*'] }, true],
    [{ buckets: ['*orders'] }, false],
    [{ buckets: ['orders*'] }, false],
    // A dot is a dot, and no pattern's any character.
    [{ buckets: ['acme-orders?eu'] }, false],
    [{ buckets: ['*rders-eu'] }, false],
    [{ buckets: ['acme.*'] }, false],
    [{ buckets: [] }, false],
    [{ buckets: ['none', 'acme-*'] }, true],
    [{ accounts: [shop] }, true],
    [{ accounts: ['999988887777'] }, false],
    [{ accounts: ['1111*'] }, false],
    [{ regions: ['us-east-1', 'eu-west-1'] }, true],
    [{ regions: ['eu-west-2'] }, false],
    [{ ous: ['Root/Workloads/Production'] }, true],
    [{ ous: ['Root'] }, true],
    [{ ous: ['Root/Work'] }, false],
    [{ ous: ['ou-ab12-work'] }, true],
    [{ ous: ['ou-ab12'] }, false],
    [{ tags: { data: 'critical' } }, true],
    [{ tags: { data: 'crit*' } }, true],
    [{ tags: { data: '*' } }, true],
    [{ tags: { team: 'a*b' } }, true],
    [{ tags: { Data: 'critical' } }, false],
    [{ tags: { owner: '*' } }, false],
    [{ tags: { data: 'critical', team: 'none' } }, false],
    [{ buckets: ['acme-*'], accounts: [shop], regions: ['eu-west-1'], tags: { data: 'critical' } }, true],
    [{ buckets: ['acme-*'], accounts: [shop], regions: ['eu-west-2'], tags: { data: 'critical' } }, false],
  ])('%j: %s', (selector, taken) => {
    expect(verdict(selector)).toBe(taken);
  });

  it('takes no tags for none, where AWS says that there are none', () => {
    expect(takes({ tags: { data: '*' } }, bucket, owner, known(null))).toBe(false);
  });

  it('does not know where the tags are not known, unless something else decides', () => {
    const unread = denied('s3:GetBucketTagging');
    expect(takes({ tags: { data: 'x' } }, bucket, owner, unread)).toEqual(unread);
    expect(takes({ tags: { data: 'x' }, buckets: ['other'] }, bucket, owner, unread)).toBe(false);
    expect(takes({ tags: { data: 'x' } }, bucket, owner, undefined)).toMatchObject({
      causes: [{ reason: 'not-collected', call: 's3:GetBucketTagging' }],
    });
  });

  it('does not know where the Region is not known', () => {
    const nowhere = { ...bucket, region: null };
    expect(takes({ regions: ['eu-west-1'] }, nowhere, owner, tags)).toMatchObject({ known: false });
    expect(takes({ regions: ['eu-west-1'], accounts: ['1'] }, nowhere, owner, tags)).toBe(false);
    expect(takes({ buckets: ['*'] }, nowhere, owner, tags)).toBe(true);
  });

  it('does not know where the OU is not known', () => {
    const nowhere = { ...owner, ou: null, ouId: null };
    expect(takes({ ous: ['Root'] }, bucket, nowhere, tags)).toMatchObject({ known: false });
    expect(takes({ ous: ['Root'] }, bucket, undefined, tags)).toMatchObject({ known: false });
    expect(takes({ ous: ['Root'], buckets: ['none'] }, bucket, nowhere, tags)).toBe(false);
  });

  it('says all that it does not know', () => {
    const all: Selector = { ous: ['Root'], regions: ['x'], tags: { a: 'b' } };
    const found = takes(all, { ...bucket, region: null }, undefined, denied('s3:GetBucketTagging'));
    expect(typeof found === 'object' ? found.causes : []).toHaveLength(3);
  });
});

describe('a rule with a selector', () => {
  const only = { tags: { data: 'critical' } };
  const outcome = (line: ReturnType<typeof source>): object => {
    const { audit, findings } = audited({ buckets: [line] }, selected(everyBucket, { only }));
    const { pass, fail, unknown, notApplicable } = audit.tallies.rules['every-bucket'] ?? {};
    return {
      counts: { pass, fail, unknown, notApplicable },
      causes: findings.flatMap(({ causes }) => causes),
    };
  };

  it('is about the buckets that it takes, and not about the others', () => {
    expect(outcome(having(source('a'), { tagging: tags }))).toMatchObject({ counts: { fail: 1 } });
    expect(outcome(having(source('a'), { tagging: known(null) }))).toMatchObject({
      counts: { fail: 0, notApplicable: 1, unknown: 0 },
    });
  });

  it('is unknown where nobody may read the tags, and says which call', () => {
    expect(outcome(having(source('a'), { tagging: denied('s3:GetBucketTagging') }))).toEqual({
      counts: { pass: 0, fail: 0, unknown: 1, notApplicable: 0 },
      causes: denied('s3:GetBucketTagging').causes,
    });
  });
});
