/** Presets: which rules are on where the configuration names none of them. */
import type { Rule } from './rule.ts';

/** The presets that every catalogue has; the others are the frameworks that its rules' controls name. */
const general = ['recommended', 'all', 'strict'] as const;

/** Every preset of a catalogue. */
export function presetsOf(rules: readonly Rule[]): readonly string[] {
  return [...general, ...new Set(rules.flatMap(frameworksOf).sort())];
}

/** Whether a preset has a rule on. A rule of policies waits for one, whatever the preset. */
export function hasOn(preset: string, rule: Rule): boolean {
  if (rule.policy === true) return false;
  switch (preset) {
    case 'recommended':
      return rule.recommended !== false;
    case 'all':
    case 'strict':
      return true;
    default:
      return frameworksOf(rule).includes(preset);
  }
}

/** `AWS-SecurityHub` of `AWS-SecurityHub/S3.14`. */
function frameworksOf({ controls = [] }: Rule): readonly string[] {
  return controls.map((control) => control.slice(0, control.indexOf('/')));
}
