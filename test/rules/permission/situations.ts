/** Every layer of policies, each refusing by itself what the healthy pair allows; for the tests of rules about permissions. */
import { policyOf } from '../../../rules/shared/example.ts';
import type { AccountFacts, RoleFacts } from '../../../src/model/facts.ts';
import type { PolicyLevels, RolePolicies } from '../../../src/model/aws.ts';
import type { TestSituation } from '../../../src/tester.ts';
import {
  accountFacts,
  destinationPolicy,
  healthy,
  keyFacts,
  roleFacts,
} from '../../../src/tester/healthy.ts';
import type { Case, FailCase, NonEmpty, UndeterminedCase, UnknownCase } from '../describe-rule.ts';

type Statement = Readonly<Record<string, unknown>>;

export const ours = healthy.source.account;
export const theirs = healthy.destination.account;
const objectsOf = { source: 'arn:aws:s3:::orders', destination: 'arn:aws:s3:::orders-replica' };

export function statementsOf(policy: string): readonly Statement[] {
  // All policies here are written with a list of statements.
  return (JSON.parse(policy) as { readonly Statement: readonly Statement[] }).Statement;
}

export function deny(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  more: object = {},
): object {
  return { Sid: 'Fence', Effect: 'Deny', Action, Resource, ...more };
}

/** The healthy role's statements. */
export const ownStatements = statementsOf(roleFacts.policies?.Inline[0]?.Document ?? '');

/** Statements without actions; those that then allow nothing go too. */
export function without(
  statements: readonly Statement[],
  ...actions: readonly string[]
): readonly Statement[] {
  return statements.flatMap((statement) => {
    const left = [statement['Action']].flat().filter((one) => !actions.includes(String(one)));
    return left.length === 0 ? [] : [{ ...statement, Action: left }];
  });
}

/** A role of one inline policy, changed. */
export function roleOf(
  statements: readonly object[],
  more: Partial<RolePolicies> = {},
): { readonly policies: RolePolicies } {
  return {
    policies: {
      Inline: [{ Name: 'replication', Document: policyOf(...statements) }],
      Attached: [],
      Boundary: null,
      ...more,
    },
  };
}

/** The healthy role with these statements in a policy 'fence' besides. */
export function roleAnd(...statements: readonly object[]): { readonly policies: RolePolicies } {
  return roleOf(ownStatements, { Attached: [{ Name: 'fence', Document: policyOf(...statements) }] });
}

/** The healthy role within a boundary. */
export function bounded(...statements: readonly object[]): { readonly policies: RolePolicies } {
  return roleOf(ownStatements, { Boundary: { Name: 'boundary', Document: policyOf(...statements) } });
}

/** The healthy role with tags. */
export function tagged(tags: Readonly<Record<string, string>>): Partial<RoleFacts> {
  const { definition } = roleFacts;
  if (definition === null) throw new Error('The healthy role exists.');
  return {
    definition: { ...definition, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
  };
}

/** An account whose middle level has this policy, beside or instead of the one that allows all. */
export function governed(
  account: string,
  kind: 'serviceControlPolicies' | 'resourceControlPolicies',
  statements: readonly object[],
  instead = false,
): { readonly accounts: Readonly<Record<string, Partial<AccountFacts>>> } {
  const all: PolicyLevels = accountFacts[kind] ?? [];
  const [root = [], unit = [], own = []] = all;
  const fence = { Name: 'fence', Document: policyOf(...statements) };
  return { accounts: { [account]: { [kind]: [root, instead ? [fence] : [...unit, fence], own] } } };
}

const broken = { Name: 'broken', Document: '{ "Statement": [ ], "Statements": [] }' };

function levelsOf(kind: 'serviceControlPolicies' | 'resourceControlPolicies'): PolicyLevels {
  return accountFacts[kind] ?? [];
}

export type Owner = 'source' | 'destination' | 'sourceKey' | 'replicaKey';

const ownedBy = { source: ours, destination: theirs, sourceKey: ours, replicaKey: theirs };

/** The healthy policy of a bucket or key, with statements more. */
export function policyAnd(owner: Owner, ...statements: readonly object[]): string {
  if (owner === 'source') return policyOf(...statements);
  if (owner === 'destination') return policyOf(...statementsOf(destinationPolicy), ...statements);
  return policyOf(...statementsOf(keyFacts(healthy[owner]).policy ?? ''), ...statements);
}

interface Asked {
  /** One, or all that the rule asks for at once. */
  readonly action: string | readonly string[];
  readonly owner: Owner;
  /** What the route and its ends are like where the question comes up. */
  readonly base?: TestSituation;
  /** Whether it is asked of the bucket and not of its objects. */
  readonly ofBucket?: boolean;
}

interface Layered {
  readonly pass: NonEmpty<Case>;
  readonly fail: NonEmpty<FailCase>;
  readonly unknown: NonEmpty<UnknownCase>;
  readonly undetermined: NonEmpty<UndeterminedCase>;
}

/** What becomes of a permission in every layer. */
export function everyLayer({ action, owner, base = {}, ofBucket = false }: Asked): Layered {
  const isBucket = owner === 'source' || owner === 'destination';
  const arn = isBucket ? objectsOf[owner] : healthy[owner];
  const resource = isBucket && !ofBucket ? `${arn}/*` : arn;
  const actions = [action].flat();
  const on = `${actions.join(' or ')} on '${resource.replace('arn:aws:s3:::', '')}'`;
  const account = ownedBy[owner];
  const ending = (situation: TestSituation): TestSituation => ({
    ...base,
    ...situation,
    source: { ...base.source, ...situation.source },
    destination: { ...base.destination, ...situation.destination },
    role: { ...base.role, ...situation.role },
  });
  const ofOwner = (policy: string): TestSituation => ({ [owner]: { ...base[owner], policy } });
  const others = { Effect: 'Allow', NotAction: actions, Resource: '*' };
  const fence = deny(action, resource);
  const tag = { StringNotEquals: { 'aws:PrincipalTag/team': 'shop' } };
  const fenced = roleAnd(deny(action, resource, { Condition: tag }));
  const fact = (end: string, of: string): string => `${end}.${of}`;
  const unread = [fact('roleAccount', 'serviceControlPolicies'), fact(owner, 'policy')] as const;
  return {
    pass: [
      { name: 'every layer allows', ...ending({}) },
      {
        name: 'a boundary that allows all',
        ...ending({ role: bounded({ Effect: 'Allow', Action: '*', Resource: '*' }) }),
      },
      {
        name: 'an account that no policy of an organization limits, as the management account',
        ...ending({ accounts: { [ours]: { serviceControlPolicies: null } } }),
      },
      {
        name: "aws:PrincipalTag is decided by the role's tags: a Deny to others",
        ...ending({ role: { ...fenced, ...tagged({ team: 'shop' }) } }),
      },
      { name: 'a Deny of something else', ...ending({ role: roleAnd(deny('ec2:*', '*')) }) },
    ],
    fail: [
      {
        name: 'the role is silent',
        ...ending({
          role: roleOf(without(ownStatements, ...actions)),
          // A key's policy that names the role needs nobody else within one account.
          ...(owner === 'sourceKey' ? ofOwner(policyOf(...statementsOf(policyAnd(owner)).slice(0, 1))) : {}),
        }),
        message: [on, 'no policy of the role allows it'],
        actual: 'not allowed',
      },
      {
        name: "the role's own policy denies",
        ...ending({ role: roleAnd(fence) }),
        message: [on, "the statement 'Fence' of the role's policy 'fence' denies it"],
        actual: 'denied',
      },
      {
        name: 'a statement without a Sid denies',
        ...ending({ role: roleAnd(others, { ...fence, Sid: undefined }) }),
        message: ["statement 2 of the role's policy 'fence' denies it"],
      },
      {
        name: 'the boundary is silent',
        ...ending({ role: bounded(others) }),
        message: [on, "the role's permissions boundary does not allow it"],
      },
      {
        name: 'the boundary denies',
        ...ending({ role: bounded({ Effect: 'Allow', Action: '*', Resource: '*' }, fence) }),
        message: ["the statement 'Fence' of the role's permissions boundary 'boundary' denies it"],
      },
      {
        name: 'a service control policy denies',
        ...ending(governed(ours, 'serviceControlPolicies', [deny(action, '*')])),
        message: ["the statement 'Fence' of the service control policy 'fence' denies it"],
      },
      {
        name: 'a level of service control policies is silent',
        ...ending(governed(ours, 'serviceControlPolicies', [others], true)),
        message: [`the service control policies over account ${ours} do not allow it`],
      },
      {
        name: 'a resource control policy denies',
        ...ending(governed(account, 'resourceControlPolicies', [deny(action, resource, { Principal: '*' })])),
        message: ["the statement 'Fence' of the resource control policy 'fence' denies it"],
      },
      {
        name: "the owner's policy denies",
        ...ending(ofOwner(policyAnd(owner, deny(action, resource, { Principal: '*' })))),
        message: ["the statement 'Fence' of the policy of"],
      },
      {
        name: "aws:PrincipalTag is decided by the role's tags: a Deny to all without",
        ...ending({ role: fenced }),
        message: ['denies it'],
      },
      {
        name: 'a Deny speaks where other layers were not read',
        ...ending({ role: roleAnd(fence) }),
        denied: unread,
        message: ['denies it'],
      },
      ...(isBucket && !ofBucket ? ofParts(actions, arn, ending) : []),
    ],
    unknown: [
      { name: 'service control policies are denied', ...ending({}), denied: [unread[0]] },
      { name: "the owner's policy is denied", ...ending({}), denied: [unread[1]] },
      {
        name: 'resource control policies are denied',
        ...ending({}),
        denied: [fact(`${owner}Account`, 'resourceControlPolicies')],
      },
      { name: 'two layers are denied', ...ending({}), denied: unread },
    ],
    undetermined: [
      {
        name: 'a policy of the role is malformed',
        ...ending({
          role: roleOf(ownStatements, { Attached: [{ Name: 'broken', Document: '{\n  "Statement": 1 }' }] }),
          ...(owner === 'sourceKey' ? ofOwner(policyOf(...statementsOf(policyAnd(owner)).slice(0, 1))) : {}),
        }),
        message: ["The role's policy 'broken' is malformed at line 2, column 16"],
      },
      {
        name: 'a service control policy is malformed',
        ...ending({
          accounts: { [ours]: { serviceControlPolicies: [...levelsOf('serviceControlPolicies'), [broken]] } },
        }),
        message: [
          "The service control policy 'broken' is malformed at line 1, column 21, so nobody can say what it allows: A policy has no element 'Statements'.",
        ],
      },
      {
        name: 'a resource control policy is malformed',
        ...ending({
          accounts: {
            [account]: { resourceControlPolicies: [...levelsOf('resourceControlPolicies'), [broken]] },
          },
        }),
        message: [
          "The resource control policy 'broken' is malformed at line 1, column 21, so nobody can say what it allows: A policy has no element 'Statements'.",
        ],
      },
      {
        name: 'the boundary is malformed',
        ...ending({ role: roleOf(ownStatements, { Boundary: broken }) }),
        message: [
          "The role's permissions boundary 'broken' is malformed at line 1, column 21, so nobody can say what it allows: A policy has no element 'Statements'.",
        ],
      },
      {
        name: "the owner's policy is malformed",
        ...ending(ofOwner('{')),
        message: ['The policy of ', ' is malformed at line 1, column 2'],
      },
      {
        name: 'a Deny hangs on what nobody tells',
        ...ending({
          role: roleAnd(deny(action, resource, { Condition: { StringEquals: { 'aws:userid': 'x' } } })),
        }),
        message: [
          "hangs on 'aws:userid' (the statement 'Fence' of the role's policy 'fence'), which neither what was read nor AWS's documentation tells.",
        ],
      },
    ],
  };
}

/** What only a set of objects has: parts. */
function ofParts(
  actions: readonly string[],
  arn: string,
  ending: (situation: TestSituation) => TestSituation,
): readonly FailCase[] {
  const all = `may not ${actions.join(' or ')} on all of '${arn.slice('arn:aws:s3:::'.length)}/*'`;
  return [
    {
      name: 'denied for a part of the objects',
      ...ending({ role: roleAnd(deny(actions, `${arn}/secret/*`)) }),
      message: [`${all}, not within '${arn}/secret/*': the statement 'Fence'`],
      actual: 'allowed for a part',
    },
    {
      name: 'allowed for a part of the objects',
      ...ending({
        role: roleOf([
          ...without(ownStatements, ...actions),
          { Effect: 'Allow', Action: actions, Resource: [`${arn}/in/*`, `${arn}/out/*`] },
        ]),
      }),
      message: [`${all}, only within '${arn}/in/*' or '${arn}/out/*': no policy of the role allows it`],
    },
  ];
}
