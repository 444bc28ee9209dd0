/** The steps of the pipeline as the commands run them: into a folder, each file written whole. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.ts';
import { ThrownRules } from './thrown.ts';
import type { OpenAudit } from '../audit/read.ts';
import { FindingsFile, writeAudit } from '../audit/write.ts';
import type { CollectOptions } from '../collect/collect.ts';
import type { Progress } from '../collect/progress.ts';
import type { OrganizationRates } from '../collect/organization-policies.ts';
import type { Stage } from '../collect/shards.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Audit } from '../model/audit.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Manifest, Organization } from '../model/estate.ts';
import { planOf } from '../plan.ts';
import { openSnapshots } from '../snapshot/join.ts';
import { version } from '../version.generated.ts';
import { compliance } from '../../rules/frameworks/index.ts';
import { makeFolder } from '../snapshot/lines.ts';

export interface ScanTarget {
  readonly out: string;
  readonly role?: string | undefined;
  readonly accounts: readonly string[];
  readonly ous: readonly string[];
  readonly resume: boolean;
  /** Of an organization that is not AWS's; left out, AWS's own. */
  readonly organizationRates?: OrganizationRates | undefined;
}

/** Name of the role that is assumed where nothing else is said. */
export const usualRole = 'ReplintAudit';

/** Reads AWS into `<out>/snapshot`. The SDK is loaded here, and by no command that does not need it. */
export async function collectInto(
  target: ScanTarget,
  settings: Settings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Manifest> {
  const { collect } = await import('../collect/collect.ts');
  return collect(optionsOf(target, settings, progress, signal));
}

/** Reads a part of it, as one of several processes. */
export async function collectStageInto(
  target: ScanTarget,
  stage: Stage,
  ...how: [settings: Settings, progress: Progress, signal: AbortSignal]
): Promise<void> {
  const { collectStage } = await import('../collect/shards.ts');
  return collectStage(optionsOf(target, ...how), stage);
}

function optionsOf(
  target: ScanTarget,
  { configuration, selection }: Settings,
  progress: Progress,
  signal: AbortSignal,
): CollectOptions {
  const { organization = {}, limits = {}, objects = {} } = configuration;
  const { env } = process;
  const named = target.accounts.length + target.ous.length > 0;
  return {
    folder: join(target.out, 'snapshot'),
    replint: version,
    plan: planOf(selection, configuration.waivers),
    role: target.role ?? organization.role ?? usualRole,
    externalId: organization.externalId,
    choice: {
      include: named ? { accounts: target.accounts, ous: target.ous } : (organization.include ?? {}),
      exclude: organization.exclude ?? {},
    },
    accountsAtOnce: limits.accountsAtOnce ?? 16,
    callsPerSecond: limits.callsPerSecond ?? 20,
    organizationRates: target.organizationRates,
    objects: { versions: objects.versions ?? 3000, pendingMinutes: objects.pendingMinutes ?? null },
    resume: target.resume,
    profile: env['AWS_PROFILE'],
    pathStyle: Boolean(env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']),
    signal,
    progress,
  };
}

/** An earlier audit, or the user's word that there was none. */
export type Baseline = OpenAudit | 'none';

export interface Judging {
  readonly baseline?: Baseline | undefined;
  /** Says nothing of rules that threw: their stacks hold names. */
  readonly discreet?: boolean;
}

/** Judges a snapshot, or what shards wrote into one folder or many, into `<out>/audit.json` and the files of findings beside it. */
export function evaluateInto(
  snapshot: string | readonly [string, ...string[]],
  out: string,
  settings: Settings,
  { baseline: before, discreet = false }: Judging = {},
): Audit {
  const [baseline, none] = before === 'none' ? [undefined, before] : [before, undefined];
  const opened = openSnapshots(typeof snapshot === 'string' ? [snapshot] : snapshot);
  if (baseline) refuseStranger(baseline.audit, opened.manifest.organization);
  makeFolder(out);
  const remove = (): void => {
    rmSync(join(out, 'audit.json'), { force: true });
  };
  // The baseline may stand in this very folder, and is kept until there is something in its place.
  if (!baseline) remove();
  const findings = new FindingsFile(out, { compared: baseline !== undefined });
  const { selection, preset, hash, configuration, onlyRules } = settings;
  const thrown = new ThrownRules();
  const audit = evaluate(
    opened,
    {
      selection,
      preset,
      configuration: hash,
      compliance,
      waivers: configuration.waivers,
      onlyRules,
      baseline: baseline ? { audit: baseline.audit, findings: baseline.all } : none,
    },
    (finding) => {
      findings.add(finding);
    },
    (one) => {
      thrown.add(one);
    },
  );
  if (!discreet) process.stderr.write(thrown.text());
  remove();
  findings.finish();
  writeAudit(out, audit);
  return audit;
}

/** A baseline of another organization has nothing to say: all would be new, and all of it resolved. */
export function refuseStranger({ header }: Audit, { id, caller }: Pick<Organization, 'id' | 'caller'>): void {
  const before = header.organization ?? header.caller.account;
  const now = id ?? caller.account;
  // Who could not ask for the organization once may be able to now.
  const sameCaller =
    header.caller.account === caller.account && (header.organization === null || id === null);
  if (before === now || sameCaller) return;
  throw new CannotRun(
    `The baseline is an audit of ${before}, and this is ${now}: they have nothing to compare.`,
  );
}
