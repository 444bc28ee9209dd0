/** The steps of the pipeline as the commands run them: into a folder, each file written whole. */
import { mkdirSync, rmSync, createWriteStream, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Settings } from './settings.ts';
import { ThrownRules } from './thrown.ts';
import { openAudit, type OpenAudit } from '../audit/read.ts';
import { FindingsFile, writeAudit } from '../audit/write.ts';
import type { Progress } from '../collect/progress.ts';
import type { OrganizationRates } from '../collect/readers-account.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Audit } from '../model/audit.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Manifest, Organization } from '../model/estate.ts';
import { planOf } from '../plan.ts';
import { openSnapshot } from '../snapshot/snapshot.ts';
import { version } from '../version.generated.ts';
import type { Format } from '../../reports/format.ts';

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
  { configuration, selection }: Settings,
  progress: Progress,
  signal: AbortSignal,
): Promise<Manifest> {
  const { collect } = await import('../collect/collect.ts');
  const { organization = {}, limits = {}, objects = {} } = configuration;
  const { env } = process;
  const named = target.accounts.length + target.ous.length > 0;
  return collect({
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
  });
}

/** Judges a snapshot into `<out>/audit.json` and the files of findings beside it. */
export function evaluateInto(snapshot: string, out: string, settings: Settings, baseline?: OpenAudit): Audit {
  const opened = openSnapshot(snapshot);
  if (baseline) refuseStranger(baseline.audit, opened.manifest.organization);
  mkdirSync(out, { recursive: true });
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
      waivers: configuration.waivers,
      onlyRules,
      baseline: baseline && { audit: baseline.audit, findings: baseline.all },
    },
    (finding) => {
      findings.add(finding);
    },
    (one) => {
      thrown.add(one);
    },
  );
  process.stderr.write(thrown.text());
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

/** Writes the reports from the audit in a folder; gives the files' paths. */
export async function reportInto(
  audit: string,
  out: string,
  formats: readonly Format[],
): Promise<readonly string[]> {
  const { audit: header, findings, resolved, carried } = openAudit(audit);
  mkdirSync(out, { recursive: true });
  const paths: string[] = [];
  for (const format of formats) {
    const path = join(out, format.file);
    await writeStream(path, format.write(header, findings, { resolved, carried }));
    paths.push(path);
  }
  return paths;
}

/** A report that could not be finished leaves nothing under its name, not even an older one's text. */
async function writeStream(path: string, text: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished, { mode: 0o600 }));
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    rmSync(path, { force: true });
    throw error;
  }
}
