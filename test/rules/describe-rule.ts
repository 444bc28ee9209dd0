/** The shape of every rule's test: pass, fail, not applicable, unknown, each through the real engine. */
import { describe, expect, it } from 'vitest';
import { tellingOf, type End } from '../../src/facts.ts';
import type { Finding, Severity } from '../../src/model/finding.ts';
import type { Rule } from '../../src/rule.ts';
import { tryRule, type Outcome, type TestSituation } from '../../src/tester.ts';
import { healthy, replicationOf } from '../../src/tester/healthy.ts';

export type NonEmpty<T> = readonly [T, ...T[]];

export interface Case extends TestSituation {
  readonly name: string;
}

export interface FailCase extends Case {
  /** The message; or fragments, each of which must be in it. */
  readonly message: string | NonEmpty<string>;
  readonly actual?: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
}

export interface UnknownCase extends Case {
  /** The facts that AWS refuses to tell. */
  readonly denied: NonEmpty<string>;
}

export interface UndeterminedCase extends Case {
  readonly message: string | NonEmpty<string>;
}

export interface Cases {
  readonly pass: NonEmpty<Case>;
  readonly fail: NonEmpty<FailCase>;
  readonly notApplicable: NonEmpty<Case> | `never: ${string}`;
  readonly unknown: NonEmpty<UnknownCase>;
  /** All facts are there, and they decide nothing. */
  readonly undetermined?: NonEmpty<UndeterminedCase>;
}

/** Tests a rule by its cases, its own examples, and with each fact that it needs denied. */
export function describeRule(rule: Rule, cases: Cases): void {
  refuseDuplicates(rule, cases);
  describe(rule.id, () => {
    plainCases(rule, cases);
    failures(rule, cases.fail);
    unknowns(rule, cases);
    examples(rule);
    denials(rule);
    if (rule.scope === 'route') places(rule);
  });
}

function plainCases(rule: Rule, { pass, notApplicable }: Cases): void {
  it.each(pass)('passes: $name', (situation) => {
    expect(tryRule(rule, situation)).toMatchObject({ outcome: 'pass' });
  });
  if (typeof notApplicable === 'string') return;
  it.each(notApplicable)('does not apply: $name', (situation) => {
    expect(tryRule(rule, situation)).toMatchObject({ outcome: 'notApplicable' });
  });
}

function failures(rule: Rule, cases: readonly FailCase[]): void {
  it.each(cases)('fails: $name', (situation) => {
    const finding = findingOf(tryRule(rule, situation), 'fail');
    expectMessage(finding.message, situation.message);
    expect(finding.severity).toBe(situation.severity ?? rule.severity);
    if (situation.actual !== undefined) expect(finding.actual).toBe(situation.actual);
    expect(finding.evidence).not.toEqual([]);
  });
}

function unknowns(rule: Rule, { unknown, undetermined }: Cases): void {
  it.each(unknown)('is unknown: $name', (situation) => {
    expectDenied(rule, situation, situation.denied);
  });
  if (undetermined === undefined) return;
  it.each(undetermined)('is undetermined: $name', (situation) => {
    const finding = findingOf(tryRule(rule, situation), 'unknown');
    expectMessage(finding.message, situation.message);
    expect(finding.causes.map(({ reason }) => reason)).toEqual(['undetermined']);
  });
}

function examples(rule: Rule): void {
  it('fires on its bad example and is silent on its good one', () => {
    expect(tryRule(rule, rule.examples.bad)).toMatchObject({ outcome: 'fail' });
    expect(tryRule(rule, rule.examples.good)).toMatchObject({ outcome: 'pass' });
  });
}

/** Whatever a rule needs, a refusal of it is neither a pass nor a failure. */
function denials(rule: Rule): void {
  const needed = Object.entries(rule.needs).flatMap(([end, facts]) => facts.map((fact) => `${end}.${fact}`));
  const always = rule.scope === 'bucket' ? [] : ['source.replication'];
  it.each([...needed, ...always])('is unknown where %s is denied', (place) => {
    expectDenied(rule, rule.examples.bad, [place]);
  });
  const wanted = Object.entries(rule.wants ?? {}).flatMap(([end, facts]) =>
    facts.map((fact) => `${end}.${fact}`),
  );
  if (wanted.length === 0) return;
  it.each(wanted)('does not pass for want of %s', (place) => {
    const { outcome } = tryRule(rule, { ...rule.examples.bad, denied: [place] });
    expect(['fail', 'unknown']).toContain(outcome);
  });
}

/** A route is not always the first rule of its configuration: with one more before it, everything moves by one. */
function places(rule: Rule): void {
  it('points to the replication rule that makes the route, and mends that one', () => {
    const { bad } = rule.examples;
    const { Role, Rules } = bad.source?.replication ?? replicationOf(bad.replicationRule);
    const before = { Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } };
    const replication = { Role, Rules: [before, ...Rules] };
    const first = findingOf(tryRule(rule, bad), 'fail');
    const moved = findingOf(tryRule(rule, { ...bad, source: { ...bad.source, replication } }), 'fail');
    expect(indicesOf(first).evidence).toContain(0);
    expect(indicesOf(moved)).toEqual({
      evidence: indicesOf(first).evidence.map((index) => index + 1),
      fix: indicesOf(first).fix.map((index) => index + 1),
    });
  });
}

/** Which replication rules a finding points to, and which its command changes. */
function indicesOf({ evidence, fix }: Finding): {
  readonly evidence: readonly number[];
  readonly fix: readonly number[];
} {
  const source = `arn:aws:s3:::${healthy.source.name}`;
  const pointers = evidence.filter(
    ({ call, resource }) => call === 's3:GetBucketReplication' && resource === source,
  );
  return {
    evidence: pointers.map(({ pointer }) => Number(/^\/Rules\/(\d+)/.exec(pointer)?.[1])),
    fix: (fix.cli ?? '').match(/(?<=\.Rules\[)\d+/g)?.map(Number) ?? [],
  };
}

function expectDenied(rule: Rule, situation: TestSituation, denied: readonly string[]): void {
  const finding = findingOf(tryRule(rule, { ...situation, denied }), 'unknown');
  const calls = denied.map((place) => {
    const [end = '', fact = ''] = place.split('.');
    // A name that no end has makes `tellingOf` throw.
    return tellingOf(end as End, fact).call;
  });
  expect(finding.causes.map(({ reason }) => reason)).toEqual(calls.map(() => 'access-denied'));
  expect(finding.causes.map(({ call }) => call)).toEqual(calls);
}

function expectMessage(message: string, wanted: string | NonEmpty<string>): void {
  if (typeof wanted === 'string') expect(message).toBe(wanted);
  else for (const fragment of wanted) expect(message).toContain(fragment);
}

function findingOf(
  outcome: Outcome,
  wanted: 'fail' | 'unknown',
): Extract<Outcome, { outcome: 'fail' | 'unknown' }>['finding'] {
  if ('finding' in outcome && outcome.outcome === wanted) return outcome.finding;
  const said = 'finding' in outcome ? `: ${outcome.finding.message}` : '';
  throw new Error(`Expected ${wanted}, got ${outcome.outcome}${said}`);
}

/** A case that is there twice tests nothing the second time. */
function refuseDuplicates(rule: Rule, cases: Cases): void {
  const { pass, fail, notApplicable, unknown, undetermined = [] } = cases;
  const inapplicable = typeof notApplicable === 'string' ? [] : notApplicable;
  const listed: readonly (Case & Partial<FailCase>)[] = [
    ...pass,
    ...fail,
    ...inapplicable,
    ...unknown,
    ...undetermined,
  ];
  const names = listed.map(({ name }) => name);
  const situations = listed.map((situation) =>
    JSON.stringify({ ...situation, name: undefined, message: undefined, severity: undefined }),
  );
  for (const list of [names, situations]) {
    const twice = list.find((one, at) => list.indexOf(one) !== at);
    if (twice !== undefined) throw new Error(`A case of '${rule.id}' is there twice: ${twice}`);
  }
}
