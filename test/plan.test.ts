import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { reads } from '../src/collect/guard.ts';
import { actionsOf, callsOf, planOf } from '../src/plan.ts';
import { select } from '../src/selection.ts';

const planFor = (...ids: readonly string[]): ReturnType<typeof planOf> => planOf(select(rules, {}, ids));

describe('the plan', () => {
  it('holds the facts that the rules need, and no other', () => {
    const plan = planFor('destination-versioning-off');
    const asked = Object.entries(plan).filter(([, facts]) => facts.length > 0);
    expect(asked).toEqual([
      ['bucket', ['replication']],
      ['destination', ['versioning']],
    ]);
  });

  it('makes two calls of a bucket that replicates nothing, under the recommended rules', () => {
    expect(planOf(select(rules, {})).bucket).toEqual(['encryption', 'replication']);
  });

  it('reads tags only where a selector asks for them', () => {
    const only = { tags: { data: 'critical' } };
    const plan = planOf(select(rules, { rules: { 'bucket-key-off': { only } } }, ['bucket-key-off']));
    expect(plan.bucket).toEqual(['encryption', 'replication', 'tagging']);
  });

  it('lists no objects where that is off', () => {
    const selection = select(rules, { objects: { mode: 'off' } });
    expect(selection.map(({ name }) => name)).not.toContain('objects-not-backfilled');
    expect(planOf(selection).objects).toEqual([]);
  });

  it('asks CloudWatch for nothing unless a rule about metrics is named, and then though objects are not listed', () => {
    expect(actionsOf(planOf(select(rules, {})))).not.toContain('cloudwatch:GetMetricData');
    const named = { 'replication-failing': 'error', 'replication-lagging': 'warning' } as const;
    const plan = planOf(select(rules, { rules: named, objects: { mode: 'off' } }));
    expect(plan.objects).toEqual(['failedOperations', 'lag']);
    expect(actionsOf(plan)).toContain('cloudwatch:GetMetricData');
  });

  it('asks for no action that reads an object', () => {
    const actions = actionsOf(planOf(select(rules, {})));
    expect(
      actions.filter((action) => /GetObject(?!LockConfiguration)|\*|^s3:(Put|Delete|Create)/.test(action)),
    ).toEqual([]);
    expect(actions).toContain('s3:GetReplicationConfiguration');
  });

  it('names no call that the guard would refuse', () => {
    const calls = callsOf(planOf(select(rules, {}))).map(({ call }) => call);
    expect(calls.length).toBeGreaterThan(5);
    expect(calls.filter((call) => !reads.has(call))).toEqual([]);
  });

  it('holds the facts that a rule wants beside those that it needs', () => {
    const [rule] = rules;
    if (!rule) throw new Error('There are rules.');
    const wants = { destination: ['tagging'], role: ['definition'] };
    const plan = planOf(select([{ ...rule, scope: 'route', needs: { source: ['lifecycle'] }, wants }], {}));
    expect(Object.entries(plan).filter(([, facts]) => facts.length > 0)).toEqual([
      ['bucket', ['replication']],
      ['source', ['lifecycle']],
      ['destination', ['tagging']],
      ['role', ['definition']],
    ]);
  });

  it("reads what a rule wants of every route's destination as it reads that of one", () => {
    const id = 'noncurrent-versions-kept-forever';
    const plan = planOf(select(rules, { preset: 'all' }, [id]));
    expect([plan.source, plan.destination]).toEqual([['lifecycle'], ['lifecycle']]);
  });

  it('asks for what finds the buckets and their Regions, whatever the rules need', () => {
    expect(actionsOf(planFor('source-versioning-off'))).toEqual([
      's3:GetBucketVersioning',
      's3:GetReplicationConfiguration',
      's3:ListAllMyBuckets',
      's3:ListBucket',
    ]);
  });
});
