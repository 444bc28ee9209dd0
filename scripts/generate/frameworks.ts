/** The page of frameworks: what their controls ask for, and which rules look into it. */
import { compliance } from '../../rules/frameworks/index.ts';
import type { Control, Framework } from '../../src/model/framework.ts';
import { code, joined, table } from './markdown.ts';

/** The page: path below the repository's root → text. */
export function generateFrameworks(): Map<string, string> {
  return new Map([['docs/frameworks.md', page()]]);
}

function page(): string {
  return joined([
    '# Frameworks',
    '<!-- Generated from rules/frameworks. Change those. -->',
    'Which rules bear on which controls, how, and who says so. Each framework is a preset of the configuration, which has its rules on, and a value of `--framework`, which narrows reports to them. A rule of policies waits for a policy all the same: which data must be replicated, versioned or locked is for you to say.',
    '**direct**: what the control asks for is what the rules check. **partial**: a part of it. **supporting**: the control does not ask for it, and is worth less without it.',
    "A control _fails_ where any check fails. It _passes_ where everything direct and partial was checked, in every account that is in scope, and nothing failed, is unknown or is waived. All else is _not assessed_, with the reason. A pass is evidence for a control, never the control: most ask for procedures and tests too, of which a configuration shows nothing. Bucket Keys bear on no control: they are about cost. Titles are ours; the controls' text is their owners'.",
    ...compliance.frameworks.flatMap(frameworkBlocks),
    '## What is checked',
    table(
      ['subject', 'rules'],
      Object.values(compliance.subjects).map(({ title, rules }) => [
        title,
        rules.map((id) => `[${id}](rules/${id}.md)`).join(', '),
      ]),
    ),
  ]);
}

function frameworkBlocks({ name, title, catalogue, note, sources, controls }: Framework): readonly string[] {
  const cited = Object.entries(sources).map(
    ([key, source]) => `- ${key}: [${source.title}](${source.address})`,
  );
  return [
    `## ${title}`,
    `Preset ${code(name)}. ${note}${catalogue === null ? '' : ` [Its text](${catalogue}).`}`,
    table(['control', 'about', 'what is checked'], controls.map(row)),
    ['Who says so:', '', ...cited].join('\n'),
  ];
}

function row({ id, title, checks, unassessed = '' }: Control): readonly string[] {
  const said = checks.map(
    ({ subject, directness, source }) =>
      `${compliance.subjects[subject]?.title ?? subject} (${directness}, ${source ?? 'the rules'})`,
  );
  return [id, title ?? '', checks.length === 0 ? `Not assessed. ${unassessed}` : said.join('; ')];
}
