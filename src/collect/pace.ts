/**
 * Every attempt of a client, the SDK's own retries among them, waits for its turn and tells the limiter how it went. Which
 * error is a throttle, whether to try again and after how long stays the SDK's own judgement.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import type { Limiter } from './limiter.ts';

/** The limiter of an account and service, and what stops the scan. */
export interface Pace {
  /** Asked for at each use: while nobody calls it may be let go, and another come in its place. */
  readonly limiter: Limiter;
  readonly signal: AbortSignal;
}

/** What the SDK asks before each attempt; every client has one. */
type Strategy = Awaited<ReturnType<S3Client['config']['retryStrategy']>>;
type Pacing = Extract<Strategy, { readonly acquireInitialRetryToken: unknown }>;
type Token = Awaited<ReturnType<Pacing['acquireInitialRetryToken']>>;

interface Paced {
  readonly config: { retryStrategy: () => Promise<Strategy> };
}

/** Puts a client under a limiter, and gives the client back. */
export function paced<C extends Paced>(client: C, pace: Pace | undefined): C {
  if (pace === undefined) return client;
  const own = client.config.retryStrategy;
  let strategy: Promise<Strategy> | undefined;
  client.config.retryStrategy = () => (strategy ??= own().then((standard) => pacing(standard, pace)));
  return client;
}

function pacing(standard: Strategy, pace: Pace): Strategy {
  if (!('acquireInitialRetryToken' in standard)) throw new Error('The SDK has no retry strategy to pace.');
  const left = new WeakMap<Token, number>();
  const taken = async (token: Token): Promise<Token> => {
    left.set(token, await pace.limiter.take(pace.signal));
    return token;
  };
  return {
    acquireInitialRetryToken: async (scope) => taken(await standard.acquireInitialRetryToken(scope)),
    async refreshRetryTokenForRetry(token, info) {
      if (info.errorType === 'THROTTLING') pace.limiter.throttled(left.get(token) ?? 0);
      // An error that is no throttle is an answer like others: "not configured" is one.
      else pace.limiter.answered();
      return taken(await standard.refreshRetryTokenForRetry(token, info));
    },
    recordSuccess(token) {
      pace.limiter.answered();
      standard.recordSuccess(token);
    },
  };
}
