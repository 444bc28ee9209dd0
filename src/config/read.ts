/** Reads replint.yaml: what is wrong is said with file, line and what is allowed. */
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { complaints, type SchemaError } from './complaint.ts';
import generated from './validate.generated.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Configuration } from '../model/configuration.ts';

/** What ajv makes: a function that carries the errors of its last call. */
export interface Validator {
  (value: unknown): value is Configuration;
  readonly errors?: readonly SchemaError[] | null | undefined;
}

// Generated code has no types of its own.
const builtIn = generated as unknown as Validator;

/** The configuration in a file; throws CannotRun naming each line that is wrong. */
export function readConfiguration(path: string, validate = builtIn): Configuration {
  return parseConfiguration(textOf(path), path, validate);
}

/** A module of rules that the configuration names, and where it does. */
export interface Use {
  readonly module: string;
  /** `replint.yaml:3:6` */
  readonly at: string;
}

/** The modules in a file, before anything else of it is looked at: what else is allowed depends on their rules. */
export function readUses(path: string): readonly Use[] {
  const { document, value, at } = parsed(textOf(path), path);
  const uses = typeof value === 'object' && value !== null && 'use' in value ? value.use : [];
  // What is no list of names, the validator complains of.
  if (!Array.isArray(uses)) return [];
  return uses.flatMap((module: unknown, index) =>
    typeof module === 'string' && module !== ''
      ? [{ module, at: at(offsetOf(document, ['use', String(index)])) }]
      : [],
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun(
      `Cannot read the configuration: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** As {@link readConfiguration}, of a text. */
export function parseConfiguration(text: string, path: string, validate = builtIn): Configuration {
  const { document, value, at } = parsed(text, path);
  if (validate(value)) return value;
  const found = complaints(validate.errors ?? []);
  throw new CannotRun(
    found.map(({ path: place, sentence }) => `${at(offsetOf(document, place))}: ${sentence}`).join('\n'),
  );
}

interface Parsed {
  readonly document: Document;
  readonly value: unknown;
  /** A place of the text as a person finds it. */
  readonly at: (offset: number) => string;
}

function parsed(text: string, path: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw new CannotRun(
      broken.map(({ pos, message }) => `${at(pos[0])}: ${message.split('\n', 1)[0] ?? ''}`).join('\n'),
    );
  }
  return { document, value: plainOf(document, path) ?? {}, at };
}

/** The document's value; an alias of nothing, or one that multiplies without end, shows only here. */
function plainOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) throw new CannotRun(`${path}: ${error.message}.`);
    throw error;
  }
}

/** Where a path stands in the file: its key where it has one, so that the line is the one to mend. */
function offsetOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length - 1).map(step), true) ?? document.contents;
    const offset = keyOffset(parent, path[length - 1] ?? '');
    if (offset !== null) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

const step = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

interface Ranged {
  readonly range?: readonly [number, number, number] | null;
}

function keyOffset(parent: unknown, key: string): number | null {
  if (typeof parent !== 'object' || parent === null || !('items' in parent) || !Array.isArray(parent.items))
    return null;
  // The items of YAML's maps are pairs, those of its sequences nodes; each node knows its range.
  const items = parent.items as readonly (Ranged & {
    readonly key?: Ranged & { readonly value?: unknown };
  })[];
  const found = items.find((item, index) =>
    item.key ? String(item.key.value) === key : String(index) === key,
  );
  return found?.key?.range?.[0] ?? found?.range?.[0] ?? null;
}
