/** Makes the organization: OUs, accounts, and the role in each of them that audits. One after another, so that ids stay. */
import { EnableRegionCommand } from '@aws-sdk/client-account';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import { accessRole, type Clients } from './clients.ts';
import { trust } from './document.ts';
import { guard } from './guardrails.ts';
import { accounts, units, type AccountName, type DemoAccount } from './organization.ts';
import { addAccount } from '../create.ts';
import { accountId } from '../ids.ts';
import type { Sandbox } from '../server.ts';
import { addRole } from '../services/iam/roles.ts';

/** The role that replint is to assume. */
export interface AuditRole {
  readonly roleName: string;
  readonly policy: string;
}

// The keys of an object literal of ours, which nothing widens.
const names = Object.keys(accounts) as readonly (keyof typeof accounts)[];

const described = (name: keyof typeof accounts): DemoAccount => accounts[name];

/** Everything of the organization but its closed accounts, and a stranger's account beside it. */
export async function makeOrganization(sandbox: Sandbox, clients: Clients, audit: AuditRole): Promise<void> {
  const organizations = clients.organizations();
  await organizations.send(new CreateOrganizationCommand({}));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id ?? '';
  const unitIds = await makeUnits(clients, root);
  for (const name of names) {
    const { name: AccountName, unit } = described(name);
    const Email = `${name}@acme.example`;
    const made = await organizations.send(new CreateAccountCommand({ AccountName, Email }));
    const id = made.CreateAccountStatus?.AccountId ?? '';
    const DestinationParentId = unitIds.get(unit) ?? '';
    await organizations.send(
      new MoveAccountCommand({ AccountId: id, SourceParentId: root, DestinationParentId }),
    );
    await clients.enter(name, id);
  }
  await guard(clients, root, unitIds);
  await clients.enter('partner', strangersAccount(sandbox));
  for (const name of [...names.filter((one) => described(one).unaudited !== true), 'management'] as const) {
    await makeAuditRole(clients, name, audit);
  }
}

async function makeUnits(clients: Clients, root: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, parent } of units) {
    const ParentId = parent === null ? root : (ids.get(parent) ?? '');
    const command = new CreateOrganizationalUnitCommand({ ParentId, Name: name });
    const made = await clients.organizations().send(command);
    ids.set(name, made.OrganizationalUnit?.Id ?? '');
  }
  return ids;
}

/** No call of AWS makes an account outside of the caller's organization, so this one is put into the world itself. */
function strangersAccount({ world }: Sandbox): string {
  const account = addAccount(world, accountId(world), 'Initech', 'aws@initech.example');
  const role = addRole(world, account, {
    name: accessRole,
    path: '/',
    trust: trust({ AWS: `arn:aws:iam::${world.managementAccount}:root` }),
    description: null,
    maxSession: 3600,
    boundary: null,
  });
  role.attached.add('arn:aws:iam::aws:policy/AdministratorAccess');
  return account.id;
}

/** The role of {@link AuditRole} in an account, open to the management account. */
export async function makeAuditRole(clients: Clients, account: AccountName, audit: AuditRole): Promise<void> {
  const iam = clients.iam(account);
  const trusted = trust({ AWS: `arn:aws:iam::${clients.idOf('management')}:root` });
  const RoleName = audit.roleName;
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusted }));
  const PolicyDocument = audit.policy;
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'replint', PolicyDocument }));
}

/** Opts accounts in to a Region. */
export async function optIn(clients: Clients, region: string, into: readonly AccountName[]): Promise<void> {
  for (const account of into)
    await clients.account(account).send(new EnableRegionCommand({ RegionName: region }));
}

/** Closes the accounts that are to be closed. */
export async function closeAccounts(clients: Clients): Promise<void> {
  for (const name of names.filter((one) => described(one).closed === true)) {
    await clients.organizations().send(new CloseAccountCommand({ AccountId: clients.idOf(name) }));
  }
}
