/** The rules' pages: everything in them stands in the rule's file, or comes of running the rule. */
import { rules } from '../../rules/index.ts';
import { tellingOf, type End } from '../../src/facts.ts';
import { severities, type Finding, type Severity } from '../../src/model/finding.ts';
import type { Rule, Scope } from '../../src/rule.ts';
import { tryRule } from '../../src/tester.ts';
import { code, fenced, joined, notice, table } from './markdown.ts';
import { missing } from './missing.ts';

const folder = 'docs/rules';

/** The pages and their index: path below the repository's root → text. */
// A generator is asynchronous, whatever it has to wait for.
export function generateRules(): Promise<Map<string, string>> {
  const pages = rules.map((rule): [string, string] => [`${folder}/${rule.id}.md`, pageOf(rule)]);
  return Promise.resolve(new Map([...pages, [`${folder}/README.md`, catalogue(rules)]]));
}

function pageOf(rule: Rule): string {
  const finding = badFinding(rule);
  return joined([
    `# ${rule.title}`,
    notice,
    identity(rule),
    '## Why it matters',
    rule.why,
    '## How to mend it',
    rule.fix,
    ...remedies(finding),
    '## What it reads',
    facts(rule),
    ...predictions(rule),
    ...controls(rule),
    ...options(rule),
    '## Examples',
    'Of a healthy pair of buckets in two accounts and Regions, this is what AWS answers differently.',
    '### Bad',
    fenced('json', JSON.stringify(rule.examples.bad, null, 2)),
    'The finding says:',
    fenced('text', finding.message),
    [`- expected: ${finding.expected ?? ''}`, `- found: ${finding.actual ?? ''}`].join('\n'),
    '### Good',
    fenced('json', JSON.stringify(rule.examples.good, null, 2)),
    '## Authority',
    authority(rule),
  ]);
}

function identity(rule: Rule): string {
  const severity =
    rule.policy === true
      ? `${rule.severity}, where a policy of the configuration asks for it`
      : rule.severity;
  return [
    `- id: \`${rule.id}\``,
    `- severity: ${severity}`,
    `- runs once for each ${scopes[rule.scope]}`,
    ...(rule.recommended === false
      ? ['- off until the preset `all` or its own setting in the configuration asks for it']
      : []),
    ...(rule.lint === true
      ? [
          '- AWS refuses it when the configuration is put: it is met in templates and plans, not in a live bucket',
        ]
      : []),
  ].join('\n');
}

const scopes: Readonly<Record<Scope, string>> = {
  bucket: 'bucket',
  source: 'bucket that has an enabled replication rule',
  route: 'route, which is an enabled replication rule with its destination',
};

function badFinding(rule: Rule): Finding {
  const outcome = tryRule(rule, rule.examples.bad);
  if (outcome.outcome !== 'fail') throw new Error(`The bad example of '${rule.id}' does not fire.`);
  return outcome.finding;
}

function remedies({ fix }: Finding): readonly string[] {
  const shown = [
    { name: 'AWS CLI', language: 'sh', text: fix.cli },
    { name: 'JSON', language: 'json', text: fix.json },
    { name: 'Terraform', language: 'hcl', text: fix.terraform },
    { name: 'CloudFormation', language: 'yaml', text: fix.cloudformation },
  ];
  const blocks = shown.flatMap(({ name, language, text }) =>
    text === undefined ? [] : [`${name}:`, fenced(language, text)],
  );
  return blocks.length === 0 ? [] : ['For the bad example below that is:', ...blocks];
}

function facts(rule: Rule): string {
  const named = rule.scope === 'bucket' || rule.needs['source']?.includes('replication') === true;
  const always = named ? [] : [row('source', 'replication', 'needed, to know the routes')];
  const needed = rows(rule.needs, 'needed');
  const wanted = rows(rule.wants ?? {}, 'wanted; it can judge without');
  return table(['fact', 'call', 'IAM action', ''], [...always, ...needed, ...wanted]);
}

function rows(
  facts: Readonly<Record<string, readonly string[]>>,
  how: string,
): readonly (readonly string[])[] {
  return Object.entries(facts).flatMap(([end, names]) => names.map((name) => row(end, name, how)));
}

function row(end: string, fact: string, how: string): readonly string[] {
  // A rule's `needs` and `wants` name nothing else: their types are those of the tellings.
  const { call, action } = tellingOf(end as End, fact);
  return [`\`${end}.${fact}\``, `\`${call}\``, `\`${action}\``, how];
}

function predictions({ predicts = [] }: Rule): readonly string[] {
  if (predicts.length === 0) return [];
  const reasons = predicts.map((reason) => `[${code(reason)}](../failure-reasons.md)`);
  return ['## What AWS would say', `Failure reason of the objects: ${reasons.join(', ')}.`];
}

function controls({ controls: named = [] }: Rule): readonly string[] {
  return named.length === 0 ? [] : ['## Controls', named.map((control) => `- ${control}`).join('\n')];
}

function options({ options: own }: Rule): readonly string[] {
  return own === undefined ? [] : ['## Options', 'As a JSON Schema:', fenced('yaml', schemaText(own.schema))];
}

/** JSON is YAML; the page keeps `json` fences for the examples, which the tests run. */
function schemaText(schema: object): string {
  return JSON.stringify(schema, null, 2);
}

function authority({ page }: Rule): string {
  return page === 'judgement'
    ? "No page of AWS's says this; it is a judgement of ours."
    : `<https://docs.aws.amazon.com/${page}>`;
}

function catalogue(all: readonly Rule[]): string {
  const plain = all.filter((rule) => rule.policy !== true);
  return joined([
    '# The rules',
    notice,
    ...severities.flatMap((severity) => [
      `## ${headings[severity]}`,
      listed(plain.filter((rule) => rule.severity === severity)),
    ]),
    '## Policies',
    'Off until a policy of the configuration asks for them.',
    listed(all.filter((rule) => rule.policy === true)),
    '## Not there yet',
    'Faults that are known and that no rule finds yet. The ids are kept for them.',
    table(
      ['id', 'what it waits for'],
      Object.entries(missing).map(([id, why]) => [code(id), why]),
    ),
    '## Failure reasons',
    'What AWS gives as the reason when an object fails to replicate, and the rules that foretell it: [failure-reasons.md](../failure-reasons.md).',
  ]);
}

const headings: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', note: 'Notes' };

function listed(some: readonly Rule[]): string {
  return table(
    ['rule', 'what is wrong', 'of each'],
    some.map((rule) => [link(rule), rule.title, rule.scope]),
  );
}

function link({ id }: Rule): string {
  return `[${id}](${id}.md)`;
}
