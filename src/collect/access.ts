/**
 * The way into each account: its role's credentials, kept for the whole scan, and the sessions that use them. Those of ten
 * thousand accounts are kept as bytes, which are no work for a collection of garbage.
 */
import type { STSClient } from '@aws-sdk/client-sts';
import { organizationsClient, stsClient, type CredentialProvider, type Credentials } from './aws.ts';
import type { Caller } from './caller.ts';
import { assumedRole, type Kept } from './credentials.ts';
import { unreachable, type Sessions } from './ends.ts';
import { causeOf } from './failure.ts';
import type { OrganizationReader } from './organization.ts';
import { OrganizationPolicies, ratesWithin } from './organization-policies.ts';
import { heardBy } from './progress.ts';
import { paceOf, Session, type Surroundings } from './session.ts';
import { Used } from './used.ts';
import type { Account, Membership } from '../model/estate.ts';
import type { Cause } from '../model/facts.ts';

export interface AccessOptions {
  readonly caller: Caller;
  /** The caller's own credentials. */
  readonly base: CredentialProvider;
  /** The role to assume in every account: its name, with its path. */
  readonly role: string;
  readonly externalId: string | undefined;
  readonly surroundings: Surroundings;
}

export class Access {
  readonly #options: AccessOptions;
  /** The roles' credentials, by account. */
  readonly #kept = new Map<string, Buffer>();
  /** Why the caller's own account is not read with its role. */
  #refused: Cause | null = null;
  #usesOwn = false;
  /** One for all accounts: it signs with the caller's credentials, and a client each would outlive its account. */
  readonly #sts: STSClient;
  /** The clients of an account go when its work is done. */
  readonly #sessions = new Used<Session>();

  constructor(options: AccessOptions) {
    this.#options = options;
    const { base, caller, surroundings } = options;
    const pace = paceOf(surroundings, caller.account, 'sts');
    const heard = heardBy(surroundings.progress, caller.account);
    this.#sts = stsClient({ ...surroundings, credentials: base, pace, heard });
  }

  /** Assumes the role. The caller's own account is read with its own credentials where the role is not there. */
  async open(id: string): Promise<Session | { readonly causes: readonly Cause[] }> {
    const { caller, role } = this.#options;
    const session = this.#session(id);
    try {
      await session.enter();
      return session;
    } catch (error) {
      const what = `role/${role} of account ${id}`;
      const cause = causeOf(error, 'sts:AssumeRole', caller.account, what);
      // Only a refusal says that the role is not there; whatever else happened may not happen again.
      if (id !== caller.account || cause.reason !== 'access-denied') return { causes: [cause] };
      this.#refused = cause;
      this.useOwn();
      return this.#session(id);
    }
  }

  /** Whether the caller's own account is read with the caller's own credentials. */
  get isOwn(): boolean {
    return this.#refused !== null;
  }

  /** Has it so without asking: an earlier scan found that out. */
  useOwn(): void {
    this.#usesOwn = true;
    this.#sessions.delete(this.#options.caller.account);
  }

  /** Where an account could not be read although it was opened: what came before that. */
  refusals(id: string): readonly Cause[] {
    return id === this.#options.caller.account && this.#refused !== null ? [this.#refused] : [];
  }

  /** Sessions of the accounts that wave one could read; of another it says why there is none. */
  sessions(accounts: readonly Account[], organization: string | null): Sessions {
    const byId = new Map(accounts.map((account) => [account.id, account]));
    return (id) => {
      const account = byId.get(id);
      if (account?.status === 'scanned') return this.#session(id);
      if (account?.status === 'unreadable') return unreachable(id, account.causes);
      // Only where the organization was listed is an account that it lacks outside.
      const reason = account || organization === null ? 'not-collected' : 'outside-organization';
      const detail = account
        ? `Account ${id} was not scanned: ${account.why}`
        : `Account ${id} is not among the listed accounts.`;
      return unreachable(id, [{ reason, detail }]);
    };
  }

  /** Organizations is asked with the caller's own credentials, for all accounts. */
  organization(member: Membership, accounts: readonly Account[]): OrganizationReader {
    const { base, caller, surroundings } = this.#options;
    const { progress, signal, callsPerSecond } = surroundings;
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const rates = surroundings.organizationRates ?? ratesWithin(callsPerSecond);
    const pace = paceOf(surroundings, caller.account, 'organizations');
    const heard = heardBy(progress, caller.account);
    const client = organizationsClient({ ...surroundings, credentials: base, pace, heard });
    const scanned = accounts.filter(({ status }) => status === 'scanned').length;
    return {
      caller: new Session(caller.account, base, surroundings),
      policies: new OrganizationPolicies(client, scanned, rates, () => {
        signal.throwIfAborted();
        progress.called();
      }),
      member,
      account: (account) => byId.get(account),
    };
  }

  #session(id: string): Session {
    const used = this.#sessions.get(id);
    if (used) return used;
    const { caller, base, surroundings } = this.#options;
    const own = this.#usesOwn && id === caller.account;
    const session = new Session(id, own ? base : this.#assume(id), surroundings);
    this.#sessions.set(id, session);
    return session;
  }

  #assume(id: string): CredentialProvider {
    const { caller, role, externalId, surroundings } = this.#options;
    const arn = `arn:${caller.partition}:iam::${id}:role/${role}`;
    const called = (): void => {
      surroundings.progress.called();
    };
    return assumedRole(this.#sts, { arn, externalId }, called, this.#keptOf(id));
  }

  #keptOf(id: string): Kept {
    return {
      get: () => unpacked(this.#kept.get(id)),
      set: (credentials) => this.#kept.set(id, packed(credentials)),
    };
  }
}

/** Not out of the pool of small buffers: one of them keeps the whole of its part of the pool. */
function packed(credentials: Credentials): Buffer {
  const text = JSON.stringify(credentials);
  const kept = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  kept.write(text);
  return kept;
}

function unpacked(kept: Buffer | undefined): Credentials | undefined {
  if (kept === undefined) return undefined;
  // What was packed; JSON has no dates.
  const { expiration, ...keys } = JSON.parse(kept.toString()) as Credentials & {
    readonly expiration?: string;
  };
  return { ...keys, ...(expiration === undefined ? {} : { expiration: new Date(expiration) }) };
}
