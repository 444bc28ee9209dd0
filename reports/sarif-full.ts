/**
 * SARIF 2.1.0 for viewers: every finding, with what GitHub does not read. Waived ones are suppressed, unknown ones open, and
 * against a baseline each has its state, those that are resolved too.
 */
import type { Result } from 'sarif';
import type { Audit } from '../src/model/audit.ts';
import type { Change, Finding } from '../src/model/finding.ts';
import { line } from './escape.ts';
import { nothingBesides, type Besides, type Findings, type Format } from './format.ts';
import { scopeOf } from './sarif/category.ts';
import { count, end, frameOf } from './sarif/frame.ts';
import { resultOf, type ResultContext } from './sarif/result.ts';
import { rulesOf } from './sarif/rules.ts';

/** `findings.full.sarif`. Not for GitHub, which would open an alert for what is suppressed or absent. */
export const sarifFull: Format = {
  name: 'sarif-full',
  file: 'findings.full.sarif',
  write,
};

async function* write(
  audit: Audit,
  findings: Findings,
  { resolved, carried, inventory }: Besides = nothingBesides,
): AsyncIterable<string> {
  const log = frameOf(audit, await count(findings, carried));
  yield JSON.stringify(log).slice(0, -end.length);
  const ruleIndex = new Map(Object.keys(rulesOf(audit)).map((key, index) => [key, index]));
  const places = { scope: scopeOf(audit), inventory };
  const context = { places, ruleIndex, seen: new Map<string, number>() };
  let separator = '\n';
  for (const each of [findings, carried, resolved]) {
    for await (const finding of each()) {
      yield `${separator}${JSON.stringify(fullResultOf(finding, context))}`;
      separator = ',\n';
    }
  }
  yield `\n${end}\n`;
}

// https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317650
const states: Readonly<Record<Change, NonNullable<Result['baselineState']>>> = {
  new: 'new',
  unchanged: 'unchanged',
  'unknown-now': 'updated',
  resolved: 'absent',
  carried: 'unchanged',
};

function fullResultOf(finding: Finding, context: ResultContext): Result {
  const { outcome, waiver, change } = finding;
  const result = resultOf(finding, context);
  const justification = waiver && line(`${waiver.reason} (${waiver.owner}, until ${waiver.expires})`);
  return {
    ...result,
    // A result that is no failure has no level.
    ...(outcome === 'unknown' ? { kind: 'open', level: 'none' } : { kind: 'fail' }),
    // Where one result has suppressions all must have them.
    suppressions:
      justification === undefined ? [] : [{ kind: 'external', status: 'accepted', justification }],
    ...(change === undefined ? {} : { baselineState: states[change] }),
  };
}
