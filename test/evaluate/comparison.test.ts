import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketIn,
  denied,
  everyBucket,
  everyRoute,
  having,
  judged,
  selected,
  shop,
  source,
  to,
  vault,
  type Audited,
  type Parts,
} from './memory.ts';
import { account } from '../snapshot/estate.ts';
import type { AuditChange } from '../../src/model/audit.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import type { WaiverSetting } from '../../src/model/configuration.ts';
import type { Account, BucketLine } from '../../src/model/estate.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Baseline } from '../../src/evaluate/comparison.ts';
import type { Judgement } from '../../src/evaluate/evaluate.ts';

const all = [selected(everyBucket), selected(everyRoute)];

const audit = (parts: Parts, more: Partial<Judgement> = {}): Audited =>
  judged(parts, { selection: all, ...more });

/** As the files of an audit hand it to the next: its own findings, and those that it carried. */
const baselineOf = ({ audit: before, findings }: Audited): Baseline => ({
  audit: before,
  findings: () => findings.filter(({ change }) => change !== 'resolved'),
});

function against(
  before: Audited,
  parts: Parts,
  more: Partial<Judgement> = {},
): Audited & { readonly change: AuditChange } {
  const after = audit(parts, { ...more, baseline: baselineOf(before) });
  if (!after.audit.change) throw new Error('It was held against nothing.');
  return { ...after, change: after.audit.change };
}

const nameOf = ({ resource, route, rule }: Finding): string =>
  `${rule} ${resource.bucket}${route ? `>${route.destination.bucket}` : ''}`;

/** What is said of each finding, sorted. */
const changes = ({ findings }: Audited): readonly string[] =>
  findings.map((finding) => `${finding.change ?? 'none'}: ${nameOf(finding)}`).sort();

const zero = { error: 0, warning: 0, note: 0 };
const skipped = (id: string): Account => ({ ...account(id), status: 'skipped', why: 'Excluded.' });
const hidden = (line: BucketLine): BucketLine =>
  having(line, { replication: denied('s3:GetBucketReplication') });

describe('an audit against an earlier one', () => {
  const before = audit({ buckets: [source('a', to('x'), to('y')), source('b')] });

  it('says of each finding whether it is new, and which are resolved', () => {
    const after = against(before, { buckets: [source('a', to('y'), to('z')), source('c')] });
    expect(changes(after)).toEqual([
      'new: every-bucket c',
      'new: every-route a>z',
      'resolved: every-bucket b',
      'resolved: every-route a>x',
      'unchanged: every-bucket a',
      'unchanged: every-route a>y',
    ]);
    expect(after.change).toMatchObject({
      baseline: { finished: '2026-01-01T00:01:00.000Z', configuration: 'hash', replint: '0.0.0' },
      new: { error: 1, warning: 1, note: 0 },
      unchanged: { error: 1, warning: 1, note: 0 },
      resolved: { error: 1, warning: 1, note: 0 },
      carried: zero,
      unknownNow: 0,
      dropped: 0,
    });
    // The tallies are of now.
    expect(after.audit.tallies.fail).toEqual({ error: 2, warning: 2, note: 0 });
  });

  it('neither resolves nor renews what is not known now, a bucket whose routes are hidden included', () => {
    const after = against(before, { buckets: [hidden(source('a')), source('b')] });
    expect(changes(after)).toEqual([
      'carried: every-route a>x',
      'carried: every-route a>y',
      // The bucket's unknown is another finding than those of its routes, which nobody knows.
      'new: every-route a',
      'unchanged: every-bucket a',
      'unchanged: every-bucket b',
    ]);
    expect(after.change).toMatchObject({ carried: { ...zero, error: 2 }, unknownNow: 2, resolved: zero });
  });

  it('says of an unknown that it failed in the baseline', () => {
    const only = { tags: { a: 'b' } };
    const failing = audit({ buckets: [source('a')] });
    const after = against(
      failing,
      { buckets: [having(source('a'), { tagging: denied('s3:GetBucketTagging') })] },
      { selection: [selected(everyBucket, { only })] },
    );
    expect(changes(after)).toEqual(['carried: every-bucket a', 'unknown-now: every-bucket a']);
    expect(after.change).toMatchObject({ unknownNow: 1, carried: { ...zero, warning: 1 } });
    // And the next audit, in which it fails, has it from the one before.
    expect(changes(against(after, { buckets: [source('a')] }))).toEqual(['unchanged: every-bucket a']);
    expect(changes(against(after, { buckets: [], accounts: [account(shop)] }))).toEqual([
      'resolved: every-bucket a',
    ]);
  });

  it('takes a failure for new that was unknown in the baseline', () => {
    const unknown = audit({ buckets: [hidden(source('a'))] });
    const after = against(unknown, { buckets: [source('a', to('x'))] });
    expect(changes(after)).toEqual(['new: every-route a>x', 'unchanged: every-bucket a']);
    expect(changes(against(unknown, { buckets: [hidden(source('a'))] }))).toEqual([
      'unchanged: every-bucket a',
      'unchanged: every-route a',
    ]);
  });
});

describe('what an audit did not look at', () => {
  const whole = audit({ buckets: [source('a'), bucketIn(vault, 'eu-central-1', 'v')] });
  const partial = { buckets: [source('a')], accounts: [account(shop), skipped(vault)] };

  it('is carried, over several audits, until somebody looks', () => {
    const second = against(whole, partial);
    expect(changes(second)).toEqual(['carried: every-bucket v', 'unchanged: every-bucket a']);
    expect(second.change).toMatchObject({ carriedAccounts: [vault], resolved: zero, unknownNow: 0 });
    const third = against(second, partial);
    expect(changes(third)).toEqual(changes(second));
    expect(third.change.carriedAccounts).toEqual([vault]);
    expect(changes(against(third, { ...partial, accounts: [account(shop), account(vault)] }))).toEqual([
      'resolved: every-bucket v',
      'unchanged: every-bucket a',
    ]);
  });

  it('is not said to be carried where the baseline knew nothing of it either', () => {
    const before = audit(partial);
    expect(against(before, partial).change.carriedAccounts).toEqual([]);
  });

  it('is gone with an account that has left the organization, and only where there is one that says so', () => {
    const gone = { buckets: [source('a')], accounts: [account(shop)] };
    expect(changes(against(whole, gone))).toContain('resolved: every-bucket v');
    const alone = audit({
      buckets: whole.findings.length > 0 ? [source('a'), bucketIn(vault, null, 'v')] : [],
      organization: null,
    });
    expect(changes(against(alone, { ...gone, organization: null }))).toContain('carried: every-bucket v');
  });

  it('may be rules, where --rule left them out, and is dropped where the configuration did', () => {
    const before = audit({ buckets: [source('a', to('x'))] });
    const selection = [selected(everyBucket)];
    const parts = { buckets: [source('a', to('x'))] };
    const narrowed = against(before, parts, { selection, onlyRules: ['every-bucket'] });
    expect(changes(narrowed)).toEqual(['carried: every-route a>x', 'unchanged: every-bucket a']);
    expect(narrowed.change).toMatchObject({
      carriedRules: true,
      dropped: 0,
      rules: { 'every-route': { title: 'A rule' } },
    });
    const again = against(narrowed, parts, { selection, onlyRules: ['every-bucket'] });
    expect(again.change).toEqual(narrowed.change);
    const off = against(before, parts, { selection });
    expect(changes(off)).toEqual(['unchanged: every-bucket a']);
    expect(off.change).toMatchObject({ carriedRules: false, dropped: 1, resolved: zero, rules: {} });
  });
});

describe('waivers and a baseline', () => {
  const waiver: WaiverSetting = {
    rule: 'every-bucket',
    only: { buckets: ['*'] },
    reason: 'r',
    owner: 'o',
    expires: '2026-01-01',
  };
  const expired = { ...waiver, expires: '2025-12-31' };
  const parts = { buckets: [source('a')] };

  it('a failure whose waiver has ended is new: nobody has taken it on', () => {
    const before = audit(parts, { waivers: [waiver] });
    const after = against(before, parts, { waivers: [expired] });
    expect(changes(after)).toEqual(['new: every-bucket a']);
    expect(after.change.new).toEqual({ ...zero, warning: 1 });
  });

  it('a failure that is waived now is unchanged, and counted as neither', () => {
    const after = against(audit(parts), parts, { waivers: [waiver] });
    expect(changes(after)).toEqual(['unchanged: every-bucket a']);
    expect(after.change).toMatchObject({ new: zero, unchanged: zero });
  });

  it('what is carried is waived as the configuration has it now, and by tags as it was', () => {
    const far = { buckets: [], accounts: [account(shop), skipped(vault)] };
    const before = audit({
      buckets: [bucketIn(vault, null, 'v')],
      accounts: [account(shop), account(vault)],
    });
    const carriedWaiver = (waivers: readonly WaiverSetting[], from = before): unknown =>
      against(from, far, { waivers }).findings[0]?.waiver;
    expect(carriedWaiver([])).toBeUndefined();
    expect(carriedWaiver([waiver])).toMatchObject({ owner: 'o' });
    expect(carriedWaiver([expired])).toBeUndefined();
    const tagged = { ...waiver, only: { tags: { a: 'b' } } };
    expect(carriedWaiver([tagged])).toBeUndefined();
    const waived = {
      ...before,
      findings: before.findings.map((one) => ({
        ...one,
        waiver: { reason: 'r', owner: 'o', expires: '2026-01-01' },
      })),
    };
    expect(carriedWaiver([tagged], waived)).toMatchObject({ owner: 'o' });
    expect(carriedWaiver([{ ...tagged, owner: 'another' }], waived)).toBeUndefined();
    expect(carriedWaiver([], waived)).toBeUndefined();
    expect(carriedWaiver([{ ...waiver, only: { buckets: ['other'] } }], waived)).toBeUndefined();
  });
});

describe('an account that was never scanned', () => {
  const parts = (...accounts: readonly Account[]): Parts => ({ buckets: [source('a', to('b'))], accounts });
  const never = ({ audit: { header } }: Audited): readonly string[] | undefined => header.neverScanned;
  const first = audit(parts(account(shop), skipped(vault)), { baseline: 'none' });

  it('is said from the first audit on, until it is scanned', () => {
    expect(never(audit(parts(account(shop), skipped(vault))))).toBeUndefined();
    expect(first.audit.change).toBeUndefined();
    expect(never(first)).toEqual([vault]);
    const second = against(first, parts(account(shop), skipped(vault)));
    expect(never(second)).toEqual([vault]);
    const third = against(second, parts(account(shop), account(vault)));
    expect(never(third)).toEqual([]);
    expect(never(against(third, parts(account(shop), skipped(vault))))).toEqual([]);
  });

  it('is not one of which a partial audit knew nothing, since others may have', () => {
    const partial = audit(parts(account(shop), skipped(vault)));
    expect(never(against(partial, parts(account(shop), skipped(vault))))).toEqual([]);
  });

  it('is one that is new, where the baseline knew who was there', () => {
    const other = skipped('777788889999');
    const listed = audit(parts(account(shop)));
    expect(never(against(listed, parts(account(shop), other)))).toEqual([other.id]);
    const alone = audit({ ...parts(account(shop)), organization: null });
    expect(never(against(alone, parts(account(shop), other)))).toEqual([]);
  });
});

const names = ['p', 'q', 'r'] as const;
const route = fc.record({
  name: fc.constantFrom(...names),
  prefix: fc.constantFrom('', 'x/', 'y/'),
  priority: fc.nat({ max: 5 }),
});
const bucket = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  own: fc.constantFrom(shop, vault),
  routes: fc.array(route, { maxLength: 4 }),
  state: fc.constantFrom('known', 'known', 'hidden'),
});
type DrawnRoute = typeof route extends fc.Arbitrary<infer R> ? R : never;
type Drawn = typeof bucket extends fc.Arbitrary<infer R> ? R : never;

/** Bucket names are one to an organization, and a route's destination, filter and priority one to a bucket. */
const estate = fc.uniqueArray(bucket, { selector: ({ name }) => name, maxLength: 4 });

const ruleOf = ({ name, prefix, priority }: DrawnRoute, ID?: string): ReplicationRule =>
  to(name, { Filter: { Prefix: prefix }, Priority: priority, ...(ID === undefined ? {} : { ID }) });

function lineOf({ name, own, routes, state }: Drawn, id?: string): BucketLine {
  const line = source(
    name,
    ...routes.map((one, at) => ruleOf(one, id === undefined ? undefined : `${id}${at}`)),
  );
  const owned = { ...line, account: own };
  return state === 'hidden' ? hidden(owned) : owned;
}

const both = [account(shop), account(vault)];
const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });

describe('whatever the estate', () => {
  it('another order, other IDs of replication rules, and more accounts make nothing new and resolve nothing', () => {
    const moved = estate.chain((drawn) =>
      fc.tuple(
        fc.constant(drawn),
        fc
          .tuple(...drawn.map((one) => shuffled(one.routes).map((routes) => ({ ...one, routes }))))
          .chain((turned) => shuffled(turned)),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(moved, ([drawn, turned, id]) => {
        const before = audit({ buckets: drawn.map((one) => lineOf(one)), accounts: both });
        const other = '777788889999';
        const more = { ...source('elsewhere', to('p')), account: other };
        const after = against(before, {
          buckets: [more, ...turned.map((one) => lineOf(one, id))],
          accounts: [account(other), ...both],
        });
        const own = after.findings.filter(({ resource }) => resource.account !== other);
        expect(own.filter(({ change }) => change !== 'unchanged').map(nameOf)).toEqual([]);
        expect(own.map(({ fingerprint }) => fingerprint).sort()).toEqual(
          before.findings.map(({ fingerprint }) => fingerprint).sort(),
        );
      }),
    );
  });

  it('every failure of the baseline is unchanged, resolved or carried, once, and resolved only where somebody looked', () => {
    const scope = fc.constantFrom(both, [account(shop), skipped(vault)], [skipped(shop), account(vault)]);
    fc.assert(
      fc.property(estate, estate, scope, (first, second, accounts) => {
        const before = audit({ buckets: first.map((one) => lineOf(one)), accounts: both });
        const scanned = new Set(accounts.filter(({ status }) => status === 'scanned').map(({ id }) => id));
        const seen = second.filter(({ own }) => scanned.has(own));
        const after = against(before, { buckets: seen.map((one) => lineOf(one)), accounts });
        const kept = after.findings.filter(({ outcome, change }) => outcome === 'fail' && change !== 'new');
        const failed = before.findings.filter(({ outcome }) => outcome === 'fail');
        expect(kept.map(({ fingerprint }) => fingerprint).sort()).toEqual(
          failed.map(({ fingerprint }) => fingerprint).sort(),
        );
        const blind = new Set<string>(seen.filter(({ state }) => state === 'hidden').map(({ name }) => name));
        for (const { change, resource, route: leads } of kept) {
          if (change !== 'resolved') continue;
          expect(scanned.has(resource.account)).toBe(true);
          expect(leads !== undefined && blind.has(resource.bucket)).toBe(false);
        }
        const { new: fresh, unchanged, resolved, carried } = after.change;
        const sum = (counts: Readonly<Record<string, number>>): number =>
          Object.values(counts).reduce((total, each) => total + each, 0);
        expect(sum(unchanged) + sum(resolved) + sum(carried)).toBe(failed.length);
        const { fail } = after.audit.tallies;
        expect(sum(fresh) + sum(unchanged)).toBe(sum(fail));
      }),
    );
  });
});
