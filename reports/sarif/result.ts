/** A failed finding as a SARIF result. */
import type { Result } from 'sarif';
import type { Finding } from '../../src/model/finding.ts';
import { clip, codeScanningText, line, sentence } from '../escape.ts';
import { fingerprintKey } from './limits.ts';
import { locate, type Places } from './location.ts';
import { ruleIdOf } from './rules.ts';

/** What the results of a run share: what is known of places, the rules' own, the fingerprints so far. */
export interface ResultContext {
  readonly places: Places;
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly seen: Map<string, number>;
}

export function resultOf(finding: Finding, context: ResultContext): Result {
  const key = finding.policy ?? finding.rule;
  const { kind, location } = locate(finding, context.places);
  return {
    ruleId: ruleIdOf(key),
    ruleIndex: context.ruleIndex.get(key) ?? -1,
    level: finding.severity,
    message: { text: messageOf(finding) },
    locations: [location],
    partialFingerprints: { [fingerprintKey]: fingerprintOf(finding, context.seen) },
    properties: { locationKind: kind, ...(finding.change === undefined ? {} : { change: finding.change }) },
  };
}

/** GitHub shows the first sentence where there is little room: the finding's own message. */
function messageOf(finding: Finding): string {
  const said: readonly (readonly [string, string | undefined])[] = [
    ['', finding.message],
    ['Expected: ', finding.expected],
    ['Actual: ', finding.actual],
    ['Fix: ', finding.fix.text],
  ];
  return said.flatMap(([title, text]) => part(title, text)).join(' ') || finding.rule;
}

function part(title: string, text: string | undefined): readonly string[] {
  const shown = sentence(clip(line(text ?? ''), 1_000));
  return shown === '' ? [] : [codeScanningText(title + shown)];
}

/** GitHub's own form, `<hash>:<occurrence>`; its occurrences tell apart equal lines, ours equal findings. */
function fingerprintOf(finding: Finding, seen: Map<string, number>): string {
  const occurrence = (seen.get(finding.fingerprint) ?? 0) + 1;
  seen.set(finding.fingerprint, occurrence);
  return `${finding.fingerprint}:${occurrence}`;
}
