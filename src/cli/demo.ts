/** `replint demo`: a real scan over HTTP of an organization that is made up, on this machine. Needs no account. */
import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from './exit.ts';
import { outOption } from './options.ts';
import { auditPolicy } from './policy.ts';
import { scan } from './scan.ts';
import { readSettings, type Settings } from './settings.ts';
import { usualRole } from './steps.ts';
import type { OrganizationRates } from '../collect/organization-policies.ts';
import { actionsOf, planOf } from '../plan.ts';
import type { AuditRole } from '../../sandbox/demo/accounts.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { makeFolder } from '../snapshot/lines.ts';

interface DemoFlags {
  readonly out: string;
  readonly keep?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('scan an organization that runs on this machine; no AWS account is needed')
    .addOption(outOption())
    .option('--keep', 'keep the organization running afterwards, to try things by hand')
    .action(async (flags: DemoFlags) => {
      process.exitCode = await demo(flags);
    });
}

async function demo(flags: DemoFlags): Promise<number> {
  // No other command needs the sandbox, so none waits for it to load.
  const [{ startSandbox }, { seedDemo }, { lastNight }, { demoConfiguration }] = await Promise.all([
    import('../../sandbox/server.ts'),
    import('../../sandbox/demo/seed.ts'),
    import('../../sandbox/demo/night.ts'),
    import('../../sandbox/demo/configuration.ts'),
  ]);
  const { out } = flags;
  // Not the usual name: `--out .` must not overwrite somebody's own.
  const config = join(out, 'demo.yaml');
  makeFolder(out);
  writeFileSync(config, demoConfiguration(new Date()));
  const settings = readSettings({ config });
  const sandbox = await startSandbox();
  try {
    say(`An AWS Organization of its own starts at ${sandbox.endpoint}; nothing leaves this machine.`);
    const begun = performance.now();
    await withSandbox(sandbox, () => seedDemo(sandbox, auditRole(settings)));
    say(`${inventory(sandbox)} were set up in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    // Whatever the scan finds, it ran: that is what a demo has to show.
    const shown = { config, failOn: 'never', allowIncomplete: true } as const;
    const before = join(out, 'last-night');
    const earlier = { ...shown, out: before, baseline: 'none', format: ['json'], quiet: true } as const;
    say('It was scanned last night, too; something was mended since, and something broke.');
    await withSandbox(sandbox, () => lastNight(sandbox, () => scan(earlier, localRates)));
    await withSandbox(sandbox, () => scan({ ...shown, out, baseline: before }, localRates));
    if (flags.keep === true) await keep(sandbox, config);
    say(closing);
    return exitCodes.clean;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    say('Stopped.');
    // Calls that are still out would only complain that the sandbox is gone.
    return process.exit(exitCodes.interrupted);
  } finally {
    await sandbox.close();
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** AWS's rates would have the demo wait ten seconds for policies of which this machine could answer thousands. */
export const localRates: OrganizationRates = {
  listPolicies: { perSecond: 1000, burst: 1000 },
  describePolicy: { perSecond: 1000, burst: 1000 },
};

const closing =
  "Your own organization is next: 'replint policy' prints the read-only role that its accounts need, and 'replint scan' reads them.";

/** The role that these settings ask for, with the policy that `replint policy` prints. */
export function auditRole({ configuration, selection }: Settings): AuditRole {
  const plan = planOf(selection, configuration.waivers);
  return {
    roleName: configuration.organization?.role ?? usualRole,
    policy: JSON.stringify(auditPolicy(actionsOf(plan))),
  };
}

function inventory({ world }: Sandbox): string {
  const buckets = [...world.buckets.values()];
  const versions = buckets.reduce((sum, bucket) => sum + bucket.versions.length, 0);
  const count = (number: number): string => number.toLocaleString('en');
  return `${count(world.organization?.parents.size ?? 0)} accounts, ${count(buckets.length)} buckets and ${count(versions)} object versions`;
}

/** What a client of the sandbox has in its environment. */
function environment({ endpoint, administrator, world }: Sandbox): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_REGION: world.region,
  };
}

/**
 * Runs something with the environment pointed at the sandbox. All else that is set for AWS is taken away meanwhile, profiles
 * included: one variable of many (AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, say) is enough to reach AWS itself.
 */
export async function withSandbox<T>(sandbox: Sandbox, run: () => Promise<T>): Promise<T> {
  const { env } = process;
  // What begins with AWS_SDK_ speaks to the SDK itself, and leads nowhere.
  const leads = (name: string): boolean => name.startsWith('AWS_') && !name.startsWith('AWS_SDK_');
  const before = Object.entries(env).filter(([name]) => leads(name));
  const clear = (): void => {
    for (const name of Object.keys(env)) if (leads(name)) Reflect.deleteProperty(env, name);
  };
  clear();
  Object.assign(env, environment(sandbox), {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
  try {
    return await run();
  } finally {
    clear();
    Object.assign(env, Object.fromEntries(before));
  }
}

/** Waits until the user has had enough. */
async function keep(sandbox: Sandbox, config: string): Promise<void> {
  const exports = Object.entries(environment(sandbox)).map(([name, value]) => `export ${name}=${value}`);
  say(['The organization goes on running. In another shell:', ...exports].join('\n'));
  say(`replint scan --config ${config} --out again   # or any client of AWS; Ctrl-C here ends it`);
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve();
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}
