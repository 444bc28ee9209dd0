/** `replint scan` and its halves, `collect` and `evaluate`, and `report`. */
import { Command } from 'commander';
import { join, resolve } from 'node:path';
import { exitCodeOf, exitCodes, type Threshold } from './exit.ts';
import {
  accountOption,
  allowIncompleteOption,
  configOption,
  failOnOption,
  frameworkOption,
  formatOption,
  formatsOf,
  fromOption,
  logJsonOption,
  ouOption,
  outOption,
  quietOption,
  ruleOption,
  shardOption,
  verboseOption,
  waveOption,
} from './options.ts';
import { holding } from './lock.ts';
import { loadSettings, type Settings } from './settings.ts';
import { lockOf, nextOf, stageOf, type StageFlags } from './stage.ts';
import {
  assertFramework,
  collectInto,
  collectStageInto,
  evaluateInto,
  reportInto,
  usualRole,
} from './steps.ts';
import { summary, type SummaryFacts } from './summary.ts';
import { logLine, ScanProgress, terminal, type LogFlags, type Terminal } from './terminal.ts';
import { findingFiles, openAudit, type OpenAudit } from '../audit/read.ts';
import { copyAudit } from '../audit/write.ts';
import { complianceOf } from '../evaluate/compliance.ts';
import { compliance } from '../../rules/frameworks/index.ts';
import type { OrganizationRates } from '../collect/organization-policies.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Audit } from '../model/audit.ts';
import type { Stage } from '../collect/shards.ts';

interface CollectFlags extends LogFlags {
  readonly config?: string;
  readonly out: string;
  readonly role?: string;
  readonly account?: readonly string[];
  readonly ou?: readonly string[];
  readonly rule?: readonly string[];
  readonly resume?: boolean;
}

interface JudgeFlags extends LogFlags {
  readonly config?: string;
  readonly out: string;
  readonly rule?: readonly string[];
  readonly format?: readonly string[];
  readonly framework?: string;
  readonly failOn: Threshold;
  readonly failOnNew?: boolean;
  readonly allowIncomplete?: boolean;
  readonly baseline?: string;
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
    .addOption(quietOption())
    .addOption(verboseOption())
    .addOption(logJsonOption());
}

/** Options of whatever judges. */
function judging(command: Command): Command {
  return command
    .addOption(formatOption())
    .addOption(frameworkOption())
    .addOption(failOnOption())
    .option('--baseline <audit>', 'an earlier audit: says what is new, unchanged and resolved')
    .option('--fail-on-new', 'exit with 1 only where such a finding is not in the baseline')
    .addOption(allowIncompleteOption());
}

/** The audit to compare with, opened before anything is read or written. */
function baselineOf({ baseline, failOnNew }: JudgeFlags): OpenAudit | undefined {
  if (baseline !== undefined) return openAudit(baseline);
  if (failOnNew === true)
    throw new CannotRun('--fail-on-new needs --baseline: new is what an earlier audit does not have.');
  return undefined;
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
  checkFramework(flags, settings);
  const baseline = baselineOf(flags);
  return holding(flags.out, () => scanInto(flags, settings, baseline, organizationRates));
}

async function scanInto(
  flags: ScanFlags,
  settings: Settings,
  baseline: OpenAudit | undefined,
  organizationRates?: OrganizationRates,
): Promise<number> {
  const to = terminal(flags);
  const begun = performance.now();
  const calls = await read(flags, settings, null, organizationRates);
  const audit = evaluateInto(join(flags.out, 'snapshot'), flags.out, settings, baseline);
  const reports = await reportInto(flags.out, flags.out, formatsOf(flags.format), flags.framework);
  if (!to.quiet) {
    const { findings } = openAudit(flags.out);
    const seconds = (performance.now() - begun) / 1000;
    await tell({ audit, findings, reports: allFiles(flags.out, reports, audit), seconds, calls }, to);
  }
  return exitCodeOf(audit, flags);
}

/** The end of a scan: for people, or as the last line of JSON. */
async function tell(facts: SummaryFacts, to: Terminal): Promise<void> {
  const { audit, reports, seconds, calls } = facts;
  const { tallies, coverage } = audit;
  const told = { ...tallies, rules: undefined, complete: coverage.complete, reports, seconds, calls };
  to.write(to.log === 'json' ? logLine('done', told) : await summary(facts, to));
}

/** A framework that these settings know; an audit has the same ones. */
function checkFramework({ framework }: JudgeFlags, { selection }: Settings): void {
  if (framework === undefined) return;
  const { frameworks } = complianceOf(selection, compliance);
  assertFramework(
    framework,
    frameworks.map(({ name }) => name),
  );
}

function allFiles(out: string, reports: readonly string[], { change }: Audit): readonly string[] {
  const { findings, resolved, carried } = findingFiles;
  const own = ['audit.json', findings, ...(change ? [resolved, carried] : [])];
  return [...reports, ...own.map((name) => join(out, name))];
}

/** Reads AWS, or a stage of it, until it is done or the user stops it; gives the number of calls. */
async function read(
  flags: CollectFlags,
  settings: Settings,
  stage: Stage | null,
  organizationRates?: OrganizationRates,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  const progress = new ScanProgress(terminal(flags));
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
    if (stage === null) await collectInto(target, settings, progress, stop.signal);
    else await collectStageInto(target, stage, settings, progress, stop.signal);
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
  return reading(command)
    .addOption(waveOption())
    .addOption(shardOption())
    .addOption(fromOption())
    .action(async (flags: CollectFlags & StageFlags) => {
      const snapshot = join(flags.out, 'snapshot');
      const stage = stageOf(flags, snapshot);
      const settings = await loadSettings(flags);
      const calls = await holding(flags.out, () => read(flags, settings, stage), lockOf(stage));
      const { quiet, log, write } = terminal(flags);
      if (quiet) return;
      const next = nextOf(stage, snapshot);
      write(
        log === 'json'
          ? logLine('collected', { snapshot, calls, next })
          : `${snapshot}: ${calls} calls. Next: ${next}\n`,
      );
    });
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('judge a snapshot, offline, and write the reports')
    .argument('<snapshot...>', 'the folder that collect or scan wrote, or those of its shards')
    .addOption(configOption())
    .addOption(outOption())
    .addOption(ruleOption())
    .addOption(quietOption());
  return judging(command).action(async (snapshots: [string, ...string[]], flags: JudgeFlags) => {
    const settings = await loadSettings(flags);
    checkFramework(flags, settings);
    const baseline = baselineOf(flags);
    const { audit, reports } = await holding(flags.out, async () => ({
      audit: evaluateInto(snapshots, flags.out, settings, baseline),
      reports: await reportInto(flags.out, flags.out, formatsOf(flags.format), flags.framework),
    }));
    const to = terminal(flags);
    if (!to.quiet) {
      const { findings } = openAudit(flags.out);
      const files = allFiles(flags.out, reports, audit);
      await tell({ audit, findings, reports: files, seconds: null, calls: null }, to);
    }
    process.exitCode = exitCodeOf(audit, flags);
  });
}

export function reportCommand(): Command {
  return new Command('report')
    .description('write the reports of an audit again')
    .argument('<audit>', 'the folder that scan or evaluate wrote, or its audit.json')
    .option('-o, --out <folder>', 'where the reports go; beside the audit where not said')
    .addOption(formatOption())
    .addOption(frameworkOption())
    .addOption(quietOption())
    .action(async (path: string, { out, format, framework, quiet }: ReportFlags) => {
      const { folder, audit } = openAudit(path);
      const to = out ?? folder;
      const json = format === undefined || format.includes('json');
      const paths = await holding(to, async () => {
        if (json && resolve(to) !== resolve(folder)) copyAudit(folder, to);
        return reportInto(folder, to, formatsOf(format), framework);
      });
      if (quiet !== true)
        terminal({}).write((json ? allFiles(to, paths, audit) : paths).map((one) => `${one}\n`).join(''));
      process.exitCode = exitCodes.clean;
    });
}

interface ReportFlags {
  readonly out?: string;
  readonly format?: readonly string[];
  readonly framework?: string;
  readonly quiet?: boolean;
}
