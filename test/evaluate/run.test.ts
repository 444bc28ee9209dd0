import { describe, expect, it } from 'vitest';
import { everyBucket, selected, snapshotOf, source } from './memory.ts';
import { evaluate, type Thrown } from '../../src/evaluate/evaluate.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { fail, undetermined, type Rule } from '../../src/rule.ts';

/** A rule of the fewest words. */
const ruleOf = (evaluateIt: () => unknown, more: Partial<Rule> = {}): Rule => ({
  ...everyBucket,
  id: 'made',
  // The tests give what a rule in JavaScript might.
  evaluate: evaluateIt as Rule['evaluate'],
  ...more,
});

interface Judged {
  readonly audit: Audit;
  readonly findings: readonly Finding[];
  readonly thrown: readonly Thrown[];
}

function judged(buckets: readonly string[], ...rules: readonly Rule[]): Judged {
  const findings: Finding[] = [];
  const thrown: Thrown[] = [];
  const audit = evaluate(
    snapshotOf({ buckets: buckets.map((name) => source(name)) }),
    { selection: rules.map((rule) => selected(rule)), preset: 'all', configuration: '' },
    (finding) => findings.push(finding),
    (one) => thrown.push(one),
  );
  return { audit, findings, thrown };
}

const failure = (more: object = {}): object => fail({ message: 'm', expected: 'e', actual: 'a', ...more });

describe('a rule that throws', () => {
  const breaks = (): never => {
    throw new TypeError('x is not a function');
  };

  it('leaves this one thing unknown, ends nothing, and hands its stack out', () => {
    const { findings, thrown } = judged(['a', 'b'], ruleOf(breaks), everyBucket);
    expect(findings.map(({ rule: id, outcome }) => [id, outcome])).toEqual([
      ['made', 'unknown'],
      ['every-bucket', 'fail'],
      ['made', 'unknown'],
      ['every-bucket', 'fail'],
    ]);
    expect(findings[0]).toMatchObject({
      causes: [{ reason: 'undetermined', detail: "The rule 'made' threw: x is not a function" }],
    });
    expect(thrown.map(({ finding }) => finding.resource.bucket)).toEqual(['a', 'b']);
    expect(thrown[0]?.stack).toMatch(/^TypeError: x is not a function\n +at .*breaks .*run\.test\.ts/);
    expect(JSON.stringify(findings)).not.toContain('run.test.ts');
  });

  it.each([
    ['a word', 'no', "'no'"],
    ['nothing', undefined, 'undefined'],

    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
  ])('%s, which is no error, is told as it is', (_, value: unknown, text) => {
    const { findings, thrown } = judged(
      ['a'],
      ruleOf(() => {
        throw value;
      }),
    );
    expect(findings[0]?.message).toContain(`The rule 'made' threw: ${text}`);
    expect(thrown).toMatchObject([{ stack: text }]);
  });

  it('in its remedy keeps its finding, with the sentence alone, and hands the stack out', () => {
    const { findings, thrown } = judged(['a'], ruleOf(failure, { remedy: breaks }));
    expect(findings).toMatchObject([{ outcome: 'fail', fix: { text: 'Mend it.' } }]);
    expect(findings[0]?.fix).toEqual({ text: 'Mend it.' });
    expect(thrown[0]?.stack).toContain('x is not a function');
  });
});

describe('an answer out of the contract', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'pass'],
    ['another outcome', { outcome: 'passed' }],
    ['a failure without words', { outcome: 'fail' }],
    ['a failure whose message is a number', failure({ message: 3 })],
    ['a failure of no severity', failure({ severity: 'fatal' })],
    ['a failure at no list', failure({ at: 'bucket.tagging' })],
    ['an undetermined without a why', { outcome: 'undetermined' }],
    ['an unknown without causes', { outcome: 'unknown', causes: [{}] }],
  ])('%s is unknown', (_, answer) => {
    const { findings, thrown } = judged(
      ['a'],
      ruleOf(() => answer),
    );
    expect(findings).toMatchObject([{ outcome: 'unknown' }]);
    expect(findings[0]?.message).toContain("The rule 'made' threw: evaluate gave no verdict");
    expect(thrown).toHaveLength(1);
  });

  it('that comes later is unknown, and may fail unheard', async () => {
    const { findings } = judged(
      ['a'],
      ruleOf(() => Promise.reject(new Error('too late'))),
    );
    expect(findings[0]?.message).toContain('must be synchronous');
    // An unhandled rejection would end the run here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([
    ['a word', 'aws s3 ls'],
    ['a number for a command', { cli: 3 }],
  ])('%s as a remedy is left out', (_, remedy) => {
    const { findings, thrown } = judged(['a'], ruleOf(failure, { remedy: (() => remedy) as never }));
    expect(findings[0]?.fix).toEqual({ text: 'Mend it.' });
    expect(thrown).toHaveLength(1);
  });
});

describe('an answer within it', () => {
  it('may have a remedy, or none this time', () => {
    const of = (remedy: object | undefined): unknown =>
      judged(['a'], ruleOf(failure, { remedy: (() => remedy) as never })).findings[0]?.fix;
    expect(of({ cli: 'aws s3 ls' })).toEqual({ text: 'Mend it.', cli: 'aws s3 ls' });
    expect(of(undefined)).toEqual({ text: 'Mend it.' });
  });

  it('may say why nothing can be typed, of the languages that are left out', () => {
    const of = (remedy: object): unknown =>
      judged(['a'], ruleOf(failure, { remedy: () => remedy })).findings[0]?.fix;
    const untyped = 'people decide.';
    expect(of({ untyped })).toEqual({ text: 'Mend it. There is nothing to type: people decide.' });
    expect(of({ untyped, cli: 'aws s3 ls' })).toEqual({
      text: 'Mend it. There is nothing to type in Terraform and CloudFormation: people decide.',
      cli: 'aws s3 ls',
    });
    const all = { cli: 'a', terraform: 'b', cloudformation: 'c' };
    expect(of({ untyped, ...all })).toEqual({ text: 'Mend it.', ...all });
  });

  it('is withheld in a language in which a name cannot be written', () => {
    const of = (remedy: object): unknown =>
      judged(['a'], ruleOf(failure, { remedy: () => remedy })).findings[0]?.fix;
    const cloudformation = 'Prefix: "{{resolve:ssm:/p:1}}"';
    expect(of({ cli: 'a', terraform: 'b', cloudformation })).toEqual({
      text: "Mend it. There is nothing to type in CloudFormation: a name holds '{{resolve:', for which CloudFormation puts a stored value wherever it stands.",
      cli: 'a',
      terraform: 'b',
    });
    const written = 'Prefix: "{{ resolve:ssm:/p:1}} {resolve:x} ${x} &{y}"';
    expect(of({ cloudformation: written })).toEqual({ text: 'Mend it.', cloudformation: written });
    const statement = 'statement {\n  resources = ["arn:aws:s3:::a/&{aws:username}/*"]\n}';
    expect(of({ cli: '{{resolve:', terraform: statement })).toEqual({
      text: "Mend it. There is nothing to type in Terraform: a name holds '&{', of which aws_iam_policy_document makes '${', the beginning of a policy variable.",
      cli: '{{resolve:',
    });
    const bucket = 'filter {\n  prefix = "&{x} {{resolve:ssm:y}}"\n}';
    expect(of({ terraform: bucket })).toEqual({ text: 'Mend it.', terraform: bucket });
  });

  it('that cannot tell is unknown, with its own fix and what it rests on', () => {
    const rule = ruleOf(() => undetermined('Nobody can say.'), { needs: { bucket: ['replication'] } });
    const { findings, thrown } = judged(['a'], rule);
    expect(findings).toMatchObject([
      {
        outcome: 'unknown',
        message: expect.stringContaining('Nobody can say.') as string,
        fix: { text: 'Mend it.' },
        evidence: [{ call: 's3:GetBucketReplication', value: null }],
      },
    ]);
    expect(thrown).toEqual([]);
  });
});
