/** Which rules are on, how severe each is, and over what: the configuration, applied to the catalogue. */
import type { Configuration, RuleCase, RuleSetting } from './model/configuration.ts';
import type { Selector } from './model/selector.ts';
import type { Severity } from './model/finding.ts';
import { hasOn } from './preset.ts';
import type { Rule } from './rule.ts';

/** A rule that is on, as it will be run. */
export interface Selected {
  readonly rule: Rule;
  /** The policy's name where a policy asked for it, else the rule's id. */
  readonly name: string;
  readonly policy: string | null;
  readonly severity: Severity;
  /** Warnings are errors, and those of the rule's own verdicts too: the preset `strict`, where no severity is set. */
  readonly strict?: true;
  readonly only: Selector | null;
  readonly options: unknown;
  /** Several settings: the first whose selector takes a bucket holds there; where none does, all else that stands here. */
  readonly cases?: readonly SelectedCase[];
}

export interface SelectedCase {
  readonly only: Selector | null;
  /** Null: the rule is off there. */
  readonly selected: Selected | null;
}

/** Applies a valid configuration to the catalogue; `ids`, where given, narrows it to these rules. */
export function select(
  catalogue: readonly Rule[],
  configuration: Configuration,
  ids: readonly string[] = [],
): readonly Selected[] {
  const { preset = 'recommended', rules: named = {}, policies = [], objects } = configuration;
  const byId = new Map(catalogue.map((rule) => [rule.id, rule]));
  const strict = preset === 'strict';
  const asked = policies.flatMap((policy) => {
    const rule = byId.get(policy.rule);
    return rule ? [selected({ rule, policy: policy.name, strict }, policy)] : [];
  });
  // A rule that the configuration or the command line names is asked for, whatever the preset.
  const on = catalogue
    .filter(
      (rule) => hasOn(preset, rule) || (rule.policy !== true && (rule.id in named || ids.includes(rule.id))),
    )
    .flatMap((rule) => configured({ rule, policy: null, strict }, named[rule.id]));
  // Where objects are not listed, nothing is said that rests on listings.
  const blind = objects?.mode === 'off';
  return [...on, ...asked]
    .filter(({ rule }) => !(blind && restsOnListings(rule)))
    .filter(({ rule }) => ids.length === 0 || ids.includes(rule.id));
}

function restsOnListings({ needs, wants = {} }: Rule): boolean {
  return [needs, wants].some((facts) => facts['objects']?.includes('backfill') === true);
}

/** The selectors that decide over a rule. */
export function selectorsOf({ only, cases = [] }: Selected): readonly Selector[] {
  return [only, ...cases.map((one) => one.only)].filter((selector) => selector !== null);
}

/** A severity under the preset `strict`. */
export function raised(severity: Severity): Severity {
  return severity === 'warning' ? 'error' : severity;
}

interface Asked {
  readonly rule: Rule;
  readonly policy: string | null;
  readonly strict: boolean;
}

function configured(asked: Asked, setting: RuleSetting | undefined): readonly Selected[] {
  if (setting === 'off') return [];
  if (setting === undefined) return [selected(asked, {})];
  if (typeof setting === 'string') return [selected(asked, { severity: setting })];
  // The types' own question does not narrow a list that is read-only.
  if (!isList(setting)) return [selected(asked, setting)];
  const cases = setting.map((one) => ({ only: one.only ?? null, selected: caseOf(asked, one) }));
  return [{ ...selected(asked, {}), cases }];
}

function isList(setting: object): setting is readonly RuleCase[] {
  return Array.isArray(setting);
}

function caseOf(asked: Asked, { severity, ...more }: RuleCase): Selected | null {
  return severity === 'off' ? null : selected(asked, severity === undefined ? more : { severity, ...more });
}

function selected(
  { rule, policy, strict }: Asked,
  {
    severity,
    only,
    options,
  }: { readonly severity?: Severity; readonly only?: Selector; readonly options?: object },
): Selected {
  const defaults = rule.options?.defaults;
  const merged = typeof defaults === 'object' ? { ...defaults, ...options } : undefined;
  const raise = strict && severity === undefined;
  return {
    rule,
    name: policy ?? rule.id,
    policy,
    severity: severity ?? (raise ? raised(rule.severity) : rule.severity),
    ...(raise ? { strict: true } : {}),
    only: only ?? null,
    options: merged,
  };
}
