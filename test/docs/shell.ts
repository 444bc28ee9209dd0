/** A page's commands, run as they stand there: in a folder of their own, against a sandbox, by a `replint` or `npx` that is ours. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');

/** How a page calls the command: by its name, or by npx and its name, which needs no package registry here. */
const commands = { replint: '', npx: 'shift\n' } as const;

export interface Shell {
  readonly folder: string;
  /** The exit code of a script. */
  readonly run: (script: string) => Promise<number | null>;
  readonly remove: () => void;
}

export function shellOf(
  { endpoint, administrator }: Pick<Sandbox, 'endpoint' | 'administrator'>,
  command: keyof typeof commands,
): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'replint-page-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const before = commands[command];
  writeFileSync(join(bin, command), `#!/bin/sh\n${before}exec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(join(bin, command), 0o755);
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    GITHUB_STEP_SUMMARY: join(folder, 'step.md'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return {
    folder,
    run: (script) =>
      new Promise((resolve) => {
        spawn('bash', ['-euc', script], { cwd: folder, env, stdio: 'ignore' }).on('close', resolve);
      }),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
