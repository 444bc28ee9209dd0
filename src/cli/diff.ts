/** `replint diff`: what is different between two audits. */
import { Command } from 'commander';
import { changeCounts, changeLines } from './change-text.ts';
import { exitCodes } from './exit.ts';
import { marks, painter, type Paint } from './paint.ts';
import { refuseStranger } from './steps.ts';
import { inert, wantsColour } from './terminal.ts';
import { openAudit, type OpenAudit } from '../audit/read.ts';
import { CannotRun } from '../model/cannot-run.ts';
import { Comparison } from '../evaluate/comparison.ts';
import type { Change, Finding } from '../model/finding.ts';

interface DiffFlags {
  readonly json?: boolean;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description('print what is new, resolved or not known any more between two audits')
    .argument('<old>', 'the folder of the earlier audit, or its audit.json')
    .argument('<new>', 'the folder of the later one')
    .option('--json', 'as one JSON document: findings, and the counts of audit.json under change')
    .action((before: string, after: string, { json }: DiffFlags) => {
      const [old, now] = [openAudit(before), openAudit(after)];
      const { organization, caller, redacted } = now.audit.header;
      if (old.audit.header.redacted !== redacted)
        throw new CannotRun(
          'One of the two is redacted otherwise than the other: they have no names in common.',
        );
      refuseStranger(old.audit, { id: organization, caller });
      const text =
        json === true
          ? jsonOf(old, now)
          : textOf(old, now, painter(wantsColour(process.stdout, process.env)));
      for (const part of text) process.stdout.write(part);
      process.exitCode = exitCodes.clean;
    });
}

/** The findings that are not as they were, then what is resolved or carried. */
function* differences(comparison: Comparison, { all, audit }: OpenAudit): Generator<Finding> {
  for (const finding of all()) {
    // What the later audit carried along it did not find; and whatever it was held against, it is held against this now.
    if (finding.change === 'carried') continue;
    const marked = comparison.mark(finding);
    if (marked.change !== 'unchanged') yield marked;
  }
  const { header, coverage, rules } = audit;
  const { organization, onlyRules } = header;
  const lookedAt = { organization, accounts: coverage.accounts, rules, onlyRules };
  yield* comparison.rest(lookedAt, (finding) => finding);
}

function comparisonWith({ audit, all }: OpenAudit): Comparison {
  return new Comparison({ audit, findings: all });
}

function* jsonOf(old: OpenAudit, now: OpenAudit): Generator<string> {
  const comparison = comparisonWith(old);
  let separator = '{"findings":[\n';
  for (const finding of differences(comparison, now)) {
    yield `${separator}${JSON.stringify(finding)}`;
    separator = ',\n';
  }
  if (separator.startsWith('{')) yield separator;
  yield `\n],"change":${JSON.stringify(comparison.finish())}}\n`;
}

const words: Readonly<Record<Change, readonly [word: string, colour: string]>> = {
  new: ['new', '31'],
  unchanged: ['unchanged', '0'],
  'unknown-now': ['unknown now', '33'],
  resolved: ['resolved', '32'],
  carried: ['carried', '2'],
};

function* textOf(old: OpenAudit, now: OpenAudit, paint: Paint): Generator<string> {
  const comparison = comparisonWith(old);
  for (const finding of differences(comparison, now)) yield `${lineOf(finding, paint)}\n`;
  const change = comparison.finish();
  const different = old.audit.header.configuration !== now.audit.header.configuration;
  const notes = [
    ...changeLines(change),
    ...(different ? ['The two audits were judged by different configurations.'] : []),
  ];
  yield `${[changeCounts(change), ...notes].join('\n')}\n`;
}

function lineOf(
  { change = 'new', severity, outcome, policy, rule, resource, route, waiver }: Finding,
  paint: Paint,
): string {
  const [word, colour] = words[change];
  const shape = outcome === 'unknown' ? '?' : waiver ? '○' : marks[severity][0];
  const where = route ? `${resource.bucket} → ${route.destination.bucket}` : resource.bucket;
  const about = `${inert(policy ?? rule, 80)}  ${inert(where, 140)}  ${resource.account}`;
  return `${paint(colour, word.padEnd(11))}  ${shape} ${about}${waiver ? `  (waived by ${inert(waiver.owner, 80)})` : ''}`;
}
