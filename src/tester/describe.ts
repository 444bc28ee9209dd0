/** The shape of every rule's test, each case through the real engine; in whatever test framework has `describe` and `it`. */
import assert from 'node:assert/strict';
import { refuseDuplicates, type Cases, type FailCase, type NonEmpty } from './cases.ts';
import { healthy, replicationOf } from './healthy.ts';
import type { TestSituation } from './lines.ts';
import { tryRule } from './try.ts';
import type { Outcome } from '../evaluate/judge.ts';
import { tellingOf, type End } from '../facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Rule } from '../rule.ts';

/** node:test's, vitest's, mocha's. */
export interface Framework {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => void) => unknown;
}

/** A test: its name, and what throws where it does not hold. */
type Test = readonly [name: string, body: () => void];

/** Tests a rule by its cases, its own examples, and with each fact that it needs denied. */
export function describeRule(rule: Rule, cases: Cases, { describe, it }: Framework): void {
  refuseDuplicates(rule, cases);
  const tests = [
    ...plainCases(rule, cases),
    ...failures(rule, cases.fail),
    ...unknowns(rule, cases),
    ...examples(rule),
    ...denials(rule),
    ...(rule.scope === 'route' ? places(rule) : []),
  ];
  describe(rule.id, () => {
    for (const [name, body] of tests) it(name, body);
  });
}

function plainCases(rule: Rule, { pass, notApplicable }: Cases): readonly Test[] {
  const none = typeof notApplicable === 'string' ? [] : notApplicable;
  return [
    ...pass.map((situation): Test => [
      `passes: ${situation.name}`,
      () => {
        expectOutcome(rule, situation, 'pass');
      },
    ]),
    ...none.map((situation): Test => [
      `does not apply: ${situation.name}`,
      () => {
        expectOutcome(rule, situation, 'notApplicable');
      },
    ]),
  ];
}

function failures(rule: Rule, cases: readonly FailCase[]): readonly Test[] {
  return cases.map((situation) => [
    `fails: ${situation.name}`,
    () => {
      const finding = findingOf(tryRule(rule, situation), 'fail');
      expectMessage(finding.message, situation.message);
      assert.equal(finding.severity, situation.severity ?? rule.severity);
      if (situation.actual !== undefined) assert.equal(finding.actual, situation.actual);
      assert.notEqual(finding.evidence.length, 0, 'The finding rests on nothing.');
    },
  ]);
}

function unknowns(rule: Rule, { unknown, undetermined }: Cases): readonly Test[] {
  return [
    ...unknown.map((situation): Test => [
      `is unknown: ${situation.name}`,
      () => {
        expectDenied(rule, situation, situation.denied);
      },
    ]),
    ...(undetermined ?? []).map((situation): Test => [
      `is undetermined: ${situation.name}`,
      () => {
        const finding = findingOf(tryRule(rule, situation), 'unknown');
        expectMessage(finding.message, situation.message);
        assert.deepEqual(
          finding.causes.map(({ reason }) => reason),
          ['undetermined'],
        );
      },
    ]),
  ];
}

function examples(rule: Rule): readonly Test[] {
  return [
    [
      'fires on its bad example and is silent on its good one',
      () => {
        expectOutcome(rule, rule.examples.bad, 'fail');
        expectOutcome(rule, rule.examples.good, 'pass');
      },
    ],
  ];
}

/** Whatever a rule needs, a refusal of it is neither a pass nor a failure. */
function denials(rule: Rule): readonly Test[] {
  const always = rule.scope === 'bucket' ? [] : ['source.replication'];
  const needed = [...factsOf(rule.needs), ...always].map((place): Test => [
    `is unknown where ${place} is denied`,
    () => {
      expectDenied(rule, rule.examples.bad, [place]);
    },
  ]);
  const wanted = factsOf(rule.wants ?? {}).map((place): Test => [
    `does not pass for want of ${place}`,
    () => {
      const { outcome } = tryRule(rule, { ...rule.examples.bad, denied: [place] });
      assert.ok(outcome === 'fail' || outcome === 'unknown', `Expected fail or unknown, got ${outcome}.`);
    },
  ]);
  return [...needed, ...wanted];
}

function factsOf(facts: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(facts).flatMap(([end, names]) => names.map((fact) => `${end}.${fact}`));
}

/** A route is not always the first rule of its configuration: with one more before it, everything moves by one. */
function places(rule: Rule): readonly Test[] {
  return [
    [
      'points to the replication rule that makes the route, and mends that one',
      () => {
        const { bad } = rule.examples;
        const { Role, Rules } = bad.source?.replication ?? replicationOf(bad.replicationRule);
        const before = { Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } };
        const replication = { Role, Rules: [before, ...Rules] };
        const first = findingOf(tryRule(rule, bad), 'fail');
        const moved = findingOf(tryRule(rule, { ...bad, source: { ...bad.source, replication } }), 'fail');
        assert.ok(indicesOf(first).evidence.includes(0));
        assert.deepEqual(indicesOf(moved), {
          evidence: indicesOf(first).evidence.map((index) => index + 1),
          fix: indicesOf(first).fix.map((index) => index + 1),
        });
      },
    ],
  ];
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

function expectOutcome(rule: Rule, situation: TestSituation, wanted: Outcome['outcome']): void {
  const outcome = tryRule(rule, situation);
  if (outcome.outcome !== wanted) throw unexpected(outcome, wanted);
}

function expectDenied(rule: Rule, situation: TestSituation, denied: readonly string[]): void {
  const finding = findingOf(tryRule(rule, { ...situation, denied }), 'unknown');
  const calls = denied.map((place) => {
    const [end = '', fact = ''] = place.split('.');
    // A name that no end has makes `tellingOf` throw.
    return tellingOf(end as End, fact).call;
  });
  assert.deepEqual(
    finding.causes.map(({ reason }) => reason),
    calls.map(() => 'access-denied'),
  );
  assert.deepEqual(
    finding.causes.map(({ call }) => call),
    calls,
  );
}

function expectMessage(message: string, wanted: string | NonEmpty<string>): void {
  if (typeof wanted === 'string') {
    assert.equal(message, wanted);
    return;
  }
  for (const fragment of wanted)
    assert.ok(message.includes(fragment), `'${fragment}' is not in '${message}'.`);
}

type Found = Extract<Outcome, { readonly finding: unknown }>['finding'];

function findingOf(outcome: Outcome, wanted: 'fail' | 'unknown'): Found {
  if ('finding' in outcome && outcome.outcome === wanted) return outcome.finding;
  throw unexpected(outcome, wanted);
}

/** With the stack of the rule where it threw: that is the line to mend. */
function unexpected(outcome: Outcome, wanted: string): Error {
  const said = 'finding' in outcome ? `: ${outcome.finding.message}` : '.';
  const stack = 'stack' in outcome ? `\n${outcome.stack}` : '';
  return new Error(`Expected ${wanted}, got ${outcome.outcome}${said}${stack}`);
}
