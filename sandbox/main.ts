/** The sandbox as a process: prints where it listens and who may sign, then serves until it is told to stop. */
import { parseArgs } from 'node:util';
import { spoil } from './faulty.ts';
import { organizationOf } from './generated.ts';
import { startSandbox, type SandboxOptions } from './server.ts';

const usage =
  'usage: npm run sandbox -- [--port N] [--latency MS] [--accounts N | [--partition aws|aws-cn|aws-us-gov] [--region R]]';

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n${usage}\n`);
  process.exit(2);
}

interface Arguments {
  readonly port?: string;
  readonly latency?: string;
  readonly accounts?: string;
  readonly partition?: string;
  readonly region?: string;
}

function readArguments(): Arguments {
  const string = { type: 'string' } as const;
  const options = { port: string, latency: string, accounts: string, partition: string, region: string };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,6}$/.test(text)) fail(`--${name} takes a whole number, not ${text}.`);
  return Number(text);
}

/** Of so many accounts an organization with faults is there already; without a number nothing is. */
function beginning({ accounts, partition, region }: Arguments): SandboxOptions {
  if (accounts === undefined)
    return {
      ...(partition === undefined ? {} : { partition }),
      ...(region === undefined ? {} : { region }),
    };
  if (partition !== undefined || region !== undefined)
    fail('The organization of --accounts is in partition aws, and signs in us-east-1.');
  const world = organizationOf(wholeNumber('accounts', accounts));
  if (world.organization) spoil(world, world.organization);
  return { world };
}

const given = readArguments();
const sandbox = await startSandbox({
  port: wholeNumber('port', given.port),
  latencyMs: wholeNumber('latency', given.latency),
  ...beginning(given),
}).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
const { endpoint, world, administrator } = sandbox;
const first = { endpoint, region: world.region, accountId: world.managementAccount, ...administrator };
process.stdout.write(`${JSON.stringify(first)}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close();
  });
}
