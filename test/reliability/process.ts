/** The real command, as a process of its own, against a sandbox in this one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server.ts';

const main = join(import.meta.dirname, '../../dist/src/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that runs; `ended` resolves whatever ends it. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts it in a folder, by a shell's command where one is given, with variables that know the sandbox and nothing else of AWS. */
export function start(
  { endpoint, administrator }: Pick<Sandbox, 'endpoint' | 'administrator'>,
  folder: string,
  args: readonly string[],
  { shell, ...more }: { readonly uid?: number; readonly shell?: string } = {},
): Running {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const command = shell === undefined ? [process.execPath] : ['/bin/bash', '-c', shell, process.execPath];
  const [file = '', ...before] = command;
  const child = spawn(file, [...before, main, ...args], { cwd: folder, env, ...more });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  return { child, ended };
}

export const run = (...parameters: Parameters<typeof start>): Promise<Ended> => start(...parameters).ended;
