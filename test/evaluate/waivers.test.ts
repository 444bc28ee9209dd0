import { describe, expect, it } from 'vitest';
import {
  audited,
  bucketIn,
  denied,
  everyBucket,
  everyRoute,
  having,
  judged,
  known,
  selected,
  shop,
  source,
  to,
  vault,
  type Audited,
} from './memory.ts';
import { account } from '../snapshot/estate.ts';
import type { WaiverSetting } from '../../src/model/configuration.ts';
import type { BucketLine } from '../../src/model/estate.ts';
import { planOf } from '../../src/plan.ts';
import type { Selected } from '../../src/selection.ts';

/** The snapshots of these tests were read on 2026-01-01. */
const base: WaiverSetting = {
  rule: 'every-bucket',
  only: { buckets: ['a'] },
  reason: 'It moves in spring.',
  owner: 'team-a',
  expires: '2026-06-30',
};

const all = [selected(everyBucket), selected(everyRoute)];

function withWaivers(
  buckets: readonly BucketLine[],
  waivers: readonly Partial<WaiverSetting>[],
  selection: readonly Selected[] = all,
): Audited {
  return judged({ buckets }, { selection, waivers: waivers.map((one) => ({ ...base, ...one })) });
}

/** The buckets whose failures are waived, and of routes where they lead. */
const taken = ({ findings }: Audited): readonly string[] =>
  findings.flatMap(({ waiver, resource, route }) =>
    waiver ? [route ? `${resource.bucket}>${route.destination.bucket}` : resource.bucket] : [],
  );

describe('a waiver', () => {
  it('says in the finding who has taken it on, why and until when, and counts it apart', () => {
    const { audit, findings } = withWaivers([source('a'), source('b')], [{}]);
    expect(findings.map(({ waiver }) => waiver)).toEqual([
      { reason: 'It moves in spring.', owner: 'team-a', expires: '2026-06-30' },
      undefined,
    ]);
    expect(findings.map(({ outcome }) => outcome)).toEqual(['fail', 'fail']);
    expect(audit.tallies).toMatchObject({
      fail: { error: 0, warning: 1, note: 0 },
      waived: 1,
      rules: { 'every-bucket': { fail: 1, waived: 1 } },
    });
    expect(audit.waivers).toEqual([{ ...base, state: 'in-force', failures: 1, undecided: 0, said: null }]);
  });

  it('takes failures of its rule alone', () => {
    const lines = [source('a', to('b'))];
    expect(taken(withWaivers(lines, [{}]))).toEqual(['a']);
    expect(taken(withWaivers(lines, [{ rule: 'every-route' }]))).toEqual(['a>b']);
  });

  it("takes one policy's where it names one, and otherwise every policy's of the rule", () => {
    const policies = ['one', 'two'].map((policy) => selected(everyBucket, { policy, name: policy }));
    const takenOf = (waiver: Partial<WaiverSetting>): readonly (string | undefined)[] =>
      withWaivers([source('a')], [waiver], policies).findings.flatMap(({ waiver: has, policy }) =>
        has ? [policy] : [],
      );
    expect(takenOf({ policy: 'two' })).toEqual(['two']);
    expect(takenOf({})).toEqual(['one', 'two']);
  });

  it('may mean one route of several, and then nothing that is about no route', () => {
    const lines = [source('a', to('b'), to('c-1'), to('c-2'))];
    const only = { buckets: ['a'], destinations: ['c-*'] };
    expect(taken(withWaivers(lines, [{ rule: 'every-route', only }]))).toEqual(['a>c-1', 'a>c-2']);
    expect(taken(withWaivers(lines, [{ only }]))).toEqual([]);
  });

  it('takes by account and Region as selectors do', () => {
    const lines = [source('a'), bucketIn(vault, 'eu-central-1', 'z')];
    expect(taken(withWaivers(lines, [{ only: { accounts: [vault] } }]))).toEqual(['z']);
    expect(taken(withWaivers(lines, [{ only: { regions: ['eu-west-1'] } }]))).toEqual(['a']);
  });

  it('leaves a route neither broken nor healthy in the topology', () => {
    const lines = [source('a', to('b'))];
    const edge = (waivers: readonly Partial<WaiverSetting>[]): object | undefined =>
      withWaivers(lines, waivers).audit.topology.edges[0];
    expect(edge([])).toMatchObject({ broken: 1, warned: 0 });
    expect(edge([{ rule: 'every-route' }])).toMatchObject({ broken: 0, warned: 1 });
  });

  it('is decided by the first that takes the failure and has not expired', () => {
    const old = { expires: '2025-12-31', owner: 'old' };
    const { audit, findings } = withWaivers([source('a')], [old, { owner: 'first' }, { owner: 'second' }]);
    expect(findings[0]?.waiver?.owner).toBe('first');
    expect(audit.waivers.map(({ failures }) => failures)).toEqual([1, 1, 0]);
  });
});

describe('an unknown', () => {
  const hidden = (line: BucketLine): BucketLine =>
    having(line, { replication: denied('s3:GetBucketReplication') });

  it('is not waived, and leaves its waiver undecided', () => {
    const { audit, findings } = withWaivers([hidden(source('a'))], [{ rule: 'every-route' }]);
    const unknown = findings.find(({ outcome }) => outcome === 'unknown');
    expect(unknown?.waiver).toBeUndefined();
    expect(audit.tallies).toMatchObject({ unknown: 1, waived: 0 });
    expect(audit.waivers).toMatchObject([{ failures: 0, undecided: 1, said: null }]);
  });

  it('tag waives nothing', () => {
    const only = { tags: { legacy: 'yes' } };
    const tagged = having(source('a'), { tagging: known([{ Key: 'legacy', Value: 'yes' }]) });
    const denying = having(source('b'), { tagging: denied('s3:GetBucketTagging') });
    const result = withWaivers([tagged, denying], [{ only }]);
    expect(taken(result)).toEqual(['a']);
    expect(result.audit.waivers).toMatchObject([{ failures: 1, undecided: 1 }]);
  });
});

describe('the end of a waiver', () => {
  it.each([
    ['2026-06-30', 'in-force', null],
    ['2026-01-16', 'in-force', null],
    ['2026-01-15', 'expiring', 'It expires on 2026-01-15, in 14 days.'],
    ['2026-01-02', 'expiring', 'It expires on 2026-01-02, in 1 day.'],
    ['2026-01-01', 'expiring', 'It expires on 2026-01-01, today.'],
    ['2025-12-31', 'expired', 'It expired on 2025-12-31: what it took (1) counts again.'],
  ])('on %s is %s on 2026-01-01', (expires, state, said) => {
    const { audit } = withWaivers([source('a')], [{ expires }]);
    expect(audit.waivers).toMatchObject([{ state, said, failures: 1 }]);
    expect(audit.tallies.waived).toBe(state === 'expired' ? 0 : 1);
    expect(audit.tallies.fail.warning).toBe(state === 'expired' ? 1 : 0);
  });
});

describe('a waiver that matches nothing', () => {
  const saidOf = (
    buckets: readonly BucketLine[],
    waiver: Partial<WaiverSetting>,
  ): string | null | undefined => withWaivers(buckets, [waiver]).audit.waivers[0]?.said;

  it('is named, and why it may', () => {
    const nowhere = { only: { buckets: ['nowhere'] } };
    expect(saidOf([source('a')], nowhere)).toMatch(/^It matches nothing: what it took was mended, or/);
    expect(saidOf([source('a')], { rule: 'another' })).toMatch(/its rule or policy is not on/);
    expect(saidOf([source('a')], { policy: 'another' })).toMatch(/its rule or policy is not on/);
    expect(saidOf([source('a')], { ...nowhere, expires: '2025-12-31' })).toMatch(
      /^It expired on 2025-12-31\. It matches nothing/,
    );
  });

  it('is not blamed for what was not read', () => {
    const silent = { ...account(vault), status: 'skipped', why: 'Excluded.' } as const;
    const { audit } = judged(
      { buckets: [source('a')], accounts: [account(shop), silent] },
      { selection: all, waivers: [{ ...base, only: { accounts: [vault] } }] },
    );
    expect(audit.waivers[0]?.said).toBe('It matches nothing in what was read, and not everything was.');
  });
});

describe('the plan', () => {
  const tags = { ...base, only: { tags: { legacy: 'yes' } } };

  it('reads tags where a waiver of a rule that is on asks for them, and not otherwise', () => {
    expect(planOf(all, [tags]).bucket).toContain('tagging');
    expect(planOf(all, [base]).bucket).not.toContain('tagging');
    expect(planOf([selected(everyRoute)], [tags]).bucket).not.toContain('tagging');
  });
});

it('an audit without waivers has none', () => {
  const { audit, findings } = audited({ buckets: [source('a')] }, ...all);
  expect(audit.waivers).toEqual([]);
  expect(findings.some((finding) => 'waiver' in finding || 'change' in finding)).toBe(false);
});
