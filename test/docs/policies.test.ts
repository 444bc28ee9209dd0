import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { parseConfiguration } from '../../src/config/read.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { ReplicationDestination, ReplicationRule } from '../../src/model/aws.ts';
import type { Account, BucketLine } from '../../src/model/estate.ts';
import type { BucketFacts, Observed } from '../../src/model/facts.ts';
import type { Finding } from '../../src/model/finding.ts';
import { select } from '../../src/selection.ts';
import { bucketFacts } from '../../src/tester/healthy.ts';
import { known, snapshotOf } from '../evaluate/memory.ts';
import { account, shop, vault } from '../snapshot/estate.ts';

const page = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');

/** Every fenced block of a section, by the section's heading; what stands before the first is the form. */
const sections = new Map(
  page
    .split(/^## /m)
    .map((section): [string, readonly string[]] => [
      section.split('\n', 1)[0] ?? '',
      [...section.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text),
    ]),
);

interface Made {
  readonly facts?: Partial<BucketFacts>;
  readonly account?: string;
  readonly region?: string;
}

function bucket(
  name: string,
  { facts = {}, account: owner = shop, region = 'eu-west-1' }: Made = {},
): BucketLine {
  const observed = Object.entries({ ...bucketFacts, ...facts }).map(
    ([fact, value]): [string, Observed<unknown>] => [fact, known(value, owner)],
  );
  return { kind: 'bucket', name, account: owner, region, facts: Object.fromEntries(observed) };
}

const to = (name: string, more: Partial<ReplicationDestination> = {}): Partial<BucketFacts> => ({
  replication: {
    Role: `arn:aws:iam::${shop}:role/replication`,
    Rules: [rule(name, more)],
  },
});

const rule = (name: string, more: Partial<ReplicationDestination>): ReplicationRule => ({
  Status: 'Enabled',
  Priority: 1,
  Filter: {},
  DeleteMarkerReplication: { Status: 'Disabled' },
  Destination: { Bucket: `arn:aws:s3:::${name}`, ...more },
});

const tagged = (Key: string, Value: string): Partial<BucketFacts> => ({ tagging: [{ Key, Value }] });
const worm = tagged('retention', 'worm');
const critical = tagged('data', 'critical');
const retention = (Mode: string, Years: number): Partial<BucketFacts> => ({
  objectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Years } } },
});
const timed = { ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } };
const encrypted = (BucketKeyEnabled: boolean): Partial<BucketFacts> => ({
  encryption: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled }],
  },
});
const inVault = (name: string, facts: Partial<BucketFacts> = {}): BucketLine =>
  bucket(name, { account: vault, region: 'eu-central-1', facts });

const europe: Account = { ...account(shop), ou: 'Root/Europe/Shop' };

/** By heading: one bucket that breaks each policy, one that satisfies it, and one that it does not ask. */
const estates: Readonly<
  Record<string, { readonly buckets: readonly BucketLine[]; readonly broken: readonly string[] }>
> = {
  'A WORM copy in another account': {
    buckets: [
      bucket('kept', { facts: { ...worm, ...to('locked') } }),
      bucket('short', { facts: { ...worm, ...to('governed') } }),
      bucket('unasked'),
      inVault('locked', retention('COMPLIANCE', 1)),
      inVault('governed', retention('GOVERNANCE', 10)),
    ],
    broken: ['a WORM copy in another account: short'],
  },
  'Critical data in two Regions': {
    buckets: [
      bucket('twice', { facts: { ...critical, ...to('far', timed) } }),
      bucket('near', { facts: { ...critical, ...to('beside', timed) } }),
      bucket('slow', { facts: { ...critical, ...to('far') } }),
      bucket('flat', { facts: { ...critical, versioning: null, ...to('far', timed) } }),
      bucket('unasked', { facts: { versioning: null } }),
      inVault('far'),
      bucket('beside'),
    ],
    broken: [
      'critical data is in two Regions: near',
      'critical data is in two Regions: slow',
      'critical data is versioned: flat',
    ],
  },
  'Residency: never outside these Regions': {
    buckets: [
      bucket('home', { facts: to('neighbour') }),
      bucket('leak', { facts: to('overseas') }),
      inVault('neighbour'),
      // Of an account that the policy does not choose.
      bucket('overseas', { account: vault, region: 'us-east-1' }),
    ],
    broken: ['data of the European units stays in Europe: leak'],
  },
  'Logs aggregated into one account': {
    buckets: [
      bucket('shop-logs', { facts: to('archive-logs') }),
      bucket('lost-logs', { facts: to('own-logs') }),
      bucket('unasked'),
      inVault('archive-logs'),
      bucket('own-logs', { region: 'eu-central-1' }),
    ],
    broken: ['logs are in the log archive: lost-logs'],
  },
  'Bucket Keys everywhere': {
    buckets: [
      bucket('cheap', { facts: encrypted(true) }),
      bucket('dear', { facts: encrypted(false) }),
      bucket('unasked'),
    ],
    broken: ['Bucket Keys everywhere: dear'],
  },
};

function judged(text: string, buckets: readonly BucketLine[]): readonly Finding[] {
  const found: Finding[] = [];
  const policies = select(rules, parseConfiguration(text, 'docs/policies.md')).filter(
    ({ policy }) => policy !== null,
  );
  const snapshot = snapshotOf({ buckets, accounts: [europe, { ...account(vault), ou: 'Root/Security' }] });
  const judgement = { selection: policies, preset: 'recommended', configuration: '' };
  const audit = evaluate(snapshot, judgement, (finding) => found.push(finding));
  // A policy that nobody satisfies would be as good as one that nobody can.
  for (const { name } of policies) expect(audit.tallies.rules[name]?.pass, name).toBeGreaterThan(0);
  return found;
}

describe('docs/policies.md', () => {
  it('has the sections that are tried here, a block each', () => {
    const [, ...headings] = sections.keys();
    expect(headings).toEqual(Object.keys(estates));
    expect([...sections.values()].map((found) => found.length)).toEqual([...sections].map(() => 1));
  });

  it.each([...sections])('%s: the block is a valid configuration', (_, [block = '']) => {
    expect(parseConfiguration(block, 'docs/policies.md').policies).not.toEqual([]);
  });

  it.each(Object.entries(estates))('%s: names the bucket that breaks it, and no other', (heading, estate) => {
    const [block = ''] = sections.get(heading) ?? [];
    const found = judged(block, estate.buckets);
    expect(found.map(({ policy, resource }) => `${policy ?? ''}: ${resource.bucket}`).sort()).toEqual(
      estate.broken,
    );
    expect(found.map(({ outcome, severity }) => `${outcome} ${severity}`)).toEqual(
      found.map(() => 'fail error'),
    );
  });
});
