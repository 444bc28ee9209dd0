/**
 * How many calls a scan makes, and how long it takes beside a bare loop of the SDK that makes as many calls, as many at once, in the
 * same run: a generated organization in a sandbox of its own process, each scan and each loop in one of its own. Run with
 * `npm run bench:collect -- [--accounts N] [--latency MS] [--rounds N] [--json FILE]`; medians are printed. Without rounds of the
 * loop (`--rounds 0`) one scan is made, for its memory.
 */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import type { Cost } from './collect/cost.ts';
import { bucketsOfAccount } from '../sandbox/generated.ts';
import { callsAtOnce } from '../src/collect/session.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { accounts: text, latency: text, rounds: text, json: text, 'accounts-at-once': text },
});
const accounts = values.accounts ?? '200';
const rounds = Number(values.rounds ?? 3);
const accountsAtOnce = values['accounts-at-once'] ?? '64';
/** What the scan may have in flight, and its sockets let through. */
const atOnce = Math.min(256, Number(accountsAtOnce) * callsAtOnce);

const here = join(import.meta.dirname, 'collect');
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'replint-bench-'));

interface Sandbox {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Called {
  readonly calls: number;
  readonly perPlainBucket: number;
}

async function measured(file: string, sandbox: Sandbox, ...args: readonly string[]): Promise<Cost> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: sandbox.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.secretAccessKey,
  };
  const { stdout } = await run(process.execPath, [join(here, file), ...args], { env });
  // What the file prints last.
  return JSON.parse(stdout) as Cost;
}

/** A sandbox that answers lines with lines. */
function start(): {
  readonly server: ChildProcessWithoutNullStreams;
  readonly next: () => Promise<unknown>;
} {
  const heap = '--max-old-space-size=8192';
  const server = spawn(process.execPath, [heap, join(here, 'serve.js'), accounts, values.latency ?? '30']);
  server.stderr.pipe(process.stderr);
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  return {
    server,
    next: async () => {
      const line = await lines.next();
      if (line.done === true) throw new Error('The sandbox has ended.');
      const answer: unknown = JSON.parse(line.value);
      return answer;
    },
  };
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}

const { server, next } = start();
try {
  // What serve.ts prints first, and then for each line.
  const sandbox = (await next()) as Sandbox;
  const called = async (): Promise<Called> => {
    server.stdin.write('calls\n');
    return (await next()) as Called;
  };
  const scans: Cost[] = [];
  const floors: Cost[] = [];
  let made: Called = { calls: 0, perPlainBucket: 0 };
  for (let round = 0; round < Math.max(1, rounds); round += 1) {
    scans.push(await measured('scan.js', sandbox, join(folder, 'snapshot'), accountsAtOnce));
    made = await called();
    if (rounds > 0)
      floors.push(await measured('floor.js', sandbox, made.calls.toString(), atOnce.toString()));
    if (rounds > 0) await called();
  }
  report(made, scans, floors);
} finally {
  server.stdin.end('stop\n');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

function report({ calls, perPlainBucket }: Called, scans: readonly Cost[], floors: readonly Cost[]): void {
  const of = (costs: readonly Cost[], figure: (cost: Cost) => number): number => median(costs.map(figure));
  const over = (figure: (cost: Cost) => number): number =>
    median(scans.map((scan, at) => figure(scan) / figure(floors[at] ?? scan)));
  const rounded = (figure: number): number => Math.round(figure * 1000) / 1000;
  const figures: Record<string, number> = {
    'collect.buckets': Number(accounts) * bucketsOfAccount,
    'collect.calls': calls,
    'collect.callsPerBucket': rounded(calls / (Number(accounts) * bucketsOfAccount)),
    'collect.callsPerPlainBucket': rounded(perPlainBucket),
    'collect.wallSeconds': rounded(of(scans, ({ wallSeconds }) => wallSeconds)),
    'collect.cpuMsPerCall': rounded(of(scans, ({ cpuSeconds }) => (cpuSeconds * 1000) / calls)),
    'collect.peakMiB': Math.round(of(scans, ({ peakMiB }) => peakMiB)),
  };
  if (floors.length > 0) {
    figures['collect.floorWallSeconds'] = rounded(of(floors, ({ wallSeconds }) => wallSeconds));
    figures['collect.floorCpuMsPerCall'] = rounded(
      of(floors, ({ cpuSeconds }) => (cpuSeconds * 1000) / calls),
    );
    figures['collect.wallOverFloor'] = rounded(over(({ wallSeconds }) => wallSeconds));
    figures['collect.cpuOverFloor'] = rounded(over(({ cpuSeconds }) => cpuSeconds));
  }
  for (const [name, figure] of Object.entries(figures)) console.log(`${name.padEnd(30)} ${figure}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}
