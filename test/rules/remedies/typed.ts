/** What a remedy comes to once a shell, Terraform or YAML has read it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A command that was run: its words. */
export type Command = readonly string[];

/**
 * Runs the commands of many remedies in one shell, in which `aws` and `jq` only tell their words, and nothing else can be
 * found. It throws where anything else was called, or a file appeared that no remedy names.
 */
export function commandsOf(remedies: readonly string[]): readonly (readonly Command[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'remedies-'));
  try {
    const script = join(folder, 'script');
    writeFileSync(script, wtf8([prelude, ...remedies.map((one) => `${one}\nbetween`)].join('\n')));
    execFileSync('/bin/bash', ['-n', script], { env, stdio: 'pipe' });
    execFileSync('/bin/bash', ['--norc', script], { cwd: folder, env, stdio: 'pipe' });
    const files = readdirSync(folder).filter((name) => !known.has(name));
    if (files.length > 0) throw new Error(`A remedy made other files: ${files.join(', ')}`);
    const told = execFileSync('/bin/cat', [join(folder, 'told')], { maxBuffer: 2 ** 30 }).toString('latin1');
    return told
      .split('\0\x01between\0')
      .slice(0, -1)
      .map((one) =>
        one
          .split('\0\x01')
          .slice(1)
          .map((command) => command.split('\0')),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const known = new Set(
  ['replication', 'changed', 'lifecycle', 'notification', 'encryption', 'policy'].map(
    (name) => `${name}.json`,
  ),
)
  .add('error.txt')
  .add('script')
  .add('told');

const placeholders = [
  'REPLICA_KEY_ARN',
  'BUCKET_KEY_ARN',
  'DESTINATION_BUCKET_ARN',
  'REPLICATION_ROLE_ARN',
  'BATCH_REPLICATION_ROLE_ARN',
  'REPORT_BUCKET',
  'INVENTORY_BUCKET_ARN',
  'LOG_BUCKET',
  'TOPIC_ARN',
];

const env = {
  ...Object.fromEntries(placeholders.map((name) => [name, `the ${name}`])),
  LC_ALL: 'C.UTF-8',
  PATH: '/nowhere',
};

/** A variable that nobody set, or a command that is not there, ends the script. */
const prelude = `set -eu
exec 3> told
tell() { printf '\\0\\1%s' "$1" >&3; shift; for word; do printf '\\0%s' "$word" >&3; done; }
aws() { tell aws "$@"; }
jq() { tell jq "$@"; }
between() { printf '\\0\\1between\\0' >&3; }
command_not_found_handle() { exit 99; }`;

/** A word as the shell has it; half a pair of surrogates, which UTF-8 has not, as the three bytes that bash makes of it. */
export function asWord(text: string): string {
  return wtf8(text).toString('latin1');
}

function wtf8(text: string): Buffer {
  const parts = text.split(/(\p{Cs})/u).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part, 'utf8');
    const code = part.charCodeAt(0);
    return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
  });
  return Buffer.concat(parts);
}

/** The strings of a text in HCL, read as HCL reads them; throws where it would refuse one, or a template begins. */
export function stringsOfHcl(text: string): readonly string[] {
  const found: string[] = [];
  const token = /"((?:[^"\\\n]|\\.)*)"|#[^\n]*|[^"#]/gsu;
  let at = 0;
  for (const match of text.matchAll(token)) {
    if (match.index !== at) throw new Error(`No HCL at ${at}: ${text.slice(at, at + 40)}`);
    at += match[0].length;
    if (match[1] !== undefined) found.push(unescaped(match[1]));
  }
  if (at !== text.length) throw new Error(`No HCL at ${at}: ${text.slice(at, at + 40)}`);
  return found;
}

function unescaped(inner: string): string {
  const parts =
    /\\(?:([nrt"\\])|u([0-9a-f]{4})|U([0-9a-f]{8}))|([$%])\4\{|(?!\$\{aws_[\w.]+\})([$%]\{)|(\\)|([\s\S])/gu;
  return inner.replace(
    parts,
    (all, short?: string, four?: string, eight?: string, sigil?: string, open?: string, lone?: string) => {
      if (open !== undefined || lone !== undefined)
        throw new Error(`HCL would not take ${all} for itself: ${inner}`);
      if (short !== undefined) return shorts[short] ?? short;
      if (sigil !== undefined) return `${sigil}{`;
      const code = four ?? eight;
      return code === undefined ? all : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );
}

const shorts: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text in YAML as a value; what CloudFormation's tags name is the name, by its tag. */
export function yamlOf(text: string): unknown {
  const tags = ['!Ref', '!GetAtt', '!Sub'].map((tag) => ({
    tag,
    resolve: (name: string) => ({ [tag]: name }),
  }));
  const [document] = parseAllDocuments(text, { customTags: tags });
  if (document === undefined || !('errors' in document)) throw new Error('There is no document.');
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw error;
  return document.toJS();
}
