/** Reads an audit back, for the reports. */
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditFormat, type Audit } from '../model/audit.ts';
import type { Finding } from '../model/finding.ts';
import { parsed, UnreadableFile } from '../snapshot/lines.ts';

export interface OpenAudit {
  readonly folder: string;
  readonly audit: Audit;
  readonly findings: () => AsyncIterable<Finding>;
}

/** Opens an audit by its folder or its `audit.json`; throws {@link UnreadableFile} where it is none. */
export function openAudit(path: string): OpenAudit {
  const folder = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  const file = join(folder, 'audit.json');
  if (!existsSync(file)) throw new UnreadableFile(file, "there is none; 'replint scan' writes one.");
  const audit = parsed(file, readFileSync(file, 'utf8'));
  if (!isAudit(audit)) {
    throw new UnreadableFile(file, `it is no audit of format ${auditFormat}, which this version reads.`);
  }
  const findings = join(folder, 'findings.ndjson');
  if (!existsSync(findings)) throw new UnreadableFile(findings, 'the audit has lost its findings.');
  return { folder, audit, findings: () => readFindings(findings) };
}

function isAudit(value: unknown): value is Audit {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === auditFormat;
}

/** Split at line feeds alone: readline would also split at U+2028, which a name may hold. */
async function* readFindings(path: string): AsyncGenerator<Finding> {
  let rest = '';
  // A stream with an encoding gives strings.
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    // Written by this version's evaluate, whose format the header vouches for.
    for (const line of lines) yield parsed(path, line) as Finding;
  }
  if (rest !== '') throw new UnreadableFile(path, 'its last line is cut off.');
}
