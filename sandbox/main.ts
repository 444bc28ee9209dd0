/** The sandbox as a process: prints where it listens and who may sign, then serves until it is told to stop. */
import { parseArgs } from 'node:util';
import { startSandbox } from './server.ts';

const usage =
  'usage: npm run sandbox -- [--port N] [--latency MS] [--partition aws|aws-cn|aws-us-gov] [--region R]';

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n${usage}\n`);
  process.exit(2);
}

function readArguments(): { port?: string; latency?: string; partition?: string; region?: string } {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({ options: { port: string, latency: string, partition: string, region: string } })
      .values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,6}$/.test(text)) fail(`--${name} takes a whole number, not ${text}.`);
  return Number(text);
}

const { port, latency, partition, region } = readArguments();
const sandbox = await startSandbox({
  port: wholeNumber('port', port),
  latencyMs: wholeNumber('latency', latency),
  ...(partition === undefined ? {} : { partition }),
  ...(region === undefined ? {} : { region }),
}).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
const { endpoint, world, administrator } = sandbox;
const first = { endpoint, region: world.region, accountId: world.managementAccount, ...administrator };
process.stdout.write(`${JSON.stringify(first)}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close();
  });
}
