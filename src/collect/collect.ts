/** plan → AWS → snapshot: the organization, wave one, wave two, and the manifest last of all. */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import {
  closeConnections,
  defaultCredentials,
  organizationsClient,
  stsClient,
  type CredentialProvider,
  type Reach,
} from './aws.ts';
import type { ObjectLimits } from './backfill.ts';
import { identify, membership, regionOf, type Caller, type Membership } from './caller.ts';
import { skipReason, type Choice } from './choice.ts';
import { assumedRole } from './credentials.ts';
import { Limiter } from './limiter.ts';
import type { OrganizationReader } from './organization.ts';
import { OrganizationPolicies } from './readers-account.ts';
import { readEnds, unreachable, type Sessions } from './ends.ts';
import { causeOf } from './failure.ts';
import type { Progress } from './progress.ts';
import { Session, type Surroundings } from './session.ts';
import { surveyAccount } from './survey.ts';
import { workOf } from './work.ts';
import type { Account, AccountIdentity, AccountStatus, Manifest } from '../model/estate.ts';
import type { BucketFacts } from '../model/facts.ts';
import type { Plan } from '../plan.ts';
import {
  clearSnapshot,
  finishedAccount,
  keepFinished,
  readBuckets,
  snapshotFormat,
  writeBuckets,
  writeEnds,
  writeManifest,
} from '../snapshot/snapshot.ts';

export interface CollectOptions {
  /** The snapshot's folder. */
  readonly folder: string;
  readonly replint: string;
  readonly plan: Plan;
  /** The role to assume in every account: its name, with its path. */
  readonly role: string;
  readonly externalId: string | undefined;
  readonly choice: Choice;
  readonly accountsAtOnce: number;
  readonly callsPerSecond: number;
  readonly objects: ObjectLimits;
  /** Accounts that an earlier scan of the same configuration finished are not read again. */
  readonly resume: boolean;
  readonly profile: string | undefined;
  readonly pathStyle: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Reads the organization into a snapshot. Throws CannotRun where it cannot begin; an account that fails ends nothing. */
export async function collect(options: CollectOptions): Promise<Manifest> {
  try {
    return await new Collection(options).run();
  } finally {
    closeConnections();
  }
}

/** DescribePolicy allows two calls a second in the whole organization, ListPoliciesForTarget five: bursts are retried. */
const organizationRate = 4;

class Collection {
  readonly #options: CollectOptions;
  readonly #configuration: string;
  readonly #base: CredentialProvider;
  readonly #roles = new Map<string, CredentialProvider>();

  constructor(options: CollectOptions) {
    this.#options = options;
    this.#configuration = configurationHash(options);
    this.#base = defaultCredentials(options.profile);
  }

  async run(): Promise<Manifest> {
    const { folder, progress, pathStyle, choice, resume } = this.#options;
    const started = new Date().toISOString();
    const first = { credentials: this.#base, pathStyle };
    const region = await regionOf(stsClient({ ...first, region: null }));
    const reach: Reach = { ...first, region };
    progress.called();
    const caller = await identify(stsClient(reach), region);
    const member = await membership(reach, caller, choice.include.accounts ?? [], progress);
    const { id, accounts } = member;
    if (resume) keepFinished(folder, chosen(accounts, choice), this.#configuration);
    else clearSnapshot(folder);
    const surroundings: Surroundings = { ...this.#options, region, limiters: new Map() };
    const read = await this.#waveOne(accounts, caller, surroundings);
    await this.#waveTwo(read, this.#organization(member, read, caller, surroundings), caller, surroundings);
    const manifest: Manifest = {
      format: snapshotFormat,
      replint: this.#options.replint,
      configuration: this.#configuration,
      started,
      finished: new Date().toISOString(),
      organization: {
        id,
        partition: caller.partition,
        caller: { account: caller.account, arn: caller.arn },
        accounts: read,
      },
      facts: this.#options.plan,
    };
    writeManifest(folder, manifest);
    return manifest;
  }

  async #waveOne(
    accounts: readonly AccountIdentity[],
    caller: Caller,
    surroundings: Surroundings,
  ): Promise<readonly Account[]> {
    const { choice, accountsAtOnce, progress } = this.#options;
    const limit = pLimit(accountsAtOnce);
    const asked = accounts.map((account) => ({ account, skipped: skipReason(account, choice) }));
    progress.step('buckets', asked.filter(({ skipped }) => skipped === null).length);
    return Promise.all(
      asked.map(async ({ account, skipped }): Promise<Account> => {
        if (skipped !== null) return { ...account, status: 'skipped', why: skipped };
        return { ...account, ...(await limit(() => this.#survey(account.id, caller, surroundings))) };
      }),
    );
  }

  async #survey(id: string, caller: Caller, surroundings: Surroundings): Promise<AccountStatus> {
    const { folder, resume, plan, progress } = this.#options;
    surroundings.signal.throwIfAborted();
    // How the caller's own account is read is found out by trying, so it is read again.
    const before = resume && id !== caller.account ? finishedAccount(folder, id, this.#configuration) : null;
    if (before?.status.status === 'scanned') {
      progress.accountDone(id, 0);
      return before.status;
    }
    const opened = await this.#open(id, caller, surroundings);
    // The names come from rules' `needs`, whose types are those of the facts.
    const facts = plan.bucket as readonly (keyof BucketFacts)[];
    const read = 'status' in opened ? { causes: opened.causes } : await surveyAccount(opened, facts);
    const buckets = 'causes' in read ? [] : read;
    const status: AccountStatus =
      'causes' in read ? { status: 'unreadable', causes: read.causes } : { status: 'scanned' };
    if (status.status === 'unreadable') {
      progress.notice(`Account ${id} cannot be read: ${status.causes[0]?.detail ?? ''}`);
    }
    const header = {
      kind: 'account',
      format: snapshotFormat,
      id,
      configuration: this.#configuration,
      status,
    } as const;
    writeBuckets(folder, header, buckets);
    progress.accountDone(id, buckets.length);
    return status;
  }

  async #waveTwo(
    accounts: readonly Account[],
    organization: OrganizationReader,
    caller: Caller,
    surroundings: Surroundings,
  ): Promise<void> {
    const { folder, accountsAtOnce, progress, plan, objects } = this.#options;
    const work = workOf(() => readBuckets(folder));
    const sessions = this.#sessions(accounts, caller, surroundings);
    const limit = pLimit(accountsAtOnce);
    progress.step('routes', work.length);
    await Promise.all(
      work.map((share) =>
        limit(async () => {
          surroundings.signal.throwIfAborted();
          const lines = await readEnds(share, sessions, { plan, objects, organization });
          writeEnds(folder, share.account, lines);
          progress.accountDone(share.account, 0);
        }),
      ),
    );
  }

  /** Organizations is asked with the caller's own credentials, for all accounts. */
  #organization(
    { id, management }: Membership,
    accounts: readonly Account[],
    caller: Caller,
    surroundings: Surroundings,
  ): OrganizationReader {
    const { pathStyle, callsPerSecond } = this.#options;
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const limiter = new Limiter(Math.min(callsPerSecond, organizationRate));
    const client = organizationsClient({ credentials: this.#base, pathStyle, region: surroundings.region });
    return {
      caller: new Session(caller.account, this.#base, surroundings),
      policies: id === null ? null : new OrganizationPolicies(client, () => limiter.take()),
      management,
      account: (account) => byId.get(account),
    };
  }

  /** Sessions of the accounts that wave one could read; of another it says why there is none. */
  #sessions(accounts: readonly Account[], caller: Caller, surroundings: Surroundings): Sessions {
    const byId = new Map(accounts.map((account) => [account.id, account]));
    return (id) => {
      const account = byId.get(id);
      if (account?.status === 'scanned') return this.#session(id, caller, surroundings);
      if (account?.status === 'unreadable') return unreachable(id, account.causes);
      const detail = account
        ? `Account ${id} was not scanned: ${account.why}`
        : `Account ${id} is not among the listed accounts.`;
      return unreachable(id, [{ reason: account ? 'not-collected' : 'outside-organization', detail }]);
    };
  }

  #session(id: string, caller: Caller, surroundings: Surroundings): Session {
    return new Session(id, this.#roles.get(id) ?? this.#role(id, caller, surroundings), surroundings);
  }

  #role(id: string, caller: Caller, surroundings: Surroundings): CredentialProvider {
    const { role, externalId, progress, pathStyle } = this.#options;
    const reach = { region: surroundings.region, pathStyle, credentials: this.#base };
    const provider = assumedRole(
      stsClient(reach),
      { arn: `arn:${caller.partition}:iam::${id}:role/${role}`, externalId },
      () => {
        progress.called();
      },
    );
    this.#roles.set(id, provider);
    return provider;
  }

  /** Assumes the role. The caller's own account is read with its own credentials where the role is not there. */
  async #open(
    id: string,
    caller: Caller,
    surroundings: Surroundings,
  ): Promise<Session | (AccountStatus & { status: 'unreadable' })> {
    const session = this.#session(id, caller, surroundings);
    try {
      await this.#roles.get(id)?.();
      return session;
    } catch (error) {
      if (id === caller.account) {
        this.#roles.set(id, this.#base);
        return this.#session(id, caller, surroundings);
      }
      const what = `role/${this.#options.role} of account ${id}`;
      return { status: 'unreadable', causes: [causeOf(error, 'sts:AssumeRole', caller.account, what)] };
    }
  }
}

/** The ids of the accounts that are to be read. */
function chosen(accounts: readonly AccountIdentity[], choice: Choice): readonly string[] {
  return accounts.filter((account) => skipReason(account, choice) === null).map(({ id }) => id);
}

/** What makes two snapshots hold the same things: facts, accounts, role, objects. */
function configurationHash({ plan, choice, role, objects }: CollectOptions): string {
  return createHash('sha256').update(JSON.stringify({ plan, choice, role, objects })).digest('hex');
}
