/** The rules that were on, as SARIF describes them. */
import type { ReportingDescriptor } from 'sarif';
import type { Audit, RuleInfo } from '../../src/model/audit.ts';
import type { Severity } from '../../src/model/finding.ts';
import { clip, httpsAddress, line, markdownText, sentence } from '../escape.ts';
import { longestDescription, longestName, mostTags } from './limits.ts';

/** GitHub's scale: high from 7.0, medium from 4.0, low below. A string, or the upload is invalid. */
const securitySeverity: Readonly<Record<Severity, string>> = { error: '7.5', warning: '5.5', note: '2.0' };

/** The rules that were on, and after them those of findings that are carried along. */
export function rulesOf({ rules, change }: Audit): Readonly<Record<string, RuleInfo>> {
  return { ...rules, ...change?.rules };
}

/** The id under which code scanning knows a rule, or a policy by its name. */
export function ruleIdOf(key: string): string {
  return line(key) || 'rule';
}

/** A rule, or the policy that asks for it, with all that its page in code scanning shows. */
export function ruleOf(key: string, rule: RuleInfo): ReportingDescriptor {
  const id = ruleIdOf(key);
  const address = httpsAddress(rule.page);
  return {
    id,
    name: clip(pascal(id), longestName),
    shortDescription: { text: description(rule.title, id) },
    fullDescription: { text: description(rule.why, id) },
    ...(address === undefined ? {} : { helpUri: address }),
    help: { text: helpText(rule, address), markdown: helpMarkdown(rule, address) },
    defaultConfiguration: { level: rule.severity },
    properties: {
      // Without the tag `security` GitHub does not read the severity.
      tags: [...new Set(['security', ...rule.controls.map(line)])].filter(Boolean).slice(0, mostTags),
      precision: 'high',
      'security-severity': securitySeverity[rule.severity],
    },
  };
}

function description(text: string, otherwise: string): string {
  return clip(sentence(line(text)), longestDescription) || otherwise;
}

function helpText(rule: RuleInfo, address: string | undefined): string {
  return parts(rule, address, sentence)
    .map(([title, text]) => (title === '' ? text : `${title}: ${text}`))
    .join('\n\n');
}

function helpMarkdown(rule: RuleInfo, address: string | undefined): string {
  return parts(rule, address, (text) => markdownText(sentence(text)))
    .map(([title, text]) => (title === '' ? text : `**${title}**: ${text}`))
    .join('\n\n');
}

type Part = readonly [title: string, text: string];

function parts(
  rule: RuleInfo,
  address: string | undefined,
  shown: (text: string) => string,
): readonly Part[] {
  const all: readonly Part[] = [
    ['', shown(line(rule.why))],
    ['Fix', shown(line(rule.fix))],
    ['AWS failure reasons that it foretells', shown(rule.predicts.map(line).join(', '))],
    ['Controls', shown(rule.controls.map(line).join(', '))],
    ['AWS documentation', address ?? 'none; the rule is a judgement.'],
  ];
  return all.filter(([, text]) => text !== '').map(([title, text]): Part => [title, clip(text, 4_000)]);
}

/** `destination-public` as SARIF likes its names: `DestinationPublic`. */
function pascal(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Rule';
}
