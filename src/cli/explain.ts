/** `replint explain`: what AWS means by a failure reason, and which rules foretell it. */
import { Command } from 'commander';
import { columns, section, standardPage, wrapped, written, type Page, type Row } from './page.ts';
import { marks } from './paint.ts';
import { address, whenOn } from './rule-text.ts';
import { inert } from './terminal.ts';
import { nearestFew } from '../config/complaint.ts';
import { foretellers } from '../foretold.ts';
import { CannotRun } from '../model/cannot-run.ts';
import { failureReasons, failures, failuresPage, type FailureReason } from '../model/failures.ts';
import type { Rule } from '../rule.ts';
import { rules } from '../../rules/index.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description("what AWS means by a failure reason, and which rules foretell it; all of AWS's without one")
    .argument('[reason]', "a failureReason of AWS's, in whatever case")
    .option('--json', 'as JSON')
    .action((given: string | undefined, flags: { readonly json?: boolean }) => {
      const reason = given === undefined ? null : reasonOf(given);
      if (flags.json === true) {
        const shown = reason === null ? failureReasons.map(reasonJson) : reasonJson(reason);
        process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
      } else {
        const page = standardPage();
        process.stdout.write(written(reason === null ? everyReason(page) : reasonText(reason, rules, page)));
      }
    });
}

/** The reason that is meant, in AWS's own spelling. */
function reasonOf(given: string): FailureReason {
  const wanted = given.trim().toLowerCase();
  const found = failureReasons.find((reason) => reason.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const sentence = `AWS has no failure reason '${inert(given, 60)}'.`;
  if (rules.some(({ id }) => id === wanted))
    throw new CannotRun(`${sentence} It is a rule: 'replint rules ${wanted}' explains it.`);
  const near = nearestFew(wanted, failureReasons);
  const meant = near.length === 0 ? '' : ` Did you mean ${near.map((name) => `'${name}'`).join(' or ')}?`;
  throw new CannotRun(`${sentence}${meant} 'replint explain' lists them.`);
}

/** A reason without its layout; every key is always there. */
function reasonJson(reason: FailureReason): object {
  const { meaning, batchOnly = false, sameAs = null, unforeseeable = null } = failures[reason];
  const by = foretellers(rules, reason);
  return {
    ...{ reason, meaning, batchOnly, sameAs, page: address(failuresPage) },
    foretoldBy: by.map(({ id, title, severity }) => ({ id, title, severity })),
    ...{ unforeseeable, check: check(by) },
  };
}

/** Scans for the rules that are on without being asked for; those of policies need a configuration. */
function check(by: readonly Rule[]): string | null {
  const ids = by.filter((rule) => whenOn(rule) === '').map(({ id }) => id);
  return ids.length === 0 ? null : `replint scan --rule ${ids.join(',')}`;
}

/** One reason in full. */
export function reasonText(reason: FailureReason, all: readonly Rule[], page: Page): readonly string[] {
  const { meaning, batchOnly, sameAs } = failures[reason];
  const by = foretellers(all, reason);
  const command = check(by);
  return [
    page.paint('1', reason),
    ...wrapped(meaning, page.width, '  '),
    ...(batchOnly === true ? wrapped('Only S3 Batch Replication meets it.', page.width, '  ') : []),
    ...(sameAs === undefined ? [] : wrapped(`Another spelling of ${sameAs}.`, page.width, '  ')),
    ...foretold(reason, by, page),
    ...(command === null ? [] : ['', page.paint('1', 'To check'), `  ${page.paint('36', `$ ${command}`)}`]),
    ...section('AWS', address(failuresPage) ?? '', page),
  ];
}

function foretold(reason: FailureReason, by: readonly Rule[], page: Page): readonly string[] {
  if (by.length === 0)
    return section('Foretold by no rule', failures[reason].unforeseeable ?? 'There is none yet.', page);
  const rows = by.map((rule): Row => {
    const [shape, colour] = marks[rule.severity];
    return [
      `${shape} ${rule.severity.padEnd('warning'.length)}  ${rule.id}`,
      rule.title + whenOn(rule),
      colour,
    ];
  });
  return ['', page.paint('1', 'Foretold by'), ...columns(rows, page)];
}

/** Every reason, with the rules that foretell it. */
function everyReason(page: Page): readonly string[] {
  const rows = failureReasons.map((reason): Row => {
    const by = foretellers(rules, reason).map(({ id }) => id);
    return by.length === 0 ? [reason, '-'] : [reason, by.join(', ')];
  });
  return [
    page.paint('1', "AWS's failure reasons, and the rules that foretell them"),
    ...columns(rows, page),
    '',
    ...wrapped(
      "More of one, and why there is no rule where '-' stands: replint explain <reason>. Of a rule: replint rules <id>.",
      page.width,
    ),
  ];
}
