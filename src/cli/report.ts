/** `replint report`, and the options of all that write reports. */
import { Command } from 'commander';
import { join, resolve } from 'node:path';
import { exitCodes } from './exit.ts';
import { inventoryIn, lockPath } from './inventory.ts';
import { holding } from './lock.ts';
import {
  formatOption,
  formatsOf,
  frameworkOption,
  lockOption,
  quietOption,
  redactOption,
  splitOption,
} from './options.ts';
import { redactionOf } from './redact.ts';
import { redactedFolder, reportInto, type Reporting } from './reporting.ts';
import { inert, terminal } from './terminal.ts';
import { findingFiles, openAudit } from '../audit/read.ts';
import { copyAudit } from '../audit/write.ts';
import type { Audit, Redaction as Extent } from '../model/audit.ts';
import type { Redaction } from '../redact/redaction.ts';
import type { Split } from '../../reports/sarif/parts.ts';
import { rules } from '../../rules/index.ts';

export interface ReportingFlags {
  readonly format?: readonly string[];
  readonly framework?: string;
  readonly sarifSplit?: Split;
  readonly lock?: string | boolean;
  readonly redact?: Extent;
}

/** Options of whatever writes reports. */
export function reporting(command: Command): Command {
  return command
    .addOption(formatOption())
    .addOption(frameworkOption())
    .addOption(splitOption())
    .addOption(lockOption())
    .addOption(redactOption());
}

/** What the options come to; the lock is there by now. */
export function reportingOf(
  { format, framework, sarifSplit: split }: ReportingFlags,
  redaction: Redaction | undefined,
  lock: string | undefined,
): Reporting {
  const inventory = lock === undefined ? undefined : inventoryIn(lock);
  return { formats: formatsOf(format), framework, split, redaction, inventory };
}

/** The reports, and the audit that they were made of. */
export function allFiles(out: string, reports: readonly string[], { change }: Audit): readonly string[] {
  const { findings, resolved, carried } = findingFiles;
  const own = ['audit.json', findings, ...(change ? [resolved, carried] : [])];
  return [...reports, ...own.map((name) => join(out, name))];
}

interface ReportFlags extends ReportingFlags {
  readonly out?: string;
  readonly quiet?: boolean;
}

export function reportCommand(): Command {
  const command = new Command('report')
    .description('write the reports of an audit again')
    .argument('<audit>', 'the folder that scan or evaluate wrote, or its audit.json')
    .option('-o, --out <folder>', 'where the reports go; beside the audit where not said');
  return reporting(command)
    .addOption(quietOption())
    .action(async (path: string, flags: ReportFlags) => {
      await report(path, flags);
      process.exitCode = exitCodes.clean;
    });
}

async function report(path: string, flags: ReportFlags): Promise<void> {
  const { folder, audit } = openAudit(path);
  const ids = [...rules.map(({ id }) => id), ...audit.header.onlyRules];
  const redaction = redactionOf(flags.redact, ids);
  const to = flags.out ?? (redaction ? join(folder, redactedFolder) : folder);
  const how = reportingOf(flags, redaction, lockPath(flags.lock));
  const json = redaction !== undefined || flags.format === undefined || flags.format.includes('json');
  const { paths, withheld } = await holding(to, () => {
    if (!redaction && json && resolve(to) !== resolve(folder)) copyAudit(folder, to);
    return reportInto(folder, to, how);
  });
  const { write } = terminal({});
  for (const sentence of withheld) write(`${inert(sentence, 600)}\n`);
  const written = json ? allFiles(to, paths, audit) : paths;
  if (flags.quiet !== true) write(written.map((one) => `${one}\n`).join(''));
}
