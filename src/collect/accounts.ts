/** The organization: who we are, which accounts there are, and where they hang. */
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  type Account as ListedAccount,
} from '@aws-sdk/client-organizations';
import { MalformedAnswer } from './answer.ts';
import { causeOf, failureOf } from './failure.ts';
import { operationOf } from './guard.ts';
import { accountOf } from '../arn.ts';
import type { AccountIdentity } from '../model/estate.ts';
import type { Cause } from '../model/facts.ts';

export interface ListedOrganization {
  readonly id: string;
  readonly management: string | null;
  readonly accounts: readonly AccountIdentity[];
  /** The types of policy that the root has enabled; null where it did not say. */
  readonly policyTypes: readonly string[] | null;
  /** Why the OUs are not known; null where they are. */
  readonly unitsUnknown: Cause | null;
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html: 20 at most */
const pageSize = 20;

/** Lists the organization for an account; null where that is in none. Throws what AWS answers otherwise. */
export async function listOrganization(
  client: OrganizationsClient,
  caller: string,
  called: () => void,
): Promise<ListedOrganization | null> {
  const listed = await listAccounts(client, called);
  if (listed === null) return null;
  const { places, policyTypes, unknown } = await treeOf(client, caller, called);
  const accounts = listed.map((account): AccountIdentity => {
    const id = account.Id ?? '';
    const place = places.get(id);
    return {
      id,
      name: account.Name ?? '',
      // `Status` is the older of the two, and was announced to go on 2026-09-09.
      state: account.State ?? account.Status ?? 'UNKNOWN',
      ou: place?.names ?? null,
      ouId: place?.ids ?? null,
    };
  });
  // arn:aws:organizations::<management account>:account/o-…/<account>
  const arn = listed[0]?.Arn;
  return {
    id: arn?.split('/')[1] ?? 'o-unknown',
    management: arn === undefined ? null : accountOf(arn),
    accounts: accounts.sort((a, b) => (a.id < b.id ? -1 : 1)),
    policyTypes,
    unitsUnknown: unknown,
  };
}

async function listAccounts(
  client: OrganizationsClient,
  called: () => void,
): Promise<readonly ListedAccount[] | null> {
  try {
    return await pages(called, async (NextToken) => {
      const { Accounts, NextToken: next } = await client.send(
        new ListAccountsCommand({ MaxResults: pageSize, ...(NextToken ? { NextToken } : {}) }),
      );
      return { items: Accounts ?? [], next };
    });
  } catch (error) {
    if (failureOf(error).name === 'AWSOrganizationsNotInUse') return null;
    throw error;
  }
}

/** A page may be empty and still carry a token: only a page without one is the last. */
async function pages<T>(
  called: () => void,
  page: (token: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    called();
    const { items, next } = await page(token);
    // Sent back, an empty token would ask for the first page again, and for ever.
    if (next === '') throw new MalformedAnswer('NextToken');
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}

interface Place {
  readonly names: string;
  readonly ids: string;
}

interface Tree {
  /** By account; empty where some OU could not be listed. */
  readonly places: ReadonlyMap<string, Place>;
  readonly policyTypes: readonly string[] | null;
  readonly unknown: Cause | null;
}

/** Walks the OUs from the root: two lists an OU, where ListParents would be a call an account. */
async function treeOf(client: OrganizationsClient, caller: string, called: () => void): Promise<Tree> {
  const places = new Map<string, Place>();
  let policyTypes: readonly string[] | null = null;
  try {
    const roots = await pages(called, async (NextToken) => {
      const { Roots, NextToken: next } = await client.send(
        new ListRootsCommand(NextToken ? { NextToken } : {}),
      );
      return { items: Roots ?? [], next };
    });
    policyTypes = roots[0]?.PolicyTypes?.flatMap(({ Type }) => Type ?? []) ?? null;
    const waiting = roots.map(({ Id = '', Name = '' }) => ({ id: Id, names: Name, ids: Id }));
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) {
      const { id: ParentId, names, ids } = unit;
      for (const account of await accountsBelow(client, called, ParentId))
        places.set(account, { names, ids });
      for (const { id, name } of await unitsBelow(client, called, ParentId)) {
        waiting.push({ id, names: `${names}/${name}`, ids: `${ids}/${id}` });
      }
    }
    return { places, policyTypes, unknown: null };
  } catch (error) {
    const call = operationOf(error) ?? 'organizations:ListRoots';
    return { places: new Map(), policyTypes, unknown: causeOf(error, call, caller, 'the organization') };
  }
}

async function accountsBelow(
  client: OrganizationsClient,
  called: () => void,
  ParentId: string,
): Promise<readonly string[]> {
  return pages(called, async (NextToken) => {
    const answer = await client.send(
      new ListAccountsForParentCommand({ ParentId, ...(NextToken ? { NextToken } : {}) }),
    );
    return { items: (answer.Accounts ?? []).map(({ Id = '' }) => Id), next: answer.NextToken };
  });
}

async function unitsBelow(
  client: OrganizationsClient,
  called: () => void,
  ParentId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return pages(called, async (NextToken) => {
    const answer = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId, ...(NextToken ? { NextToken } : {}) }),
    );
    return {
      items: (answer.OrganizationalUnits ?? []).map(({ Id = '', Name = '' }) => ({ id: Id, name: Name })),
      next: answer.NextToken,
    };
  });
}
