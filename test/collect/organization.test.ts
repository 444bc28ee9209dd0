import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { estate, makeBucket, plan, read, replicate, replicationRole, type Estate } from './estate.ts';
import {
  OrganizationPolicies,
  ratesWithin,
  type OrganizationRates,
} from '../../src/collect/organization-policies.ts';
import type { AccountLine } from '../../src/model/estate.ts';
import type { Plan } from '../../src/plan.ts';
import { openSnapshot } from '../../src/snapshot/snapshot.ts';
import { clientOf } from '../sandbox/s3/client.ts';
import { clientsOf, policy, type Clients } from '../sandbox/sdk.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';
const controls = ['resourceControlPolicies', 'serviceControlPolicies'];
const asking: Plan = { ...plan, sourceAccount: controls, destinationAccount: controls };
const unlimited = { perSecond: 1000, burst: 1000 };
const organizationRates: OrganizationRates = {
  listPolicies: unlimited,
  describePolicy: unlimited,
};

let org: Estate;
let admin: Clients;
let root = '';
let unit = '';
let central = '';

/** Three accounts in one OU: two with a source, the third with their destination; and a source in the management account. */
beforeEach(async () => {
  org = await estate(3);
  central = org.sandbox.world.managementAccount;
  admin = clientsOf(org.sandbox, org.sandbox.administrator);
  const { organizations } = admin;
  root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '';
  const made = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Workloads' }),
  );
  unit = made.OrganizationalUnit?.Id ?? '';
  for (const AccountId of org.accounts) {
    await organizations.send(
      new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId: unit }),
    );
  }
  const [shop = '', lab = '', vault = ''] = org.accounts;
  await makeBucket(await org.s3(vault, 'eu-central-1'), 'replica');
  for (const account of [shop, lab]) {
    const s3 = await org.s3(account, 'eu-west-1');
    await makeBucket(s3, `orders-${account}`);
    const role = await replicationRole(await org.inside(account), 'replication');
    await replicate(s3, `orders-${account}`, role, 'replica');
  }
  org.sandbox.calls.clear();
});

afterEach(() => org.close());

const enable = (PolicyType: typeof SCP | typeof RCP): Promise<unknown> =>
  admin.organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType }));

const textOf = (Type: typeof SCP | typeof RCP): string => {
  const principal = Type === RCP ? { Principal: '*' } : {};
  return policy({ Effect: 'Deny', ...principal, Action: 's3:DeleteBucket', Resource: '*' });
};

/** Makes a policy that hangs from a target, and answers its id. */
async function hang(TargetId: string, Type: typeof SCP | typeof RCP, Name: string): Promise<string> {
  const Content = textOf(Type);
  const made = await admin.organizations.send(
    new CreatePolicyCommand({ Name, Type, Content, Description: Name }),
  );
  const PolicyId = made.Policy?.PolicySummary?.Id ?? '';
  await admin.organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  return PolicyId;
}

const scan = (more: Parameters<typeof read>[1] = {}): Promise<void> =>
  read(org, { plan: asking, organizationRates, ...more });
const count = (operation: string): number =>
  org.sandbox.calls.count({ operation: `organizations:${operation}` });
const accountOf = (id: string | undefined): AccountLine | undefined =>
  [...openSnapshot(org.folder).ends()].find(
    (line): line is AccountLine => line.kind === 'account' && line.id === id,
  );

/** A source in the management account. */
async function replicateCentral(): Promise<void> {
  const s3 = clientOf(org.sandbox, 'us-east-1');
  await makeBucket(s3, 'central');
  await replicate(s3, 'central', await replicationRole(admin, 'replication'), 'replica');
}

const full = { Name: 'FullAWSAccess' };

describe('the policies over accounts', () => {
  it('come by level from the root to the account, each with its text', async () => {
    await enable(SCP);
    const [shop = ''] = org.accounts;
    await hang(shop, SCP, 'keep-buckets');
    await scan();
    const facts = accountOf(shop)?.facts;
    expect(facts?.serviceControlPolicies).toMatchObject({
      known: true,
      account: central,
      value: [
        [full],
        [full],
        // By ids, which AWS makes up.
        expect.arrayContaining([
          { Name: 'keep-buckets', Document: textOf(SCP) },
          expect.objectContaining(full),
        ]),
      ],
    });
  });

  it('are asked for by what hangs where: of targets only the root, and those with a policy of our own', async () => {
    await enable(SCP);
    await enable(RCP);
    await hang(unit, SCP, 'no-deletes');
    await hang(root, RCP, 'ours-only');
    org.sandbox.calls.clear();
    await scan();
    expect(count('ListPolicies')).toBe(2);
    expect(count('ListTargetsForPolicy')).toBe(2);
    // The root for each type, and the OU.
    expect(count('ListPoliciesForTarget')).toBe(3);
    // Two full accesses and two of our own.
    expect(count('DescribePolicy')).toBe(4);
    expect(accountOf(org.accounts[0])?.facts).toMatchObject({
      serviceControlPolicies: { value: [[full], { length: 2 }, [full]] },
      resourceControlPolicies: { value: [{ length: 2 }, { length: 1 }, { length: 1 }] },
    });
  });

  it('are asked for by target where those are no more than the policies', async () => {
    await enable(SCP);
    for (const name of ['a', 'b', 'c', 'd']) await hang(unit, SCP, name);
    org.sandbox.calls.clear();
    await scan();
    expect(count('ListTargetsForPolicy')).toBe(0);
    // Root, OU and three accounts.
    expect(count('ListPoliciesForTarget')).toBe(5);
    expect(accountOf(org.accounts[0])?.facts.serviceControlPolicies).toMatchObject({
      value: [{ length: 1 }, { length: 5 }, [full]],
    });
  });

  it('are taken in whatever number of pages they come', async () => {
    await enable(SCP);
    const [shop = ''] = org.accounts;
    const PolicyId = await hang(root, SCP, 'keep-buckets');
    for (let at = 0; at < 20; at++) {
      const Name = `unit-${at}`;
      const unit = await admin.organizations.send(
        new CreateOrganizationalUnitCommand({ ParentId: root, Name }),
      );
      const TargetId = unit.OrganizationalUnit?.Id ?? '';
      await admin.organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
    }
    await admin.organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: shop }));
    org.sandbox.calls.clear();
    await scan();
    // Twenty, none, and two.
    expect(count('ListTargetsForPolicy')).toBe(3);
    expect(accountOf(shop)?.facts.serviceControlPolicies).toMatchObject({
      value: [{ length: 2 }, [full], { length: 2 }],
    });
  });

  it('are asked of nobody where the root has not enabled the type, and are none', async () => {
    await enable(RCP);
    org.sandbox.calls.clear();
    await scan();
    expect(count('ListPolicies')).toBe(1);
    expect(accountOf(org.accounts[0])?.facts).toMatchObject({
      serviceControlPolicies: { known: true, value: null },
      resourceControlPolicies: { known: true, value: [{}, {}, {}] },
    });
  });

  it('are none, without a call, where the account is in no organization', async () => {
    org.sandbox.world.organization = null;
    await replicateCentral();
    await scan();
    expect(count('ListPoliciesForTarget')).toBe(0);
    expect(accountOf(central)?.facts).toMatchObject({ serviceControlPolicies: { known: true, value: null } });
  });

  it('do not reach the management account, which nobody asks about', async () => {
    await enable(SCP);
    await replicateCentral();
    org.sandbox.calls.clear();
    await scan();
    expect(accountOf(central)?.facts).toMatchObject({ serviceControlPolicies: { known: true, value: null } });
    expect(count('ListPoliciesForTarget')).toBe(1);
  });
});

describe('policies that cannot be read', () => {
  const unknown = (id: string | undefined): unknown => accountOf(id)?.facts.serviceControlPolicies;

  beforeEach(async () => {
    await enable(SCP);
    org.sandbox.calls.clear();
  });

  it.each(['ListPolicies', 'ListTargetsForPolicy', 'ListPoliciesForTarget', 'DescribePolicy'])(
    'are unknown where %s is denied, and a refusal is not asked for twice',
    async (operation) => {
      await hang(root, SCP, 'keep-buckets');
      org.sandbox.faults.add({ operation: `organizations:${operation}`, kind: 'denied' });
      await scan({ accountsAtOnce: 1 });
      const call = `organizations:${operation}`;
      for (const id of org.accounts) {
        expect(unknown(id)).toMatchObject({
          known: false,
          causes: [{ reason: 'access-denied', call, account: central }],
        });
      }
      // The root has two policies.
      expect(count(operation)).toBe(operation === 'DescribePolicy' ? 2 : 1);
    },
  );

  it.each(['ListRoots', 'ListOrganizationalUnitsForParent', 'ListAccountsForParent'])(
    'are unknown where the tree is not known: %s is denied',
    async (operation) => {
      org.sandbox.faults.add({ operation: `organizations:${operation}`, kind: 'denied' });
      await scan();
      expect(unknown(org.accounts[0])).toMatchObject({
        known: false,
        causes: [{ reason: 'access-denied', call: `organizations:${operation}`, account: central }],
      });
      expect(count('ListPoliciesForTarget')).toBe(0);
    },
  );

  it('are unknown of the accounts that were named where the organization could not be listed', async () => {
    org.sandbox.faults.add({ operation: 'organizations:ListAccounts', kind: 'denied' });
    await scan({ choice: { include: { accounts: org.accounts }, exclude: {} } });
    expect(unknown(org.accounts[0])).toMatchObject({
      known: false,
      causes: [{ reason: 'access-denied', call: 'organizations:ListAccounts' }],
    });
  });

  it('are read all the same where they are throttled for a while', async () => {
    org.sandbox.faults.add({ operation: 'organizations:DescribePolicy', kind: 'throttled', times: 2 });
    await scan();
    expect(unknown(org.accounts[0])).toMatchObject({ known: true, value: [{}, {}, {}] });
  });
});

describe('the rates of Organizations', () => {
  /** Every target has a policy of its own. */
  function stub(made: string[]): OrganizationsClient {
    const send = ({ input }: { input: { TargetId?: string; PolicyId?: string } }): Promise<object> => {
      made.push(input.TargetId === undefined ? 'describe' : 'list');
      return Promise.resolve({
        Policies: [{ Id: `p-${input.TargetId ?? ''}` }],
        Policy: { Content: '{}', PolicySummary: { Name: input.PolicyId ?? '' } },
      });
    };
    // The two commands' answers in one: nothing else of a client is used.
    return { send } as unknown as OrganizationsClient;
  }

  it("are AWS's, and each operation has its own", async () => {
    vi.useFakeTimers();
    try {
      const made: string[] = [];
      const policies = new OrganizationPolicies(stub(made), 1, ratesWithin(1000), () => undefined);
      const targets = Array.from({ length: 40 }, (_, number) => `${number}`);
      const asked = Promise.all(targets.map((target) => policies.levels([target], SCP)));
      const madeBy = async (ms: number): Promise<readonly number[]> => {
        await vi.advanceTimersByTimeAsync(ms);
        return ['list', 'describe'].map((kind) => made.filter((one) => one === kind).length);
      };
      expect(await madeBy(10)).toEqual([8, 2]);
      expect(await madeBy(1000)).toEqual([13, 4]);
      expect(await madeBy(4000)).toEqual([33, 12]);
      await vi.runAllTimersAsync();
      expect((await asked).flat(2)).toHaveLength(40);
      expect(made).toHaveLength(80);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are no more than the configuration allows an account', () => {
    expect(ratesWithin(3)).toEqual({
      listPolicies: { perSecond: 3, burst: 3 },
      describePolicy: { perSecond: 2, burst: 2 },
    });
  });
});
