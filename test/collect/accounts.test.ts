import {
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type Account,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listening, reachOf } from './reach.ts';
import { listOrganization } from '../../src/collect/accounts.ts';
import { organizationsClient } from '../../src/collect/aws.ts';
import { membership } from '../../src/collect/caller.ts';
import { CannotRun } from '../../src/model/cannot-run.ts';
import type { Membership } from '../../src/model/estate.ts';
import { clientsOf, organize, type Clients } from '../sandbox/sdk.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;
let admin: Clients;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
});

afterEach(() => sandbox.close());

const client = (): OrganizationsClient => organizationsClient(reachOf(sandbox));
const list = (from = client()): ReturnType<typeof listOrganization> =>
  listOrganization(from, sandbox.world.managementAccount, () => undefined);

/** Changes the answers of a client on their way in. */
function answering(change: (output: { Accounts?: Account[] }) => void): OrganizationsClient {
  const changed = client();
  changed.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      change(result.output as { Accounts?: Account[] });
      return result;
    },
    { step: 'initialize' },
  );
  return changed;
}

/** Moves an account from the root into a new OU below `parent`. */
async function unitWith(account: string, Name: string, parent?: string): Promise<string> {
  const { Roots } = await admin.organizations.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id ?? '';
  const made = await admin.organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: parent ?? root, Name }),
  );
  const id = made.OrganizationalUnit?.Id ?? '';
  await admin.organizations.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: root, DestinationParentId: id }),
  );
  return id;
}

describe('the list of accounts', () => {
  it('goes on behind an empty page that carries a token', async () => {
    const ids = await organize(admin, 45);
    const listed = await list();
    const expected = [sandbox.world.managementAccount, ...ids].sort();
    expect(listed?.accounts.map(({ id }) => id)).toEqual(expected);
    expect(listed?.accounts.filter(({ ou }) => ou !== 'Root')).toEqual([]);
    // Three pages of twenty and an empty one between; without the empty one this would prove nothing.
    expect(sandbox.calls.count({ operation: 'organizations:ListAccounts' })).toBe(4);
  });

  it('gives each account the path of its OU, in names and in ids', async () => {
    const [first = '', second = ''] = await organize(admin, 2);
    const workloads = await unitWith(first, 'Workloads');
    const production = await unitWith(second, 'Production', workloads);
    const listed = await list();
    const root = sandbox.world.organization?.rootId ?? '';
    expect(listed?.id).toBe(sandbox.world.organization?.id);
    expect(listed?.unitsUnknown).toBeNull();
    expect(listed?.accounts).toMatchObject([
      { id: sandbox.world.managementAccount, name: 'Management', ou: 'Root', ouId: root },
      { id: first, ou: 'Root/Workloads', ouId: `${root}/${workloads}` },
      { id: second, ou: 'Root/Workloads/Production', ouId: `${root}/${workloads}/${production}` },
    ]);
  });

  it('keeps the accounts where the OUs may not be listed, and says why', async () => {
    await organize(admin, 1);
    sandbox.faults.add({ operation: 'organizations:ListRoots', kind: 'denied' });
    const listed = await list();
    expect(listed?.accounts).toHaveLength(2);
    expect(listed?.accounts.every(({ ou, ouId }) => ou === null && ouId === null)).toBe(true);
    expect(listed?.policyTypes).toBeNull();
    expect(listed?.unitsUnknown).toMatchObject({
      reason: 'access-denied',
      call: 'organizations:ListRoots',
      account: sandbox.world.managementAccount,
    });
  });

  it('takes the State, and the older Status where there is none', async () => {
    const [member = ''] = await organize(admin, 1);
    sandbox.world.accounts.forEach((account) => {
      if (account.id === member) account.state = 'CLOSED';
    });
    const stateOf = async (from?: OrganizationsClient): Promise<string | undefined> =>
      (await list(from))?.accounts.find(({ id }) => id === member)?.state;
    expect(await stateOf()).toBe('CLOSED');
    const older = answering(({ Accounts }) => Accounts?.forEach((account) => delete account.State));
    expect(await stateOf(older)).toBe('SUSPENDED');
    const neither = answering(({ Accounts }) =>
      Accounts?.forEach((account) => {
        delete account.State;
        delete account.Status;
      }),
    );
    expect(await stateOf(neither)).toBe('UNKNOWN');
  });

  it('does not ask for ever where a token is empty', async () => {
    await organize(admin, 1);
    await expect(list(answering((output) => Object.assign(output, { NextToken: '' })))).rejects.toThrow(
      'NextToken',
    );
  });

  it('is null where the account is in no organization', async () => {
    expect(await list()).toBeNull();
  });
});

describe('whom the scan may choose from', () => {
  const caller = (): { account: string; arn: string; partition: string } => ({
    account: sandbox.world.managementAccount,
    arn: 'arn:aws:iam::1:user/admin',
    partition: 'aws',
  });
  const members = (named: readonly string[], progress = listening()): Promise<Membership> =>
    membership(reachOf(sandbox), caller(), named, progress);

  it("is the caller's account alone where it is in no organization", async () => {
    const progress = listening();
    expect(await members([], progress)).toMatchObject({
      id: null,
      accounts: [{ id: sandbox.world.managementAccount, state: 'UNKNOWN' }],
    });
    expect(progress.notices.join()).toContain('in no organization');
  });

  it('is the organization, and what is not known of it is said', async () => {
    await organize(admin, 1);
    sandbox.faults.add({ operation: 'organizations:ListRoots', kind: 'denied' });
    const progress = listening();
    expect((await members([], progress)).accounts).toHaveLength(2);
    expect(progress.notices.join()).toContain('organizational units could not be listed');
    expect(progress.calls).toBeGreaterThan(1);
  });

  it.each(['denied', 'expired'] as const)('is who is named, where the list is %s', async (kind) => {
    await organize(admin, 1);
    sandbox.faults.add({ operation: 'organizations:ListAccounts', kind });
    const progress = listening();
    expect((await members(['111122223333'])).accounts).toHaveLength(1);
    expect(await members(['222233334444', '111122223333'], progress)).toMatchObject({
      id: null,
      management: null,
      policyTypes: null,
      unitsUnknown: { call: 'organizations:ListAccounts' },
      accounts: ['111122223333', '222233334444'].map((id) => ({
        id,
        name: '',
        state: 'UNKNOWN',
        ou: null,
        ouId: null,
      })),
    });
    expect(progress.notices.join()).toContain('only the accounts that you name');
  });

  it('is nobody, in one sentence, where the list is denied and no account is named', async () => {
    await organize(admin, 1);
    sandbox.faults.add({ operation: 'organizations:ListAccounts', kind: 'denied' });
    await expect(members([])).rejects.toThrow(CannotRun);
    await expect(members([])).rejects.toThrow('name accounts with --account');
  });
});
