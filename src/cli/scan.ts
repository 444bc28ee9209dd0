/** `replint scan` and its halves, `collect` and `evaluate`. */
import { Command } from 'commander';
import { join } from 'node:path';
import { exitCodeOf, type Threshold } from './exit.ts';
import { lockPath, updateLock } from './inventory.ts';
import {
  accountOption,
  allowIncompleteOption,
  configOption,
  failOnOption,
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
import { lockNameOf, nextOf, stageOf, type StageFlags } from './stage.ts';
import { redactionOf } from './redact.ts';
import { allFiles, reporting, reportingOf, type ReportingFlags } from './report.ts';
import { assertFramework, redactedFolder, reportInto, type Reported } from './reporting.ts';
import { collectInto, collectStageInto, evaluateInto, usualRole, type Baseline } from './steps.ts';
import { summary, type SummaryFacts } from './summary.ts';
import { inert, logLine, ScanProgress, terminal, type LogFlags, type Terminal } from './terminal.ts';
import { openAudit } from '../audit/read.ts';
import { complianceOf } from '../evaluate/compliance.ts';
import { compliance } from '../../rules/frameworks/index.ts';
import { rules } from '../../rules/index.ts';
import type { OrganizationRates } from '../collect/organization-policies.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Stage } from '../collect/shards.ts';

interface CollectFlags extends LogFlags {
  readonly config?: string;
  readonly out: string;
  readonly role?: string;
  readonly account?: readonly string[];
  readonly ou?: readonly string[];
  readonly rule?: readonly string[];
  readonly resume?: boolean;
  readonly redact?: unknown;
}

interface JudgeFlags extends LogFlags, ReportingFlags {
  readonly config?: string;
  readonly out: string;
  readonly rule?: readonly string[];
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
  return reporting(command)
    .addOption(failOnOption())
    .option(
      '--baseline <audit>',
      "an earlier audit: says what is new, unchanged and resolved; 'none' where there is none",
    )
    .option('--fail-on-new', 'exit with 1 only where such a finding is not in the baseline')
    .addOption(allowIncompleteOption());
}

/** The audit to compare with, opened before anything is read or written. */
function baselineOf({ baseline, failOnNew }: JudgeFlags): Baseline | undefined {
  if (baseline === 'none') return 'none';
  if (baseline !== undefined) {
    const opened = openAudit(baseline);
    if (!opened.audit.header.redacted) return opened;
    throw new CannotRun(
      'The baseline is redacted, and has no name in common with an audit: name the audit that it was made of.',
    );
  }
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
  const judge = await judgeOf(flags);
  return holding(flags.out, async () => {
    const begun = performance.now();
    const calls = await read(flags, judge.settings, null, organizationRates);
    return judge([join(flags.out, 'snapshot')], () => ({
      ...{ seconds: (performance.now() - begun) / 1000, calls },
    }));
  });
}

type Effort = () => Pick<SummaryFacts, 'seconds' | 'calls'>;

/** Judges snapshots and writes the reports, as the options say; what is wrong with these is said before anything is read. */
interface Judge {
  (snapshots: readonly [string, ...string[]], effort: Effort): Promise<number>;
  readonly settings: Settings;
}

async function judgeOf(flags: JudgeFlags): Promise<Judge> {
  const settings = await loadSettings(flags);
  checkFramework(flags, settings);
  const baseline = baselineOf(flags);
  const lock = lockPath(flags.lock);
  const ids = settings.selection.map(({ rule }) => rule.id);
  const redaction = redactionOf(flags.redact, [...rules.map(({ id }) => id), ...ids]);
  const judge = async (snapshots: readonly [string, ...string[]], effort: Effort): Promise<number> => {
    const whole = evaluateInto(snapshots, flags.out, settings, {
      ...{ baseline, discreet: redaction !== undefined },
    });
    if (lock !== undefined) updateLock(lock, snapshots, redaction);
    const out = redaction ? join(flags.out, redactedFolder) : flags.out;
    const reported = await reportInto(flags.out, out, reportingOf(flags, redaction, lock));
    await say(flags, out, reported, effort());
    return exitCodeOf(whole, flags);
  };
  return Object.assign(judge, { settings });
}

async function say(
  flags: JudgeFlags,
  out: string,
  { audit, findings, paths, withheld }: Reported,
  effort: ReturnType<Effort>,
): Promise<void> {
  const to = terminal(flags);
  // That there is nothing to upload is no news that may be missed.
  for (const sentence of withheld) {
    const said = inert(sentence, 600);
    to.write(to.log === 'json' ? logLine('withheld', { sentence: said }) : `${said}\n`);
  }
  if (to.quiet) return;
  const reports = allFiles(out, paths, audit);
  await tell({ audit, findings, reports, ...effort }, to);
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
  const progress = new ScanProgress(terminal(flags), { discreet: flags.redact !== undefined });
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
    progress.end();
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
      const calls = await holding(flags.out, () => read(flags, settings, stage), lockNameOf(stage));
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
    const judge = await judgeOf(flags);
    process.exitCode = await holding(flags.out, () =>
      judge(snapshots, () => ({ seconds: null, calls: null })),
    );
  });
}
