/** Which rules are on, how severe each is, and over what: the configuration, applied to the catalogue. */
import type { Configuration, RuleSetting } from './model/configuration.ts';
import type { Selector } from './model/selector.ts';
import type { Severity } from './model/finding.ts';
import type { Rule } from './rule.ts';

/** A rule that is on, as it will be run. */
export interface Selected {
  readonly rule: Rule;
  /** The policy's name where a policy asked for it, else the rule's id. */
  readonly name: string;
  readonly policy: string | null;
  readonly severity: Severity;
  readonly only: Selector | null;
  readonly options: unknown;
}

/** Applies a valid configuration to the catalogue; `ids`, where given, narrows it to these rules. */
export function select(
  catalogue: readonly Rule[],
  configuration: Configuration,
  ids: readonly string[] = [],
): readonly Selected[] {
  const byId = new Map(catalogue.map((rule) => [rule.id, rule]));
  const asked = (configuration.policies ?? []).flatMap((policy) => {
    const rule = byId.get(policy.rule);
    return rule ? [selected(rule, policy.severity ?? rule.severity, policy.name, policy)] : [];
  });
  // A rule that the configuration names is asked for, whatever the preset.
  const named = configuration.rules ?? {};
  const preset = catalogue
    .filter((rule) => rule.policy !== true)
    .filter((rule) => rule.recommended !== false || configuration.preset === 'all' || rule.id in named)
    .flatMap((rule) => configured(rule, named[rule.id]));
  // Where objects are not listed, nothing is said that rests on listings.
  const blind = configuration.objects?.mode === 'off';
  return [...preset, ...asked]
    .filter(({ rule }) => !(blind && restsOnListings(rule)))
    .filter(({ rule }) => ids.length === 0 || ids.includes(rule.id));
}

function restsOnListings({ needs, wants = {} }: Rule): boolean {
  return [needs, wants].some((facts) => facts['objects']?.includes('backfill') === true);
}

function configured(rule: Rule, setting: RuleSetting | undefined): readonly Selected[] {
  if (setting === 'off') return [];
  if (setting === undefined || typeof setting === 'string') {
    return [selected(rule, setting ?? rule.severity, null, {})];
  }
  return [selected(rule, setting.severity ?? rule.severity, null, setting)];
}

function selected(
  rule: Rule,
  severity: Severity,
  policy: string | null,
  { only, options }: { readonly only?: Selector; readonly options?: object },
): Selected {
  const defaults = rule.options?.defaults;
  const merged = typeof defaults === 'object' ? { ...defaults, ...options } : undefined;
  return { rule, name: policy ?? rule.id, policy, severity, only: only ?? null, options: merged };
}
