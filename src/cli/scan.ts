/** `replint scan` and its halves, `collect` and `evaluate`, and `report`. */
import { Command } from 'commander';
import { join, resolve } from 'node:path';
import { exitCodeOf, exitCodes, type Threshold } from './exit.ts';
import {
  accountOption,
  allowIncompleteOption,
  configOption,
  failOnOption,
  formatOption,
  formatsOf,
  ouOption,
  outOption,
  quietOption,
  ruleOption,
} from './options.ts';
import { holding } from './lock.ts';
import { loadSettings, type Settings } from './settings.ts';
import { collectInto, evaluateInto, reportInto, usualRole } from './steps.ts';
import { summary } from './summary.ts';
import { ScanProgress, terminal } from './terminal.ts';
import { openAudit } from '../audit/read.ts';
import { copyAudit } from '../audit/write.ts';
import type { OrganizationRates } from '../collect/readers-account.ts';

interface CollectFlags {
  readonly config?: string;
  readonly out: string;
  readonly role?: string;
  readonly account?: readonly string[];
  readonly ou?: readonly string[];
  readonly rule?: readonly string[];
  readonly resume?: boolean;
  readonly quiet?: boolean;
}

interface JudgeFlags {
  readonly config?: string;
  readonly out: string;
  readonly rule?: readonly string[];
  readonly format?: readonly string[];
  readonly failOn: Threshold;
  readonly allowIncomplete?: boolean;
  readonly quiet?: boolean;
}

export type ScanFlags = CollectFlags & JudgeFlags;

/** Options of whatever reads AWS. */
function reading(command: Command): Command {
  return command
    .addOption(configOption())
    .addOption(outOption())
    .option(
      '--role <name>',
      `the role to assume in every account, with its path (${usualRole} where the configuration names none)`,
    )
    .addOption(accountOption())
    .addOption(ouOption())
    .addOption(ruleOption())
    .option('--resume', 'read no account again that an interrupted scan had finished')
    .addOption(quietOption());
}

/** Options of whatever judges. */
function judging(command: Command): Command {
  return command.addOption(formatOption()).addOption(failOnOption()).addOption(allowIncompleteOption());
}

export function scanCommand(): Command {
  const command = new Command('scan').description('read the organization, judge it, and write the reports');
  return judging(reading(command)).action(async (flags: ScanFlags) => {
    process.exitCode = await scan(flags);
  });
}

/** A whole scan; gives the exit code. */
export async function scan(flags: ScanFlags, organizationRates?: OrganizationRates): Promise<number> {
  const settings = await loadSettings(flags);
  return holding(flags.out, () => scanInto(flags, settings, organizationRates));
}

async function scanInto(
  flags: ScanFlags,
  settings: Settings,
  organizationRates?: OrganizationRates,
): Promise<number> {
  const to = terminal(flags.quiet === true);
  const begun = performance.now();
  const calls = await read(flags, settings, organizationRates);
  const audit = evaluateInto(join(flags.out, 'snapshot'), flags.out, settings);
  const reports = await reportInto(flags.out, flags.out, formatsOf(flags.format));
  if (!to.quiet) {
    const { findings } = openAudit(flags.out);
    const seconds = (performance.now() - begun) / 1000;
    to.write(await summary({ audit, findings, reports: allFiles(flags.out, reports), seconds, calls }, to));
  }
  return exitCodeOf(audit, flags.failOn, flags.allowIncomplete === true);
}

function allFiles(out: string, reports: readonly string[]): readonly string[] {
  return [...reports, join(out, 'audit.json'), join(out, 'findings.ndjson')];
}

/** Reads AWS until it is done or the user stops it; gives the number of calls. */
async function read(
  flags: CollectFlags,
  settings: Settings,
  organizationRates?: OrganizationRates,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  const progress = new ScanProgress(terminal(flags.quiet === true));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const target = {
      out: flags.out,
      role: flags.role,
      accounts: flags.account ?? [],
      ous: flags.ou ?? [],
      resume: flags.resume === true,
      organizationRates,
    };
    await collectInto(target, settings, progress, stop.signal);
    return progress.calls;
  } finally {
    progress.clear();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

export function collectCommand(): Command {
  const command = new Command('collect').description(
    'read the organization into <out>/snapshot, and judge nothing',
  );
  return reading(command).action(async (flags: CollectFlags) => {
    const settings = await loadSettings(flags);
    const calls = await holding(flags.out, () => read(flags, settings));
    const to = terminal(flags.quiet === true);
    if (!to.quiet)
      to.write(
        `${join(flags.out, 'snapshot')}: ${calls} calls. Next: replint evaluate ${join(flags.out, 'snapshot')}\n`,
      );
  });
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('judge a snapshot, offline, and write the reports')
    .argument('<snapshot>', 'the folder that collect or scan wrote')
    .addOption(configOption())
    .addOption(outOption())
    .addOption(ruleOption())
    .addOption(quietOption());
  return judging(command).action(async (snapshot: string, flags: JudgeFlags) => {
    const settings = await loadSettings(flags);
    const { audit, reports } = await holding(flags.out, async () => ({
      audit: evaluateInto(snapshot, flags.out, settings),
      reports: await reportInto(flags.out, flags.out, formatsOf(flags.format)),
    }));
    const to = terminal(flags.quiet === true);
    if (!to.quiet) {
      const { findings } = openAudit(flags.out);
      const facts = { audit, findings, reports: allFiles(flags.out, reports), seconds: null, calls: null };
      to.write(await summary(facts, to));
    }
    process.exitCode = exitCodeOf(audit, flags.failOn, flags.allowIncomplete === true);
  });
}

export function reportCommand(): Command {
  return new Command('report')
    .description('write the reports of an audit again')
    .argument('<audit>', 'the folder that scan or evaluate wrote, or its audit.json')
    .option('-o, --out <folder>', 'where the reports go; beside the audit where not said')
    .addOption(formatOption())
    .addOption(quietOption())
    .action(async (path: string, { out, format, quiet }: ReportFlags) => {
      const { folder } = openAudit(path);
      const to = out ?? folder;
      const paths = [...(await reportInto(folder, to, formatsOf(format)))];
      const json = format === undefined || format.includes('json');
      if (json && resolve(to) !== resolve(folder)) copyAudit(folder, to);
      if (quiet !== true)
        terminal(false).write((json ? allFiles(to, paths) : paths).map((one) => `${one}\n`).join(''));
      process.exitCode = exitCodes.clean;
    });
}

interface ReportFlags {
  readonly out?: string;
  readonly format?: readonly string[];
  readonly quiet?: boolean;
}
