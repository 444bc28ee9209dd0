/** Writes reports from the audit in a folder: narrowed, redacted, in parts, as the options say. */
import { createWriteStream, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { inert } from './terminal.ts';
import { DividedFindings } from '../audit/divide.ts';
import { openAudit } from '../audit/read.ts';
import { FindingsFile, writeAudit } from '../audit/write.ts';
import type { Audit } from '../model/audit.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Finding } from '../model/finding.ts';
import type { Redaction } from '../redact/redaction.ts';
import type { Findings, Format, Inventory } from '../../reports/format.ts';
import { frameworkNames, narrowed, type Narrowed } from '../../reports/narrow.ts';
import { sarif } from '../../reports/sarif.ts';
import { partNames, partsOf, type Split } from '../../reports/sarif/parts.ts';
import { makeFolder } from '../snapshot/lines.ts';

export interface Reporting {
  readonly formats: readonly Format[];
  readonly framework?: string | undefined;
  readonly split?: Split | undefined;
  readonly redaction?: Redaction | undefined;
  readonly inventory?: Inventory | undefined;
}

export interface Reported {
  /** The files that were written. */
  readonly paths: readonly string[];
  /** What was not written and why, a sentence or two each. */
  readonly withheld: readonly string[];
  /** The audit as it was reported, not narrowed. */
  readonly audit: Audit;
  readonly findings: Findings;
}

/** The folder, of those that `--out` names, of what may leave the house. */
export const redactedFolder = 'redacted';

/** Writes the reports from the audit in a folder into another, or the same. */
export async function reportInto(folder: string, out: string, how: Reporting): Promise<Reported> {
  makeFolder(out);
  const whole = how.redaction ? await redacted(folder, how.redaction, out) : open(folder);
  if (how.framework !== undefined) assertFramework(how.framework, frameworkNames(whole.audit));
  const { audit, findings, besides } = whole;
  const told = how.framework === undefined ? whole : await narrowed(audit, findings, how.framework, besides);
  const view = { ...told, besides: { ...told.besides, inventory: how.inventory } };
  try {
    const files = await filesOf(view, how, out);
    const paths: string[] = [];
    for (const { name, text, withheld } of files) {
      if (withheld !== undefined) continue;
      const path = join(out, name);
      makeFolder(dirname(path));
      await writeStream(path, text());
      paths.push(path);
    }
    return { paths, withheld: withheldOf(files, out), audit, findings };
  } finally {
    rmSync(join(out, dividing), { recursive: true, force: true });
  }
}

async function filesOf(view: Narrowed, how: Reporting, out: string): Promise<readonly ReportFile[]> {
  if (how.formats.includes(sarif)) removeUploads(out);
  const files: ReportFile[] = [];
  for (const format of how.formats) {
    const parts = format === sarif && how.split ? await partFiles(view, how.split, out) : null;
    files.push(...(parts ?? [fileOf(format, view)]));
  }
  return files;
}

/** So many sentences say what is withheld, and one more how much else. */
const mostWithheld = 5;

function withheldOf(files: readonly ReportFile[], out: string): readonly string[] {
  const said = files.flatMap(({ name, withheld }) =>
    withheld === undefined ? [] : [`${join(out, name)} is withheld. ${withheld}`],
  );
  const more = said.length - mostWithheld;
  return more > 0 ? [...said.slice(0, mostWithheld), `${more} more are withheld as these are.`] : said;
}

function open(folder: string): Narrowed {
  const { audit, findings, resolved, carried } = openAudit(folder);
  return { audit, findings, besides: { resolved, carried } };
}

/** The audit as it is sent out: written first, so that every report is made of it, and each name is looked for once. */
async function redacted(folder: string, redaction: Redaction, out: string): Promise<Narrowed> {
  const { audit, findings, besides } = open(folder);
  if (audit.header.redacted) throw new CannotRun('The audit is redacted already.');
  if (resolve(folder) === resolve(out)) {
    throw new CannotRun(
      'The redacted audit needs a folder of its own: it would take the place of the audit.',
    );
  }
  const all = [findings, besides.resolved, besides.carried];
  await redaction.learn(audit, all);
  const file = new FindingsFile(out, { compared: audit.change !== undefined });
  for (const each of all) for await (const finding of each()) file.add(redaction.finding(finding));
  file.finish();
  writeAudit(out, redaction.audit(audit));
  return open(out);
}

interface ReportFile {
  readonly name: string;
  readonly withheld: string | undefined;
  readonly text: () => AsyncIterable<string>;
}

function fileOf(format: Format, { audit, findings, besides }: Narrowed): ReportFile {
  return {
    name: format.file,
    withheld: format.withheld?.(audit),
    text: () => format.write(audit, findings, besides),
  };
}

/** The folder of an upload in parts, and where they wait to be written. */
const partsFolder = 'sarif';
const dividing = '.dividing';

/** A file a part, each a category of its own. */
async function partFiles(
  { audit, findings, besides }: Narrowed,
  split: Split,
  out: string,
): Promise<readonly ReportFile[]> {
  const nameFor = partNames(audit, split);
  const nameOf = ({ resource }: Finding): string => nameFor(resource.account);
  const found = new DividedFindings(join(out, dividing, 'findings'));
  await found.fill(findings(), nameOf);
  const carried = new DividedFindings(join(out, dividing, 'carried'));
  await carried.fill(besides.carried(), nameOf);
  const gone = new Set<string>();
  for await (const { resource } of besides.resolved()) gone.add(resource.account);
  return partsOf(audit, split, [...gone]).map((part) => ({
    name: join(partsFolder, `${part.file}.sarif`),
    withheld: part.withheld,
    text: () => sarif.write(part.audit, found.of(part.name), { ...besides, carried: carried.of(part.name) }),
  }));
}

/** Takes an earlier run's uploads away: what nobody renews would be uploaded as if it were new. */
function removeUploads(out: string): void {
  rmSync(join(out, sarif.file), { force: true });
  const folder = join(out, partsFolder);
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (/^(account|ou)-.*\.sarif$/.test(name)) rmSync(join(folder, name));
  }
}

/** Throws where the framework is none of these; asked before a scan too, which nobody wants to have waited for in vain. */
export function assertFramework(framework: string, names: readonly string[]): void {
  if (names.includes(framework)) return;
  throw new CannotRun(
    `There is no framework '${inert(framework, 60)}'. Allowed: ${names.map((name) => inert(name, 60)).join(', ')}.`,
  );
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
