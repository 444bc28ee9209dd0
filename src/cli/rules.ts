/** `replint rules`: the catalogue, or one rule in full. */
import { Command } from 'commander';
import { configOption } from './options.ts';
import { columns, standardPage, wrapped, written, type Page, type Row } from './page.ts';
import { marks } from './paint.ts';
import { ruleJson, ruleText } from './rule-text.ts';
import { loadCatalogue, noSuchRule } from './settings.ts';
import { CannotRun } from '../model/cannot-run.ts';
import { severities } from '../model/finding.ts';
import type { Rule } from '../rule.ts';

interface RulesFlags {
  readonly config?: string;
  readonly json?: boolean;
}

interface RulesFlags {
  readonly config?: string;
  readonly json?: boolean;
}

export function rulesCommand(): Command {
  return new Command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'a rule')
    .addOption(configOption())
    .option('--json', 'as JSON')
    .action(async (id: string | undefined, flags: RulesFlags) => {
      const rules = await loadCatalogue(flags);
      const one = rules.find((rule) => rule.id === id);
      if (id !== undefined && one === undefined) throw new CannotRun(noSuchRule(id, rules));
      if (flags.json === true) {
        const shown = one === undefined ? rules.map(ruleJson) : ruleJson(one);
        process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
      } else {
        const page = standardPage();
        process.stdout.write(written(one === undefined ? catalogue(rules, page) : ruleText(one, page)));
      }
    });
}

/** All rules by severity, with policies apart. */
export function catalogue(all: readonly Rule[], page: Page): readonly string[] {
  const { paint } = page;
  const block = (heading: string, some: readonly Rule[]): readonly string[] =>
    some.length === 0 ? [] : [heading, ...columns(some.map(row), page, nameWidth(all)), ''];
  const preset = all.filter(({ policy }) => policy !== true);
  return [
    ...severities.flatMap((severity) => {
      const [shape, colour] = marks[severity];
      return block(
        paint(`1;${colour}`, `${shape} ${severity}`),
        preset.filter((rule) => rule.severity === severity),
      );
    }),
    ...block(
      paint('1', 'policy (off until the configuration asks for it)'),
      all.filter(({ policy }) => policy === true),
    ),
    ...wrapped(
      'More of one: replint rules <id>. Of a failure reason of AWS: replint explain <reason>.',
      page.width,
    ),
  ];
}

const nameWidth = (all: readonly Rule[]): number => Math.max(...all.map(({ id }) => id.length));

function row({ id, title, recommended, policy }: Rule): Row {
  const only = recommended === false && policy !== true ? " (only in the preset 'all')" : '';
  return [id, title + only];
}
