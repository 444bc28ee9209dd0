/** `replint rules`: the catalogue, or one rule in full. Text goes to standard output, since that is what was asked for. */
import { Command } from 'commander';
import { configOption } from './options.ts';
import { loadCatalogue, noSuchRule } from './settings.ts';
import { tellingOf, type End } from '../facts.ts';
import { CannotRun } from '../model/cannot-run.ts';
import { severities } from '../model/finding.ts';
import type { Rule } from '../rule.ts';

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
      const found = id === undefined ? rules : rules.filter((rule) => rule.id === id);
      if (id !== undefined && found.length === 0) throw new CannotRun(noSuchRule(id, rules));
      const [only] = found;
      const shown = found.map(described);
      const json = `${JSON.stringify(id === undefined ? shown : shown[0], null, 2)}\n`;
      const text = id === undefined || only === undefined ? catalogue(rules) : explained(only);
      process.stdout.write(flags.json === true ? json : text);
    });
}

/** What a rule says of itself, without its functions. */
function described(rule: Rule): object {
  const { id, title, severity, scope, policy = false, why, fix, page, predicts = [], controls = [] } = rule;
  const options = rule.options === undefined ? {} : { options: rule.options.schema };
  return {
    id,
    title,
    severity,
    scope,
    policy,
    why,
    fix,
    page: address(page),
    predicts,
    controls,
    calls: callsOf(rule),
    ...options,
  };
}

function address(page: string): string | null {
  return page === 'judgement' ? null : `https://docs.aws.amazon.com/${page}`;
}

/** The calls that tell what it needs. */
function callsOf(rule: Rule): readonly string[] {
  const calls = [rule.needs, rule.wants ?? {}].flatMap((facts) =>
    Object.entries(facts).flatMap(([end, names]) => names.map((fact) => tellingOf(end as End, fact).call)),
  );
  return [...new Set(calls)].sort();
}

function catalogue(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const line = ({ id, title }: Rule): string => `  ${id.padEnd(width)}  ${title}`;
  const preset = rules.filter(({ policy }) => policy !== true);
  const sections = severities.map((severity) => {
    const own = preset.filter((rule) => rule.severity === severity);
    return own.length === 0 ? '' : `${severity}\n${own.map(line).join('\n')}\n\n`;
  });
  const policies = rules.filter(({ policy }) => policy === true);
  return `${sections.join('')}policy (off until the configuration asks for it)\n${policies.map(line).join('\n')}\n\nMore of one: replint rules <id>\n`;
}

function explained(rule: Rule): string {
  const { id, title, severity, scope, why, fix, page, predicts = [], controls = [] } = rule;
  const rows = [
    ['Severity', rule.policy === true ? `${severity}, off until a policy asks for it` : severity],
    [
      'About',
      { bucket: 'every bucket', source: 'every bucket that replicates', route: 'every route' }[scope],
    ],
    ['Calls', callsOf(rule).join(', ') || 'none beyond the replication configuration'],
    ...(predicts.length > 0 ? [['Foretells', predicts.join(', ')]] : []),
    ...(controls.length > 0 ? [['Controls', controls.join(', ')]] : []),
    ['AWS', address(page) ?? 'a judgement of ours; AWS documents nothing that decides it'],
  ];
  const table = rows.map(([name = '', value = '']) => `  ${name.padEnd(10)} ${value}`).join('\n');
  return `${id}: ${title}\n\n${table}\n\nWhy\n  ${why}\n\nHow to mend it\n  ${fix}\n`;
}
