/** Command-line options and replint.yaml, put together. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { inert } from './terminal.ts';
import { nearest } from '../config/complaint.ts';
import { readConfiguration } from '../config/read.ts';
import { CannotRun } from '../model/cannot-run.ts';
import type { Configuration } from '../model/configuration.ts';
import { select, type Selected } from '../selection.ts';
import { rules } from '../../rules/index.ts';

/** What `--config` and `--rule` come to. */
export interface Settings {
  readonly configuration: Configuration;
  readonly selection: readonly Selected[];
  readonly preset: string;
  /** SHA-256 of the configuration and the rules asked for. */
  readonly hash: string;
}

const usualFile = 'replint.yaml';

/** Reads the configuration: the file that is named, or replint.yaml where there is one, or none. */
export function readSettings(options: {
  readonly config?: string;
  readonly rule?: readonly string[];
}): Settings {
  const path = options.config ?? (existsSync(usualFile) ? usualFile : null);
  const configuration = path === null ? {} : readConfiguration(path);
  const asked = options.rule ?? [];
  for (const id of asked) if (!rules.some((rule) => rule.id === id)) throw new CannotRun(noSuchRule(id));
  const selection = select(rules, configuration, asked);
  if (selection.length === 0) throw new CannotRun('No rule is on: the configuration or --rule leaves none.');
  const names = selection.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  // Findings are counted, and known again, by that name.
  if (twice !== undefined)
    throw new CannotRun(`Two policies, or a policy and a rule, are called '${twice}'.`);
  return {
    configuration,
    selection,
    preset: configuration.preset ?? 'recommended',
    hash: createHash('sha256')
      .update(JSON.stringify([configuration, asked]))
      .digest('hex'),
  };
}

/** A sentence for an id that no rule has. */
export function noSuchRule(id: string): string {
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  return `There is no rule '${inert(id, 60)}'.${near === undefined ? '' : ` Did you mean '${near}'?`} 'replint rules' lists them.`;
}
