/** One account's credentials, clients and limiters, and the one place where an answer of AWS becomes an observation. */
import type { AccountClient } from '@aws-sdk/client-account';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import pLimit, { type LimitFunction } from 'p-limit';
import {
  accountClient,
  cloudWatchClient,
  iamClient,
  kmsClient,
  s3Client,
  s3ControlClient,
  type CredentialProvider,
  type Reach,
} from './aws.ts';
import { causeOf, failureOf } from './failure.ts';
import type { Limiters } from './limiters.ts';
import { operationOf } from './guard.ts';
import type { Pace } from './pace.ts';
import type { OrganizationRates } from './organization-policies.ts';
import { heardBy, type Progress } from './progress.ts';
import type { Templates } from './shortcut.ts';
import type { Observed } from '../model/facts.ts';

/** Calls of a service in flight in one account; the limiter sets the rate. */
export const callsAtOnce = 24;

/** What all sessions of a scan share. */
export interface Surroundings {
  readonly region: string;
  readonly pathStyle: boolean;
  readonly callsPerSecond: number;
  /** Left out: those of AWS. An organization on localhost has none. */
  readonly organizationRates?: OrganizationRates | undefined;
  readonly limiters: Limiters;
  readonly templates?: Templates | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A call to be made, and about what. */
export interface Ask<T> {
  readonly call: string;
  readonly what: string;
  /** The error code that means "not configured". */
  readonly absent?: string | undefined;
  readonly send: () => Promise<T>;
}

export class Session {
  readonly account: string;
  readonly #credentials: CredentialProvider;
  readonly #surroundings: Surroundings;
  readonly #s3 = new Map<string, S3Client>();
  readonly #kms = new Map<string, KMSClient>();
  readonly #cloudWatch = new Map<string, CloudWatchClient>();
  /** By service: what waits for one keeps no call of another from going. */
  readonly #turns = new Map<string, LimitFunction>();
  #iam: IAMClient | undefined;
  #control: S3ControlClient | undefined;
  #accounts: AccountClient | undefined;

  constructor(account: string, credentials: CredentialProvider, surroundings: Surroundings) {
    this.account = account;
    this.#credentials = credentials;
    this.#surroundings = surroundings;
  }

  /** Asks for the credentials; throws where there are none. */
  async enter(): Promise<void> {
    await this.#credentials();
  }

  get region(): string {
    return this.#surroundings.region;
  }

  s3(region: string): S3Client {
    const client = this.#s3.get(region) ?? s3Client(this.#reach('s3', region));
    this.#s3.set(region, client);
    return client;
  }

  /** IAM is a global service; the Region only says which partition's. */
  iam(): IAMClient {
    this.#iam ??= iamClient(this.#reach('iam'));
    return this.#iam;
  }

  kms(region: string): KMSClient {
    const client = this.#kms.get(region) ?? kmsClient(this.#reach('kms', region));
    this.#kms.set(region, client);
    return client;
  }

  cloudWatch(region: string): CloudWatchClient {
    const client = this.#cloudWatch.get(region) ?? cloudWatchClient(this.#reach('cloudwatch', region));
    this.#cloudWatch.set(region, client);
    return client;
  }

  s3Control(): S3ControlClient {
    this.#control ??= s3ControlClient(this.#reach('s3control'));
    return this.#control;
  }

  accounts(): AccountClient {
    this.#accounts ??= accountClient(this.#reach('account'));
    return this.#accounts;
  }

  /** Makes a call; whatever comes of it is an observation. Throws only where the scan was stopped. */
  async ask<T>(asked: Ask<T>): Promise<Observed<T | null>> {
    const { signal, progress } = this.#surroundings;
    signal.throwIfAborted();
    return this.#turn(asked.call)(() => {
      signal.throwIfAborted();
      progress.called();
      return this.observe(asked);
    });
  }

  /** The same where the calls are counted one by one, by whoever sends them. */
  async observe<T>({ call, what, absent, send }: Ask<T>): Promise<Observed<T | null>> {
    const { signal, progress } = this.#surroundings;
    const known = (value: T | null): Observed<T | null> => ({
      known: true,
      value,
      account: this.account,
      at: new Date().toISOString(),
    });
    try {
      return known(await send());
    } catch (error) {
      if (absent !== undefined && failureOf(error).name === absent) return known(null);
      if (signal.aborted && error === signal.reason) throw error;
      const cause = causeOf(error, operationOf(error) ?? call, this.account, what);
      if (cause.reason === 'throttled') progress.throttled();
      return { known: false, causes: [cause] };
    }
  }

  #turn(call: string): LimitFunction {
    const service = call.slice(0, call.indexOf(':'));
    const turn = this.#turns.get(service) ?? pLimit(callsAtOnce);
    this.#turns.set(service, turn);
    return turn;
  }

  #reach(service: string, region = this.region): Reach {
    const { pathStyle, templates, progress } = this.#surroundings;
    const pace = paceOf(this.#surroundings, this.account, service);
    const heard = heardBy(progress, this.account);
    return { region, pathStyle, credentials: this.#credentials, pace, heard, templates };
  }
}

/** What an account's calls of a service share, whoever makes them. */
export function paceOf(
  { limiters, signal }: Pick<Surroundings, 'limiters' | 'signal'>,
  account: string,
  service: string,
): Pace {
  return {
    get limiter() {
      return limiters.of(account, service);
    },
    signal,
  };
}
