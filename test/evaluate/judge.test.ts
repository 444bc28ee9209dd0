import { describe, expect, it } from 'vitest';
import {
  audited,
  bucketIn,
  denied,
  everyBucket,
  everyRoute,
  everySource,
  having,
  known,
  roleArn,
  selected,
  source,
  to,
  vault,
  versioned,
  words,
} from './memory.ts';
import type { RoleDefinition } from '../../src/model/aws.ts';
import type { EndLine } from '../../src/model/estate.ts';
import type { Observed, Presence } from '../../src/model/facts.ts';
import { defineRule, notApplicable, pass, type Rule } from '../../src/rule.ts';
import { account, shop } from '../snapshot/estate.ts';

const all = [everyRoute, everyBucket, everySource, versioned].map((rule) => selected(rule));

const role = (definition: Observed<RoleDefinition | null>): EndLine => ({
  kind: 'role',
  arn: roleArn,
  facts: { definition },
});
const trusted = role(known({ Arn: roleArn, AssumeRolePolicyDocument: '{}', Tags: [] }));

const stranger = (name: string, presence?: Observed<Presence>): EndLine => ({
  kind: 'stranger',
  name,
  region: null,
  facts: presence ? { presence } : {},
});

/** A rule of the fewest words. */
const ruleOf = (evaluate: () => unknown, more: Partial<Rule> = {}): Rule => ({
  ...everyBucket,
  id: 'made',
  // The tests give what a rule in JavaScript might.
  evaluate: evaluate as Rule['evaluate'],
  ...more,
});

describe('the engine', () => {
  it('asks bucket rules of every bucket, source rules of every source, route rules of every route', () => {
    const replica = having(bucketIn(vault, 'eu-central-1', 'a'), {
      versioning: known({ Status: 'Enabled' }),
    });
    const orders = source('orders', to('a'), to('a', { Filter: { Prefix: 'x' } }));
    const { audit } = audited(
      { buckets: [orders, source('plain'), replica], ends: [orders, replica, trusted] },
      ...all,
    );
    expect(audit.tallies.rules).toEqual({
      'every-route': { pass: 0, fail: 2, waived: 0, unknown: 0, notApplicable: 0 },
      'every-bucket': { pass: 0, fail: 3, waived: 0, unknown: 0, notApplicable: 0 },
      'every-source': { pass: 1, fail: 0, waived: 0, unknown: 0, notApplicable: 0 },
      versioned: { pass: 2, fail: 0, waived: 0, unknown: 0, notApplicable: 0 },
    });
    expect(audit.tallies).toMatchObject({ fail: { error: 2, warning: 3, note: 0 }, unknown: 0, pass: 3 });
  });

  it('says unknown once a rule where replication is hidden, with the cause, and asks bucket rules all the same', () => {
    const hidden = having(source('orders'), { replication: denied('s3:GetBucketReplication') });
    const { findings, audit } = audited({ buckets: [hidden] }, ...all);
    expect(findings.map(({ rule, outcome, route }) => [rule, outcome, route])).toEqual([
      ['every-route', 'unknown', undefined],
      ['every-bucket', 'fail', undefined],
      ['every-source', 'unknown', undefined],
      ['versioned', 'unknown', undefined],
    ]);
    expect(findings[0]?.causes).toEqual(denied('s3:GetBucketReplication').causes);
    expect(audit.coverage).toMatchObject({ routes: 0, replicatingBuckets: 0, complete: false });
  });

  it('says unknown where replication was not read at all', () => {
    const { findings } = audited({ buckets: [{ ...source('orders'), facts: {} }] }, selected(everyRoute));
    expect(findings).toMatchObject([{ outcome: 'unknown', causes: [{ reason: 'not-collected' }] }]);
  });

  it('asks no rule whose facts are not all known, and says every cause once', () => {
    const orders = source('orders', to('replica'));
    const replica = having(bucketIn(vault, 'eu-central-1', 'replica'), {
      versioning: denied('s3:GetBucketVersioning', vault),
      objectLock: denied('s3:GetObjectLockConfiguration', vault),
      lifecycle: denied('s3:GetBucketVersioning', vault),
    });
    const rule = defineRule({
      ...words,
      needs: { destination: ['versioning', 'objectLock', 'lifecycle'] },
      evaluate: () => {
        throw new Error('It must not be asked.');
      },
    });
    const { findings } = audited({ buckets: [orders, replica] }, selected(rule));
    expect(findings).toMatchObject([
      {
        outcome: 'unknown',
        severity: 'error',
        causes: [
          { call: 's3:GetBucketVersioning', account: vault },
          { call: 's3:GetObjectLockConfiguration', account: vault },
        ],
        evidence: [],
      },
    ]);
    expect(findings[0]?.message).toContain('s3:GetBucketVersioning was denied');
  });

  it('keeps causes apart that differ in the account alone', () => {
    const hide = (line: ReturnType<typeof source>): typeof line =>
      having(line, { versioning: denied('s3:GetBucketVersioning', line.account) });
    const rule = defineRule({
      ...words,
      needs: { source: ['versioning'], destination: ['versioning'] },
      evaluate: () => pass,
    });
    const lines = [hide(source('orders', to('replica'))), hide(bucketIn(vault, null, 'replica'))];
    const [found] = audited({ buckets: lines }, selected(rule)).findings;
    expect(found?.causes.map((cause) => cause.account)).toEqual([shop, vault]);
  });

  it('hands wanted facts over as they were observed, unknown ones too', () => {
    const orders = source('orders', to('replica'));
    const seen: unknown[] = [];
    const rule = defineRule({
      ...words,
      needs: {},
      wants: { destination: ['versioning', 'tagging'] },
      evaluate: ({ destination }) => {
        seen.push(destination.versioning, destination.tagging);
        return pass;
      },
    });
    const replica = having(bucketIn(vault, null, 'replica'), {
      versioning: denied('s3:GetBucketVersioning'),
    });
    expect(audited({ buckets: [orders, replica] }, selected(rule)).audit.tallies.pass).toBe(1);
    expect(seen).toMatchObject([
      denied('s3:GetBucketVersioning'),
      { known: false, causes: [{ reason: 'not-collected', call: 's3:GetBucketTagging' }] },
    ]);
  });

  it('hands over what was declared and nothing else', () => {
    let view: object = {};
    const rule = { ...versioned, evaluate: (given: object) => ((view = given), pass) } as unknown as Rule;
    const replica = having(bucketIn(vault, 'eu-central-1', 'a'), {
      versioning: known({ Status: 'Enabled' }),
      tagging: known(null),
    });
    audited({ buckets: [source('orders', to('a')), replica], ends: [replica] }, selected(rule));
    expect(view).toMatchObject({ destination: { versioning: { Status: 'Enabled' }, account: vault } });
    expect(JSON.stringify(view)).not.toContain('tagging');
    expect(Object.keys(Reflect.get(view, 'source') as object).sort()).toEqual([
      'account',
      'arn',
      'name',
      'region',
    ]);
  });
});

describe('a destination', () => {
  const orders = source('orders', to('gone'));
  const outcomes = (ends: readonly EndLine[], ...rules: readonly Rule[]): object => {
    const { audit } = audited(
      { buckets: [orders], ends: [orders, ...ends] },
      ...rules.map((rule) => selected(rule)),
    );
    const { pass: passed, unknown, notApplicable: none } = audit.tallies;
    return { pass: passed, unknown, notApplicable: none };
  };
  const present = defineRule({
    ...words,
    needs: { destination: ['presence'] },
    evaluate: ({ destination }) => (destination.presence.status === 404 ? pass : notApplicable),
  });

  it('that is missing has no facts that could be wrong: that it is missing is said elsewhere', () => {
    const gone = stranger('gone', known({ status: 404 }));
    expect(outcomes([gone], versioned)).toEqual({ pass: 0, unknown: 0, notApplicable: 1 });
    const objects = { ...versioned, needs: { objects: ['backfill'] } };
    expect(outcomes([gone], objects)).toEqual({ pass: 0, unknown: 0, notApplicable: 1 });
    expect(outcomes([gone], present)).toEqual({ pass: 1, unknown: 0, notApplicable: 0 });
  });

  it.each([
    ['answers 403', known({ status: 403 } as const)],
    ['did not answer', denied('s3:HeadBucket')],
    ['was not asked', undefined],
  ])('that %s is unknown', (_, presence) => {
    expect(outcomes([stranger('gone', presence)], versioned)).toEqual({
      pass: 0,
      unknown: 1,
      notApplicable: 0,
    });
  });

  it('is outside the organization only where every account told its buckets', () => {
    const reasonWith = (parts: object): unknown =>
      audited({ buckets: [orders], ends: [orders, stranger('gone')], ...parts }, selected(versioned))
        .findings[0]?.causes[0]?.reason;
    expect(reasonWith({})).toBe('outside-organization');
    expect(reasonWith({ organization: null })).toBe('not-collected');
    const silent = { ...account('777788889999'), status: 'skipped', why: 'Excluded.' } as const;
    expect(reasonWith({ accounts: [account(shop), silent] })).toBe('not-collected');
  });

  it('that a scanned account lists is there, without a call', () => {
    expect(outcomes([bucketIn(vault, 'eu-central-1', 'gone')], present)).toEqual({
      pass: 0,
      unknown: 0,
      notApplicable: 1,
    });
  });

  it('is one only by a rule that is enabled', () => {
    const asked: unknown[] = [];
    const rule = ruleOf((...given: readonly unknown[]) => {
      asked.push(Reflect.get(given[0] as object, 'isDestination'));
      return pass;
    });
    const lines = [source('a', to('b'), to('c', { Status: 'Disabled' })), source('b'), source('c')];
    audited({ buckets: lines }, selected(rule));
    expect(asked).toEqual([false, true, false]);
  });
});
