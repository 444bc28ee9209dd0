/** plan → AWS → snapshot: the organization, wave one, wave two, and the manifest last of all. */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { Access } from './access.ts';
import { closeConnections, defaultCredentials, stsClient, type Reach } from './aws.ts';
import type { ObjectLimits } from './backfill.ts';
import { identify, membership, regionOf, type Caller } from './caller.ts';
import { skipReason, type Choice } from './choice.ts';
import { readEnds } from './ends.ts';
import { Limiters } from './limiters.ts';
import type { OrganizationRates } from './organization-policies.ts';
import { heardBy, type Progress } from './progress.ts';
import { paceOf, type Surroundings } from './session.ts';
import { surveyAccount } from './survey.ts';
import { inTurns } from './turns.ts';
import { workOf, type Work } from './work.ts';
import type {
  Account,
  AccountIdentity,
  AccountStatus,
  BucketLine,
  Manifest,
  Membership,
} from '../model/estate.ts';
import type { BucketFacts, Cause } from '../model/facts.ts';
import type { Plan } from '../plan.ts';
import {
  clearSnapshot,
  fileOf,
  finishedAccount,
  finishedEnds,
  keepEnds,
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
    return await whole(new Collection(options), options);
  } finally {
    closeConnections();
  }
}

async function whole(
  collection: Collection,
  { folder, resume, choice, replint, plan, progress }: CollectOptions,
): Promise<Manifest> {
  const { configuration } = collection;
  const opened = await collection.open();
  const member = await collection.members(opened);
  const { id, accounts } = member;
  if (resume) tellDropped(keepFinished(folder, chosen(accounts, choice), configuration), progress);
  else clearSnapshot(folder);
  const read = await collection.waveOne(accounts, opened);
  const work = workOf((account) => readBuckets(folder, account));
  keepEnds(folder, work.accounts);
  await collection.waveTwo(work, read, member, opened);
  const { started, caller } = opened;
  const { partition, account, arn } = caller;
  const manifest: Manifest = {
    format: snapshotFormat,
    replint,
    configuration,
    started,
    finished: new Date().toISOString(),
    organization: { id, partition, caller: { account, arn }, accounts: read },
    facts: plan,
  };
  writeManifest(folder, manifest);
  return manifest;
}

/** A way into AWS. */
export interface Opened {
  readonly started: string;
  readonly reach: Reach;
  readonly caller: Caller;
  readonly access: Access;
}

/** The parts of a scan, for a process that does all of them and for one that does some. */
export class Collection {
  readonly #options: CollectOptions;
  /** SHA-256 of what is asked for. */
  readonly configuration: string;

  constructor(options: CollectOptions) {
    this.#options = options;
    // Every limiter that waits listens to it, and Node takes more than ten listeners for a leak.
    setMaxListeners(0, options.signal);
    this.configuration = configurationHash(options);
  }

  async open(): Promise<Opened> {
    const { progress, pathStyle, role, externalId, profile } = this.#options;
    const started = new Date().toISOString();
    const base = defaultCredentials(profile);
    const region = await regionOf(stsClient({ credentials: base, pathStyle, region: null }));
    const reach: Reach = { credentials: base, pathStyle, region, heard: heardBy(progress, null) };
    progress.called();
    const caller = await identify(stsClient(reach), region);
    const surroundings: Surroundings = {
      ...this.#options,
      region,
      limiters: new Limiters(this.#options.callsPerSecond),
      templates: new Map(),
    };
    const pace = paceOf(surroundings, caller.account, 'organizations');
    const access = new Access({ caller, base, role, externalId, surroundings });
    const heard = heardBy(progress, caller.account);
    return { started, reach: { ...reach, pace, heard }, caller, access };
  }

  members({ reach, caller }: Opened): Promise<Membership> {
    const { choice, progress } = this.#options;
    return membership(reach, caller, choice.include.accounts ?? [], progress);
  }

  async waveOne(
    accounts: readonly AccountIdentity[],
    { caller, access }: Opened,
  ): Promise<readonly Account[]> {
    const { choice, accountsAtOnce, progress } = this.#options;
    progress.step('buckets', chosen(accounts, choice).length);
    return inTurns(accounts, accountsAtOnce, async (account): Promise<Account> => {
      const why = skipReason(account, choice);
      if (why !== null) return { ...account, status: 'skipped', why };
      return { ...account, ...(await this.#survey(account.id, caller, access)) };
    });
  }

  async #survey(id: string, caller: Caller, access: Access): Promise<AccountStatus> {
    const { folder, resume, progress, signal } = this.#options;
    signal.throwIfAborted();
    const before = resume ? finishedAccount(folder, id, this.configuration) : null;
    if (before?.status.status === 'scanned') {
      if (before.own === true) access.useOwn();
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
    const { configuration } = this;
    const own = id === caller.account && access.isOwn;
    writeBuckets(
      folder,
      { kind: 'account', format: snapshotFormat, id, configuration, status, own },
      buckets,
    );
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

  /** What an interrupted scan had read of the same ends in the same circumstances is not read again. */
  async waveTwo(
    { accounts, shareOf }: Work,
    read: readonly Account[],
    member: Membership,
    { access }: Opened,
  ): Promise<void> {
    const { folder, accountsAtOnce, progress, plan, objects, signal, resume } = this.#options;
    const sessions = access.sessions(read, member.id);
    const organization = access.organization(member, read);
    const { configuration } = this;
    const { management, policyTypes, unitsUnknown } = member;
    const circumstances = sha256({ read, configuration, management, policyTypes, unitsUnknown });
    progress.step('routes', accounts.length);
    let replaced = 0;
    await inTurns(accounts, accountsAtOnce, async (account) => {
      signal.throwIfAborted();
      const work = shareOf(account);
      const asked = sha256({ circumstances, work });
      if (!resume || !finishedEnds(folder, account, asked)) {
        if (resume && existsSync(fileOf(folder, 'ends', account))) replaced += 1;
        const lines = await readEnds(work, sessions, { plan, objects, organization });
        writeEnds(folder, account, lines, asked);
      }
      progress.accountDone(account, 0);
    });
    if (replaced === 0) return;
    progress.notice(
      `Of ${accountsOf(replaced)} the ends of routes were read again: what was left of them was damaged, or of other buckets.`,
    );
  }
}

/** Says of how many accounts what an earlier scan left is no good. */
export function tellDropped(dropped: number, progress: Progress): void {
  if (dropped === 0) return;
  progress.notice(
    `Of ${accountsOf(dropped)} what was read is damaged, or another version or configuration read it: ` +
      `${dropped === 1 ? 'it is' : 'they are'} read again.`,
  );
}

const accountsOf = (number: number): string => (number === 1 ? '1 account' : `${number} accounts`);

/** The ids of the accounts that are to be read. */
export function chosen(accounts: readonly AccountIdentity[], choice: Choice): readonly string[] {
  return accounts.filter((account) => skipReason(account, choice) === null).map(({ id }) => id);
}

/** What makes two snapshots hold the same things: version, facts, accounts, role, objects. */
function configurationHash({ replint, plan, choice, role, objects }: CollectOptions): string {
  return sha256({ replint, plan, choice, role, objects });
}

function sha256(value: object): string {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Map || inner instanceof Set ? [...inner] : inner,
  );
  return createHash('sha256').update(text).digest('hex');
}
