/** The collector's own clients and sessions, pointed at a sandbox. */
import { stsClient, type CredentialProvider, type Reach } from '../../src/collect/aws.ts';
import { assumedRole } from '../../src/collect/credentials.ts';
import { Limiters } from '../../src/collect/limiters.ts';
import { Session, type Surroundings } from '../../src/collect/session.ts';
import type { Progress } from '../../src/collect/progress.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { silent } from './estate.ts';

/** How the sandbox's administrator reaches it; the endpoint goes through the environment, as a user's would. */
export function reachOf(sandbox: Sandbox, credentials?: CredentialProvider): Reach {
  process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;
  return {
    region: sandbox.world.region,
    pathStyle: true,
    credentials: credentials ?? (() => Promise.resolve(sandbox.administrator)),
  };
}

/** The credentials of the auditing role in an account. */
export function auditing(sandbox: Sandbox, account: string): CredentialProvider {
  const arn = `arn:aws:iam::${account}:role/ReplintAudit`;
  return assumedRole(stsClient(reachOf(sandbox)), { arn, externalId: undefined }, () => undefined);
}

/** A session in an account; without credentials, the administrator's. */
export function sessionOf(
  sandbox: Sandbox,
  account = sandbox.world.managementAccount,
  credentials?: CredentialProvider,
  more: Partial<Surroundings> = {},
): Session {
  const reach = reachOf(sandbox, credentials);
  return new Session(account, reach.credentials, {
    region: sandbox.world.region,
    pathStyle: true,
    callsPerSecond: 1000,
    limiters: new Limiters(1000),
    progress: silent,
    signal: new AbortController().signal,
    ...more,
  });
}

/** A progress that keeps what was said. */
export function listening(): Progress & { readonly notices: string[]; calls: number; throttles: number } {
  const heard = {
    ...silent,
    notices: [] as string[],
    calls: 0,
    throttles: 0,
    called: () => {
      heard.calls += 1;
    },
    throttled: () => {
      heard.throttles += 1;
    },
    notice: (sentence: string) => {
      heard.notices.push(sentence);
    },
  };
  return heard;
}
