/** Reads an audit back, for the reports, and for the audits that are held against it. */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { auditFormat, type Audit } from '../model/audit.ts';
import type { Finding } from '../model/finding.ts';
import { parsed, UnreadableFile } from '../snapshot/lines.ts';

export interface OpenAudit {
  readonly folder: string;
  readonly audit: Audit;
  /** The findings, worst first. */
  readonly findings: () => AsyncIterable<Finding>;
  /** What failed in the baseline and does no longer; none where there was no baseline. */
  readonly resolved: () => AsyncIterable<Finding>;
  /** What failed in the baseline and was not looked at. */
  readonly carried: () => AsyncIterable<Finding>;
  /** The findings and what was carried along, without a promise: what another audit is held against. */
  readonly all: () => Iterable<Finding>;
}

/** The files of findings, by what they hold. */
export const findingFiles = {
  findings: 'findings.ndjson',
  resolved: 'resolved.ndjson',
  carried: 'carried.ndjson',
} as const;

/** Opens an audit by its folder or its `audit.json`; throws {@link UnreadableFile} where it is none. */
export function openAudit(path: string): OpenAudit {
  const folder = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  const file = join(folder, 'audit.json');
  if (!existsSync(file)) throw new UnreadableFile(file, "there is none; 'replint scan' writes one.");
  const audit = parsed(file, readFileSync(file, 'utf8'));
  if (!isAudit(audit)) {
    throw new UnreadableFile(file, `it is no audit of format ${auditFormat}, which this version reads.`);
  }
  const pathOf = (name: keyof typeof findingFiles): string => {
    const findings = join(folder, findingFiles[name]);
    if (!existsSync(findings)) throw new UnreadableFile(findings, 'the audit has lost its findings.');
    return findings;
  };
  pathOf('findings');
  const compared = audit.change !== undefined;
  const read = (name: keyof typeof findingFiles): Iterable<Finding> =>
    name === 'findings' || compared ? readFindings(pathOf(name)) : [];
  // A stream of objects, which has no type of its own.
  const stream = (name: keyof typeof findingFiles) => (): AsyncIterable<Finding> => Readable.from(read(name));
  return {
    folder,
    audit,
    findings: stream('findings'),
    resolved: stream('resolved'),
    carried: stream('carried'),
    *all() {
      yield* read('findings');
      yield* read('carried');
    },
  };
}

function isAudit(value: unknown): value is Audit {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === auditFormat;
}

/** The findings of a file. */
export function* readFindings(path: string): Generator<Finding> {
  // Written by this version's evaluate, whose format the header vouches for.
  for (const line of lines(path)) yield parsed(path, line) as Finding;
}

const lineFeed = 10;

/**
 * Split at line feeds alone: readline would also split at U+2028, which a name may hold. Each line becomes text by itself, since one
 * name outside Latin-1 makes all the text round it twice as large.
 */
function* lines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(1 << 18);
    let held = 0;
    for (let read = -1; read !== 0;) {
      if (held === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
      read = readSync(file, buffer, held, buffer.length - held, null);
      const whole = buffer.subarray(0, held + read);
      let start = 0;
      for (let end = whole.indexOf(lineFeed, held); end >= 0; end = whole.indexOf(lineFeed, start)) {
        yield whole.toString('utf8', start, end);
        start = end + 1;
      }
      held = whole.copy(buffer, 0, start);
    }
    if (held > 0) throw new UnreadableFile(path, 'its last line is cut off.');
  } finally {
    closeSync(file);
  }
}
