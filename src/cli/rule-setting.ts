/** How a rule is set in replint.yaml, as an example that can be copied. */
import { stringify } from 'yaml';
import type { Severity } from '../model/finding.ts';
import type { Rule } from '../rule.ts';

/** The lines of a valid configuration that sets this rule. */
export function ruleSetting(rule: Rule): readonly string[] {
  const options = optionsOf(rule);
  const setting = rule.policy === true ? asPolicy(rule, options) : asRule(rule, options);
  const lines = stringify(setting).trimEnd().split('\n');
  return rule.policy === true || options !== null
    ? lines
    : lines.map((line) => (line === 'rules:' ? line : `${line} # error, warning, note or off`));
}

function asPolicy({ id, severity }: Rule, options: object | null): object {
  const policy = { name: 'a name of yours', rule: id, severity, only: { tags: { data: 'critical' } } };
  return { policies: [options === null ? policy : { ...policy, options }] };
}

function asRule({ id, severity }: Rule, options: object | null): object {
  const other = others[severity];
  return { rules: { [id]: options === null ? other : { severity: other, options } } };
}

/** To set what is the case already would be a poor example. */
const others: Readonly<Record<Severity, Severity>> = { error: 'warning', warning: 'error', note: 'warning' };

/** Those of the rule's own example, else its defaults; null where it has none to show. */
function optionsOf({ options, examples }: Rule): object | null {
  const shown = examples.bad.options ?? options?.defaults;
  return options !== undefined && typeof shown === 'object' ? shown : null;
}
