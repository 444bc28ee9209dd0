import { describe, expect, it } from 'vitest';
import {
  audited,
  bucketIn,
  everyBucket,
  everyRoute,
  having,
  known,
  selected,
  shop,
  source,
  to,
  vault,
  words,
} from './memory.ts';
import type { Finding } from '../../src/model/finding.ts';
import { defineRule, fail, type Rule } from '../../src/rule.ts';
import type { Selected } from '../../src/selection.ts';
import { account } from '../snapshot/estate.ts';

const orders = source('orders', to('a', { Status: 'Disabled' }), to('replica', { ID: 'second' }));
const replica = having(bucketIn(vault, 'eu-central-1', 'replica'), {
  versioning: known({ Status: 'Suspended', 'a/b~c': [10, 20] }, vault),
});

/** The finding about the route from orders to its replica, resting on these places. */
function findingAt(...at: readonly string[]): Finding | undefined {
  const rule = defineRule({
    ...words,
    needs: { destination: ['versioning'] },
    evaluate: () =>
      fail({ message: 'm', expected: 'e', actual: 'a', ...(at.length > 0 ? { at: at as never[] } : {}) }),
  });
  return audited({ buckets: [orders, replica] }, selected(rule)).findings[0];
}

const pointers = (...at: readonly string[]): unknown =>
  findingAt(...at)?.evidence.map(({ pointer, value }) => [pointer, value]);

describe('the evidence of a finding', () => {
  it('is the call, whose credentials made it and when, and the value at the pointer', () => {
    expect(findingAt('destination.versioning#/Status')?.evidence).toEqual([
      {
        call: 's3:GetBucketVersioning',
        resource: 'arn:aws:s3:::replica',
        account: vault,
        time: '2026-01-01T00:00:00.000Z',
        pointer: '/Status',
        value: 'Suspended',
      },
      {
        call: 's3:GetBucketReplication',
        resource: 'arn:aws:s3:::orders',
        account: shop,
        time: '2026-01-01T00:00:00.000Z',
        pointer: '/Rules/1',
        value: to('replica', { ID: 'second' }),
      },
    ]);
  });

  it('points as RFC 6901 says, and where nothing is to what would hold it', () => {
    const own = ['/Rules/1', to('replica', { ID: 'second' })];
    expect(pointers('destination.versioning#/a~1b~0c/1')).toEqual([['/a~1b~0c/1', 20], own]);
    expect(pointers('destination.versioning#/none/deeper')).toEqual([['', replicaVersioning], own]);
    expect(pointers('destination.versioning#/a~1b~0c/2')).toEqual([['/a~1b~0c', [10, 20]], own]);
    expect(pointers('destination.versioning#/Status/length')).toEqual([['/Status', 'Suspended'], own]);
    expect(pointers('destination.versioning')).toEqual([['', replicaVersioning], own]);
  });

  it('is all that the rule needs, where the rule names no place', () => {
    expect(pointers()).toEqual([
      ['', replicaVersioning],
      ['/Rules/1', to('replica', { ID: 'second' })],
    ]);
  });

  it('names the replication rule once, where the rule points into it', () => {
    expect(pointers('source.replication#/Rules/1/Filter')).toEqual([['/Rules/1/Filter', {}]]);
    expect(pointers('source.replication#/Rules/1')).toMatchObject([['/Rules/1', {}]]);
    // /Rules/10 does not lie within /Rules/1.
    expect(pointers('source.replication#/Rules/10')).toMatchObject([
      ['/Rules', [{}, {}]],
      ['/Rules/1', {}],
    ]);
  });

  it('holds the tags for which a selector took the bucket', () => {
    const tags = known([{ Key: 'data', Value: 'critical' }]);
    const only = { tags: { data: 'critical' } };
    const lines = [having(source('a'), { tagging: tags })];
    const [found] = audited({ buckets: lines }, selected(everyBucket, { only })).findings;
    expect(found?.evidence).toMatchObject([
      { call: 's3:GetBucketTagging', resource: 'arn:aws:s3:::a', account: shop, value: tags.value },
    ]);
    expect(audited({ buckets: lines }, selected(everyBucket)).findings[0]?.evidence).toEqual([]);
  });

  it('is one where two members that it lacks would be in one place', () => {
    expect(pointers('destination.versioning#/none', 'destination.versioning#/other')).toEqual([
      ['', replicaVersioning],
      ['/Rules/1', to('replica', { ID: 'second' })],
    ]);
  });

  it('leaves out what is not known', () => {
    expect(pointers('destination.tagging')).toMatchObject([['/Rules/1', {}]]);
  });
});

const replicaVersioning = { Status: 'Suspended', 'a/b~c': [10, 20] };

describe('a finding', () => {
  const one = (more: Partial<Selected> = {}, rule: Rule = everyRoute): Finding | undefined =>
    audited({ buckets: [orders, replica] }, selected(rule, more)).findings[0];

  it('says of which bucket, account and route it is', () => {
    const accounts = [{ ...account(shop), name: 'shop', ou: 'Root/Workloads' }, account(vault)];
    const { findings } = audited({ buckets: [orders, replica], accounts }, selected(everyRoute));
    expect(findings).toMatchObject([
      {
        rule: 'every-route',
        outcome: 'fail',
        resource: {
          arn: 'arn:aws:s3:::orders',
          bucket: 'orders',
          account: shop,
          accountName: 'shop',
          region: 'eu-west-1',
          ou: 'Root/Workloads',
        },
        route: {
          replicationRule: 'second',
          destination: { bucket: 'replica', account: vault, region: 'eu-central-1' },
        },
        message: 'orders to replica',
      },
    ]);
    expect(findings[0] && 'policy' in findings[0]).toBe(false);
  });

  it('counts the replication rule from 1 where it has no ID', () => {
    const lines = [source('orders', to('a', { Status: 'Disabled' }), to('replica'))];
    const [found] = audited({ buckets: lines }, selected(everyRoute)).findings;
    expect(found?.route?.replicationRule).toBe('#2');
  });

  it("carries the policy's name, and is tallied under it", () => {
    const policy = 'critical data lives in two Regions';
    expect(one({ policy, name: policy })?.policy).toBe(policy);
    const { audit } = audited({ buckets: [orders] }, selected(everyRoute, { policy, name: policy }));
    expect(Object.keys(audit.rules)).toEqual([policy]);
    expect(audit.tallies.rules).toMatchObject({ [policy]: { fail: 1 } });
  });

  const milder: Rule = {
    ...everyBucket,
    evaluate: () => fail({ message: 'm', expected: 'e', actual: 'a', severity: 'note' }),
  };

  it.each([
    ["the rule's own", everyBucket, 'warning', 'warning'],
    ["the case's, where the rule says so", milder, 'warning', 'note'],
    ["the configuration's, above both", milder, 'error', 'error'],
    ["the configuration's", everyBucket, 'note', 'note'],
  ] as const)('has the severity that is %s', (_, rule, severity, expected) => {
    expect(one({ severity }, rule)?.severity).toBe(expected);
    const { audit } = audited({ buckets: [source('a')] }, selected(rule, { severity }));
    expect(audit.tallies.fail[expected]).toBe(1);
  });

  it('is explained by the catalogue that the audit carries', () => {
    const rule = {
      ...everyBucket,
      page: 'AmazonS3/latest/userguide/x.html',
      predicts: ['DstBucketNotFound'] as const,
    };
    const { audit } = audited({ buckets: [] }, selected(rule, { severity: 'error' }), selected(everyRoute));
    expect(audit.rules).toEqual({
      'every-bucket': {
        title: 'A rule',
        severity: 'error',
        why: 'Why.',
        fix: 'Mend it.',
        page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/x.html',
        predicts: ['DstBucketNotFound'],
        controls: [],
        calls: expect.arrayContaining(['s3:GetBucketReplication']) as readonly string[],
      },
      'every-route': expect.objectContaining({ page: null }) as object,
    });
  });
});
