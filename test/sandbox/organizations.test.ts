import { ListRolesCommand } from '@aws-sdk/client-iam';
import * as api from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientsOf, enter, organize, refusalOf } from './sdk.ts';
import type { Clients } from './sdk.ts';

let sandbox: Sandbox;
let admin: Clients;
let organizations: api.OrganizationsClient;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
  organizations = admin.organizations;
});

afterEach(() => sandbox.close());

async function rootId(): Promise<string> {
  const { Roots } = await organizations.send(new api.ListRootsCommand({}));
  return Roots?.[0]?.Id ?? '';
}

async function makeUnit(ParentId: string, Name: string): Promise<string> {
  const made = await organizations.send(new api.CreateOrganizationalUnitCommand({ ParentId, Name }));
  return made.OrganizationalUnit?.Id ?? '';
}

describe('an organization', () => {
  it('is not there before it is made, and is made once', async () => {
    const describeIt = () => organizations.send(new api.DescribeOrganizationCommand({}));
    const none = await refusalOf(describeIt());
    expect([none.code, none.status]).toEqual(['AWSOrganizationsNotInUseException', 400]);
    await organize(admin, 0);
    const { Organization } = await describeIt();
    const management = sandbox.world.managementAccount;
    expect(Organization).toMatchObject({ FeatureSet: 'ALL', MasterAccountId: management });
    expect(Organization?.Id).toMatch(/^o-[a-z0-9]{10}$/);
    expect(Organization?.Arn).toBe(
      `arn:aws:organizations::${management}:organization/${Organization?.Id ?? ''}`,
    );
    expect((await refusalOf(organize(admin, 0))).code).toBe('AlreadyInOrganizationException');
    expect(await rootId()).toMatch(/^r-[a-z0-9]{4}$/);
  });
});

describe('accounts', () => {
  it('are made at once, with a role for the management account', async () => {
    await organize(admin, 0);
    const request = { AccountName: 'data', Email: 'data@example.com', RoleName: 'Access' };
    const { CreateAccountStatus } = await organizations.send(new api.CreateAccountCommand(request));
    expect(CreateAccountStatus).toMatchObject({ State: 'SUCCEEDED', AccountName: 'data' });
    const { AccountId = '', Id } = CreateAccountStatus ?? {};
    const again = await organizations.send(
      new api.DescribeCreateAccountStatusCommand({ CreateAccountRequestId: Id }),
    );
    expect(again.CreateAccountStatus).toEqual(CreateAccountStatus);
    expect([...(sandbox.world.accounts.get(AccountId)?.roles.keys() ?? [])]).toEqual(['Access']);
    const { Account } = await organizations.send(new api.DescribeAccountCommand({ AccountId }));
    expect(Account).toMatchObject({
      Id: AccountId,
      Name: 'data',
      Email: 'data@example.com',
      Status: 'ACTIVE',
      State: 'ACTIVE',
      JoinedMethod: 'CREATED',
    });
    expect(Account?.JoinedTimestamp).toBeInstanceOf(Date);
    const twice = await organizations.send(new api.CreateAccountCommand(request));
    expect(twice.CreateAccountStatus).toMatchObject({
      State: 'FAILED',
      FailureReason: 'EMAIL_ALREADY_EXISTS',
    });
  });

  it('are listed in pages of at most twenty, with an empty page on the way', async () => {
    const ids = await organize(admin, 24);
    const pages: (number | undefined)[] = [];
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await organizations.send(new api.ListAccountsCommand({ MaxResults: 10, NextToken }));
      pages.push(page.Accounts?.length);
      seen.push(...(page.Accounts ?? []).map((account) => account.Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages).toEqual([10, 0, 10, 5]);
    expect(seen).toEqual([sandbox.world.managementAccount, ...ids]);
    const tooMany = organizations.send(new api.ListAccountsCommand({ MaxResults: 21 }));
    expect((await refusalOf(tooMany)).code).toBe('ValidationException');
    const single = await organizations.send(new api.ListAccountsCommand({}));
    expect([single.Accounts?.length, typeof single.NextToken]).toEqual([20, 'string']);
  });

  it('are closed, and stay in the list', async () => {
    const [AccountId = ''] = await organize(admin, 1);
    await organizations.send(new api.CloseAccountCommand({ AccountId }));
    const { Account } = await organizations.send(new api.DescribeAccountCommand({ AccountId }));
    expect([Account?.State, Account?.Status]).toEqual(['SUSPENDED', 'SUSPENDED']);
    const again = organizations.send(new api.CloseAccountCommand({ AccountId }));
    expect((await refusalOf(again)).code).toBe('AccountAlreadyClosedException');
    const own = new api.CloseAccountCommand({ AccountId: sandbox.world.managementAccount });
    expect((await refusalOf(organizations.send(own))).code).toBe('ConstraintViolationException');
    const unknown = organizations.send(new api.DescribeAccountCommand({ AccountId: '000000000001' }));
    expect((await refusalOf(unknown)).code).toBe('AccountNotFoundException');
  });
});

describe('the tree', () => {
  it('holds units in units, and accounts in them', async () => {
    const [account = '', other = ''] = await organize(admin, 2);
    const root = await rootId();
    const upper = await makeUnit(root, 'upper');
    const lower = await makeUnit(upper, 'lower');
    expect(lower).toMatch(/^ou-[a-z0-9]{4}-[a-z0-9]{8}$/);
    const move = { AccountId: account, SourceParentId: root, DestinationParentId: lower };
    await organizations.send(new api.MoveAccountCommand(move));
    const parents = await organizations.send(new api.ListParentsCommand({ ChildId: account }));
    expect(parents.Parents).toEqual([{ Id: lower, Type: 'ORGANIZATIONAL_UNIT' }]);
    const above = await organizations.send(new api.ListParentsCommand({ ChildId: upper }));
    expect(above.Parents).toEqual([{ Id: root, Type: 'ROOT' }]);
    const inLower = await organizations.send(new api.ListAccountsForParentCommand({ ParentId: lower }));
    expect(inLower.Accounts?.map(({ Id }) => Id)).toEqual([account]);
    const inRoot = await organizations.send(
      new api.ListChildrenCommand({ ParentId: root, ChildType: 'ACCOUNT' }),
    );
    expect(inRoot.Children?.map(({ Id }) => Id)).toEqual([sandbox.world.managementAccount, other]);
    const units = await organizations.send(
      new api.ListOrganizationalUnitsForParentCommand({ ParentId: upper }),
    );
    expect(units.OrganizationalUnits?.map(({ Id, Name }) => [Id, Name])).toEqual([[lower, 'lower']]);
    const described = await organizations.send(
      new api.DescribeOrganizationalUnitCommand({ OrganizationalUnitId: lower }),
    );
    expect(described.OrganizationalUnit?.Name).toBe('lower');
    const { Account } = await organizations.send(new api.DescribeAccountCommand({ AccountId: account }));
    const id = sandbox.world.organization?.id ?? '';
    expect(Account?.Paths).toEqual([`${id}/${root}/${upper}/${lower}/${account}/`]);
  });

  it('takes nothing impossible', async () => {
    const [account = ''] = await organize(admin, 1);
    const root = await rootId();
    const unit = await makeUnit(root, 'unit');
    expect((await refusalOf(makeUnit(root, 'unit'))).code).toBe('DuplicateOrganizationalUnitException');
    expect((await refusalOf(makeUnit('ou-none-12345678', 'x'))).code).toBe('ParentNotFoundException');
    const move = async (SourceParentId: string, DestinationParentId: string) => {
      const request = { AccountId: account, SourceParentId, DestinationParentId };
      return (await refusalOf(organizations.send(new api.MoveAccountCommand(request)))).code;
    };
    expect(await move(unit, root)).toBe('SourceParentNotFoundException');
    expect(await move(root, 'ou-none-12345678')).toBe('DestinationParentNotFoundException');
    expect(await move(root, root)).toBe('DuplicateAccountException');
    const child = organizations.send(new api.ListParentsCommand({ ChildId: '000000000001' }));
    expect((await refusalOf(child)).code).toBe('ChildNotFoundException');
  });
});

describe('policies', () => {
  const Content = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:*","Resource":"*"}}';
  const Filter = 'SERVICE_CONTROL_POLICY';
  const enable = (PolicyType: api.PolicyType, RootId: string) =>
    organizations.send(new api.EnablePolicyTypeCommand({ PolicyType, RootId }));

  async function attached(
    TargetId: string,
    filter: api.PolicyType = Filter,
  ): Promise<(string | undefined)[]> {
    const page = await organizations.send(new api.ListPoliciesForTargetCommand({ TargetId, Filter: filter }));
    return (page.Policies ?? []).map((policy) => policy.Id);
  }

  async function make(Name: string): Promise<string> {
    const request = { Name, Content, Type: Filter, Description: 'no IAM' } as const;
    const { Policy } = await organizations.send(new api.CreatePolicyCommand(request));
    return Policy?.PolicySummary?.Id ?? '';
  }

  it('of full access hang everywhere once their type is on, on what comes later too', async () => {
    const [account = ''] = await organize(admin, 1);
    const root = await rootId();
    expect(await attached(account)).toEqual([]);
    const { Root } = await enable(Filter, root);
    expect(Root?.PolicyTypes).toEqual([{ Type: Filter, Status: 'ENABLED' }]);
    const unit = await makeUnit(root, 'later');
    for (const target of [root, account, unit]) expect(await attached(target)).toEqual(['p-FullAWSAccess']);
    expect((await refusalOf(enable(Filter, root))).code).toBe('PolicyTypeAlreadyEnabledException');
    await enable('RESOURCE_CONTROL_POLICY', root);
    expect(await attached(account, 'RESOURCE_CONTROL_POLICY')).toEqual(['p-RCPFullAWSAccess']);
    await organizations.send(new api.DisablePolicyTypeCommand({ RootId: root, PolicyType: Filter }));
    expect(await attached(account)).toEqual([]);
    expect(await attached(account, 'RESOURCE_CONTROL_POLICY')).toEqual(['p-RCPFullAWSAccess']);
  });

  it('are made, read, changed and listed', async () => {
    await organize(admin, 0);
    const PolicyId = await make('no iam');
    expect(PolicyId).toMatch(/^p-[a-z0-9]{8}$/);
    expect((await refusalOf(make('no iam'))).code).toBe('DuplicatePolicyException');
    const { Policy } = await organizations.send(new api.DescribePolicyCommand({ PolicyId }));
    expect(Policy).toMatchObject({
      Content,
      PolicySummary: { Name: 'no iam', Description: 'no IAM', Type: Filter, AwsManaged: false },
    });
    const next = Content.replace('iam', 'kms');
    await organizations.send(new api.UpdatePolicyCommand({ PolicyId, Name: 'no kms', Content: next }));
    const changed = await organizations.send(new api.DescribePolicyCommand({ PolicyId }));
    expect(changed.Policy).toMatchObject({ Content: next, PolicySummary: { Name: 'no kms' } });
    const { Policies } = await organizations.send(new api.ListPoliciesCommand({ Filter }));
    expect(Policies?.map((policy) => policy.Name)).toEqual(['FullAWSAccess', 'no kms']);
    const bad = new api.UpdatePolicyCommand({ PolicyId, Content: 'no' });
    expect((await refusalOf(organizations.send(bad))).code).toBe('MalformedPolicyDocumentException');
    const full = new api.UpdatePolicyCommand({ PolicyId: 'p-FullAWSAccess', Content });
    expect((await refusalOf(organizations.send(full))).code).toBe('PolicyChangesNotAllowedException');
    const missing = organizations.send(new api.DescribePolicyCommand({ PolicyId: 'p-00000000' }));
    expect((await refusalOf(missing)).code).toBe('PolicyNotFoundException');
  });

  it('that are attached bind the accounts below, and not the management account', async () => {
    const [account = ''] = await organize(admin, 1);
    const root = await rootId();
    const PolicyId = await make('no iam');
    const attach = (TargetId: string) =>
      organizations.send(new api.AttachPolicyCommand({ PolicyId, TargetId }));
    expect((await refusalOf(attach(root))).code).toBe('PolicyTypeNotEnabledException');
    await enable(Filter, root);
    await attach(root);
    expect((await refusalOf(attach(root))).code).toBe('DuplicatePolicyAttachmentException');
    expect((await refusalOf(attach('000000000001'))).code).toBe('TargetNotFoundException');
    expect(await attached(root)).toEqual(['p-FullAWSAccess', PolicyId]);
    const unit = await makeUnit(root, 'below');
    await attach(unit);
    await attach(account);
    const { Targets } = await organizations.send(new api.ListTargetsForPolicyCommand({ PolicyId }));
    const shown = Targets?.map(({ TargetId, Name, Type }) => [TargetId, Name, Type]);
    expect(shown?.toSorted()).toEqual(
      [
        [root, 'Root', 'ROOT'],
        [unit, 'below', 'ORGANIZATIONAL_UNIT'],
        [account, 'account 1', 'ACCOUNT'],
      ].toSorted(),
    );
    expect(Targets?.every(({ Arn, TargetId = '?' }) => Arn?.endsWith(TargetId))).toBe(true);
    const gone = new api.ListTargetsForPolicyCommand({ PolicyId: 'p-00000000' });
    expect((await refusalOf(organizations.send(gone))).code).toBe('PolicyNotFoundException');
    for (const TargetId of [unit, account]) {
      await organizations.send(new api.DetachPolicyCommand({ PolicyId, TargetId }));
    }
    const inside = await enter(sandbox, admin, account);
    const refusal = await refusalOf(inside.iam.send(new ListRolesCommand({})));
    expect(refusal.message).toMatch(/with an explicit deny in a service control policy$/);
    await admin.iam.send(new ListRolesCommand({}));
    const detach = (id: string) =>
      organizations.send(new api.DetachPolicyCommand({ PolicyId: id, TargetId: root }));
    await detach(PolicyId);
    await inside.iam.send(new ListRolesCommand({}));
    expect((await refusalOf(detach(PolicyId))).code).toBe('PolicyNotAttachedException');
    expect((await refusalOf(detach('p-FullAWSAccess'))).code).toBe('ConstraintViolationException');
  });
});

describe('who may call', () => {
  it('is the management account; a member may only describe the organization', async () => {
    const [account = ''] = await organize(admin, 1);
    const inside = (await enter(sandbox, admin, account)).organizations;
    const { Organization } = await inside.send(new api.DescribeOrganizationCommand({}));
    expect(Organization?.Id).toBe(sandbox.world.organization?.id);
    const refusal = await refusalOf(inside.send(new api.ListAccountsCommand({})));
    expect([refusal.code, refusal.status]).toEqual(['AccessDeniedException', 400]);
  });

  it('is, for reading, a delegated administrator too', async () => {
    const [account = ''] = await organize(admin, 1);
    const register = (AccountId: string) => {
      const request = { AccountId, ServicePrincipal: 'account.amazonaws.com' };
      return organizations.send(new api.RegisterDelegatedAdministratorCommand(request));
    };
    await register(account);
    expect((await refusalOf(register(account))).code).toBe('AccountAlreadyRegisteredException');
    expect((await refusalOf(register('000000000001'))).code).toBe('AccountNotFoundException');
    const { DelegatedAdministrators } = await organizations.send(
      new api.ListDelegatedAdministratorsCommand({}),
    );
    expect(DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([account]);
    const inside = (await enter(sandbox, admin, account)).organizations;
    expect((await inside.send(new api.ListAccountsCommand({}))).Accounts).toHaveLength(2);
    const close = inside.send(new api.CloseAccountCommand({ AccountId: account }));
    expect((await refusalOf(close)).code).toBe('AccessDeniedException');
  });
});

it('gives the same ids for the same writes', async () => {
  const ids = await organize(admin, 2);
  const twin = await startSandbox();
  const same = await organize(clientsOf(twin, twin.administrator), 2);
  await twin.close();
  expect(same).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[1-9]\d{11}$/);
});

it('does not pretend to know other operations', async () => {
  const refusal = await refusalOf(organizations.send(new api.ListHandshakesForAccountCommand({})));
  expect([refusal.code, refusal.status]).toEqual(['NotImplemented', 501]);
});
