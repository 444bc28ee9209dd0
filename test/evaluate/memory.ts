/** A snapshot in memory, and an audit of it. */
import { evaluate, type Judgement } from '../../src/evaluate/evaluate.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { ReplicationRule } from '../../src/model/aws.ts';
import type { Account, BucketLine, EndLine, Snapshot } from '../../src/model/estate.ts';
import type { Known, Observed, Unknown } from '../../src/model/facts.ts';
import type { Finding } from '../../src/model/finding.ts';
import { defineRule, fail, pass, type Rule } from '../../src/rule.ts';
import type { Selected } from '../../src/selection.ts';
import { inMemory } from '../../src/tester/lines.ts';
import { account, manifest, shop } from '../snapshot/estate.ts';

export { shop, vault } from '../snapshot/estate.ts';

export function known<T>(value: T, by = shop): Known<T> {
  return { known: true, value, account: by, at: '2026-01-01T00:00:00.000Z' };
}

export function denied(call: string, by = shop): Unknown {
  return {
    known: false,
    causes: [{ reason: 'access-denied', call, account: by, detail: `${call} was denied in ${by}.` }],
  };
}

export const roleArn = `arn:aws:iam::${shop}:role/replication`;

/** A replication rule that takes everything to a bucket. */
export function to(name: string, more: Partial<ReplicationRule> = {}): ReplicationRule {
  return { Status: 'Enabled', Filter: {}, Destination: { Bucket: `arn:aws:s3:::${name}` }, ...more };
}

/** A bucket of the shop; with rules it replicates by them. */
export function source(name: string, ...Rules: readonly ReplicationRule[]): BucketLine {
  const replication = known(Rules.length === 0 ? null : { Role: roleArn, Rules });
  return { kind: 'bucket', name, account: shop, region: 'eu-west-1', facts: { replication } };
}

export function bucketIn(by: string, region: string | null, name: string): BucketLine {
  return { kind: 'bucket', name, account: by, region, facts: { replication: known(null, by) } };
}

export interface Parts {
  readonly buckets: readonly BucketLine[];
  readonly ends?: readonly EndLine[];
  readonly accounts?: readonly Account[];
  readonly organization?: string | null;
}

export function snapshotOf({
  buckets,
  ends = buckets,
  accounts,
  organization = 'o-exampleorg',
}: Parts): Snapshot {
  const ids = [...new Set(buckets.map((line) => line.account))].sort();
  const whole = manifest(accounts ?? ids.map(account));
  return {
    manifest: { ...whole, organization: { ...whole.organization, id: organization } },
    buckets: (known) => buckets.map((line) => known?.(line.name) ?? line),
    ends: () => inMemory(ends),
  };
}

/** A rule as it is run, changed as wanted. */
export function selected(rule: Rule, more: Partial<Selected> = {}): Selected {
  return {
    rule,
    name: rule.id,
    policy: null,
    severity: rule.severity,
    only: null,
    options: undefined,
    ...more,
  };
}

export interface Audited {
  readonly audit: Audit;
  readonly findings: readonly Finding[];
}

export function audited(parts: Parts, ...selection: readonly Selected[]): Audited {
  return judged(parts, { selection });
}

/** An audit with waivers, or against a baseline. */
export function judged(parts: Parts, judgement: Partial<Judgement>): Audited {
  const findings: Finding[] = [];
  const usual = { selection: [], preset: 'recommended', configuration: 'hash' };
  const audit = evaluate(snapshotOf(parts), { ...usual, ...judgement }, (finding) => findings.push(finding));
  return { audit, findings };
}

const prose = {
  title: 'A rule',
  why: 'Why.',
  fix: 'Mend it.',
  page: 'judgement',
  examples: { bad: {}, good: {} },
};

/** What a route rule is called and says; the rest a test adds. */
export const words = { ...prose, id: 'made', severity: 'error', scope: 'route' } as const;

/** A rule that fails on every route. */
export const everyRoute = defineRule({
  ...prose,
  id: 'every-route',
  severity: 'error',
  scope: 'route',
  needs: { source: ['replication'] },
  evaluate: ({ source: { name }, destination }) =>
    fail({ message: `${name} to ${destination.name}`, expected: 'none', actual: 'one' }),
});

/** A rule that fails on every bucket. */
export const everyBucket = defineRule({
  ...prose,
  id: 'every-bucket',
  severity: 'warning',
  scope: 'bucket',
  needs: {},
  evaluate: ({ bucket: { name } }) => fail({ message: name, expected: 'none', actual: 'one' }),
});

/** A rule of the source that passes. */
export const everySource = defineRule({
  ...prose,
  id: 'every-source',
  severity: 'note',
  scope: 'source',
  needs: { role: ['definition'] },
  evaluate: () => pass,
});

/** A rule that needs the destination's versioning, and passes. */
export const versioned = defineRule({
  ...prose,
  id: 'versioned',
  severity: 'error',
  scope: 'route',
  needs: { destination: ['versioning'] },
  evaluate: () => pass,
});

/** The same facts, one of them changed. */
export function having(line: BucketLine, facts: Readonly<Record<string, Observed<unknown>>>): BucketLine {
  return { ...line, facts: { ...line.facts, ...facts } };
}
