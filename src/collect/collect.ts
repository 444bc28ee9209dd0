/** plan → AWS → snapshot: the organization, wave one, wave two, and the manifest last of all. */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { Access } from './access.ts';
import { closeConnections, defaultCredentials, stsClient, type Reach } from './aws.ts';
import type { ObjectLimits } from './backfill.ts';
import { identify, membership, regionOf, type Caller } from './caller.ts';
import { skipReason, type Choice } from './choice.ts';
import { readEnds, type Sessions } from './ends.ts';
import type { OrganizationReader } from './organization.ts';
import type { Progress } from './progress.ts';
import type { OrganizationRates } from './readers-account.ts';
import type { Surroundings } from './session.ts';
import { surveyAccount } from './survey.ts';
import { workOf } from './work.ts';
import type { Account, AccountIdentity, AccountStatus, BucketLine, Manifest } from '../model/estate.ts';
import type { BucketFacts, Cause } from '../model/facts.ts';
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
  readonly organizationRates?: OrganizationRates | undefined;
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

class Collection {
  readonly #options: CollectOptions;
  readonly #configuration: string;

  constructor(options: CollectOptions) {
    this.#options = options;
    this.#configuration = configurationHash(options);
  }

  async run(): Promise<Manifest> {
    const { folder, progress, pathStyle, choice, resume, role, externalId, profile } = this.#options;
    const started = new Date().toISOString();
    const base = defaultCredentials(profile);
    const region = await regionOf(stsClient({ credentials: base, pathStyle, region: null }));
    const reach: Reach = { credentials: base, pathStyle, region };
    progress.called();
    const caller = await identify(stsClient(reach), region);
    const member = await membership(reach, caller, choice.include.accounts ?? [], progress);
    const { id, accounts } = member;
    if (resume) keepFinished(folder, chosen(accounts, choice), this.#configuration);
    else clearSnapshot(folder);
    const surroundings: Surroundings = { ...this.#options, region, limiters: new Map() };
    const access = new Access({ caller, base, role, externalId, surroundings });
    const read = await this.#waveOne(accounts, caller, access);
    await this.#waveTwo(access.sessions(read, id), access.organization(member, read));
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
    access: Access,
  ): Promise<readonly Account[]> {
    const { choice, accountsAtOnce, progress } = this.#options;
    const limit = pLimit(accountsAtOnce);
    const asked = accounts.map((account) => ({ account, skipped: skipReason(account, choice) }));
    progress.step('buckets', asked.filter(({ skipped }) => skipped === null).length);
    return Promise.all(
      asked.map(async ({ account, skipped }): Promise<Account> => {
        if (skipped !== null) return { ...account, status: 'skipped', why: skipped };
        return { ...account, ...(await limit(() => this.#survey(account.id, caller, access))) };
      }),
    );
  }

  async #survey(id: string, caller: Caller, access: Access): Promise<AccountStatus> {
    const { folder, resume, progress, signal } = this.#options;
    signal.throwIfAborted();
    // How the caller's own account is read is found out by trying, so it is read again.
    const before = resume && id !== caller.account ? finishedAccount(folder, id, this.#configuration) : null;
    if (before?.status.status === 'scanned') {
      progress.accountDone(id, 0);
      return before.status;
    }
    const read = await this.#buckets(id, access);
    const buckets = 'causes' in read ? [] : read;
    const status: AccountStatus =
      'causes' in read ? { status: 'unreadable', causes: read.causes } : { status: 'scanned' };
    if (status.status === 'unreadable') {
      progress.notice(`Account ${id} cannot be read: ${status.causes[0]?.detail ?? ''}`);
    }
    const configuration = this.#configuration;
    writeBuckets(folder, { kind: 'account', format: snapshotFormat, id, configuration, status }, buckets);
    progress.accountDone(id, buckets.length);
    return status;
  }

  async #buckets(
    id: string,
    access: Access,
  ): Promise<readonly BucketLine[] | { readonly causes: readonly Cause[] }> {
    const opened = await access.open(id);
    if ('causes' in opened) return opened;
    // The names come from rules' `needs`, whose types are those of the facts.
    const read = await surveyAccount(opened, this.#options.plan.bucket as readonly (keyof BucketFacts)[]);
    return 'causes' in read ? { causes: [...access.refusals(id), ...read.causes] } : read;
  }

  async #waveTwo(sessions: Sessions, organization: OrganizationReader): Promise<void> {
    const { folder, accountsAtOnce, progress, plan, objects, signal } = this.#options;
    const work = workOf(() => readBuckets(folder));
    const limit = pLimit(accountsAtOnce);
    progress.step('routes', work.length);
    await Promise.all(
      work.map((share) =>
        limit(async () => {
          signal.throwIfAborted();
          writeEnds(folder, share.account, await readEnds(share, sessions, { plan, objects, organization }));
          progress.accountDone(share.account, 0);
        }),
      ),
    );
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
