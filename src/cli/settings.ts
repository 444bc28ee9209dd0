/** Command-line options and replint.yaml, put together. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { inert } from './terminal.ts';
import { nearest } from '../config/complaint.ts';
import { readConfiguration, readUses } from '../config/read.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Configuration } from '../model/configuration.ts';
import type { Rule } from '../rule.ts';
import { select, type Selected } from '../selection.ts';
import { rules } from '../../rules/index.ts';

/** What `--config` and `--rule` come to. */
export interface Settings {
  readonly configuration: Configuration;
  readonly selection: readonly Selected[];
  readonly preset: string;
  /** The rules of `--rule`; none where it was not given. */
  readonly onlyRules: readonly string[];
  /** SHA-256 of the configuration, the rules asked for, and the user's own rules as they are written. */
  readonly hash: string;
}

interface Options {
  readonly config?: string;
  readonly rule?: readonly string[];
}

const usualFile = 'replint.yaml';

/** The file that is named, or replint.yaml where there is one, or none. */
function pathOf({ config }: Options): string | null {
  return config ?? (existsSync(usualFile) ? usualFile : null);
}

/** The rules that the configuration names as its own, loaded and checked. */
async function ownRules(path: string | null): Promise<readonly Rule[]> {
  const uses = path === null ? [] : readUses(path);
  if (path === null || uses.length === 0) return [];
  // Most configurations name none, and need not wait for what checks them.
  const { loadRules } = await import('./own/load.ts');
  return loadRules(uses, path, rules);
}

/** Every rule that there is: ours, and those that the configuration names. */
export async function loadCatalogue(options: Options): Promise<readonly Rule[]> {
  return [...rules, ...(await ownRules(pathOf(options)))];
}

/** Reads the configuration and the rules that it names. */
export async function loadSettings(options: Options): Promise<Settings> {
  const path = pathOf(options);
  const own = await ownRules(path);
  if (path === null || own.length === 0) return readSettings(options);
  const { validatorOf } = await import('../config/validator.ts');
  const catalogue = [...rules, ...own];
  return settingsOf(readConfiguration(path, validatorOf(catalogue)), catalogue, options.rule ?? [], own);
}

/** As {@link loadSettings}, of a configuration that names no rules of its own. */
export function readSettings(options: Options): Settings {
  const path = pathOf(options);
  return settingsOf(path === null ? {} : readConfiguration(path), rules, options.rule ?? [], []);
}

function settingsOf(
  configuration: Configuration,
  catalogue: readonly Rule[],
  asked: readonly string[],
  own: readonly Rule[],
): Settings {
  for (const id of asked) {
    if (!catalogue.some((rule) => rule.id === id)) throw new CannotRun(noSuchRule(id, catalogue));
  }
  const selection = select(catalogue, configuration, asked);
  if (selection.length === 0) throw new CannotRun('No rule is on: the configuration or --rule leaves none.');
  const names = selection.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  // Findings are counted, and known again, by that name.
  if (twice !== undefined)
    throw new CannotRun(`Two policies, or a policy and a rule, are called '${twice}'.`);
  const judging = [configuration, asked, ...(own.length === 0 ? [] : [own])];
  return {
    configuration,
    selection,
    preset: configuration.preset ?? 'recommended',
    onlyRules: asked,
    hash: createHash('sha256').update(JSON.stringify(judging, written)).digest('hex'),
  };
}

function written(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? String(value) : value;
}

/** A sentence for an id that no rule has. */
export function noSuchRule(id: string, catalogue: readonly Rule[]): string {
  const near = nearest(
    id,
    catalogue.map((rule) => rule.id),
  );
  return `There is no rule '${inert(id, 60)}'.${near === undefined ? '' : ` Did you mean '${near}'?`} 'replint rules' lists them.`;
}
