/**
 * AWS's pages on how policies are weighed, as a table: each row stands on the page that it names, and is one sentence of it.
 * No user, federated user or root user replicates, so their rows are left out; nor is a session policy passed.
 */
import { describe, expect, it } from 'vitest';
import { decide, type Outcome } from '../../src/iam/decide.ts';
import type { Layers, Request } from '../../src/iam/request.ts';
import { BUCKET, OURS, ROLE, THEIRS, allow, deny, layers, policy, request, to } from './build.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide/';
const logic = `${IAM}reference_policies_evaluation-logic_policy-eval-denyallow.html`;
const interplay = `${IAM}reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`;
const withResource = `${IAM}reference_policies_evaluation-logic.html#policy-eval-basics-id-rdp`;
const withBoundary = `${IAM}reference_policies_evaluation-logic.html#policy-eval-basics-id-bound`;
const withOrganization = `${IAM}reference_policies_evaluation-logic.html#policy-eval-basics-id-scp`;
const effective = `${IAM}access_policies_boundaries.html#access_policies_boundaries-eval-logic`;
const across = `${IAM}reference_policies_evaluation-logic-cross-account.html#policy-eval-cross-account`;
const serviceControls = `${ORGANIZATIONS}orgs_manage_policies_scps_evaluation.html`;
const resourceControls = `${ORGANIZATIONS}orgs_manage_policies_rcps_evaluation.html`;

type Says = 'allows' | 'is silent' | 'denies';
const SAYS: readonly Says[] = ['allows', 'is silent', 'denies'];
const OBJECTS = `${BUCKET}/*`;
const SESSION = `arn:aws:sts::${OURS}:assumed-role/replication/s3`;

const statements = (says: Says, more: object = {}): object =>
  says === 'denies'
    ? deny('s3:Replicate*', OBJECTS, more)
    : allow(says === 'allows' ? 's3:ReplicateObject' : 's3:GetObject', OBJECTS, more);
const identity = (says: Says): Partial<Layers> => ({
  identity: [policy('identity', 'role', statements(says))],
});
const boundary = (says: Says): Partial<Layers> => ({
  boundary: policy('identity', 'boundary', statements(says), ...(says === 'denies' ? [allow('*')] : [])),
});
const bucket = (says: Says, principal = ROLE): Partial<Layers> => ({
  resource: policy('resource', 'bucket', statements(says, to(principal))),
});
const everybody = { Principal: '*' };
const scps = (...levels: readonly Says[]): Partial<Layers> => ({
  serviceControl: levels.map((says) => [
    ...(says === 'is silent' ? [] : [policy('identity', 'FullAWSAccess', allow('*'))]),
    policy('identity', 'scp', statements(says)),
  ]),
});
const rcps = (...levels: readonly Says[]): Partial<Layers> => ({
  resourceControl: levels.map((says) => [
    ...(says === 'is silent' ? [] : [policy('resource', 'RCPFullAWSAccess', allow('*', '*', everybody))]),
    policy('resource', 'rcp', statements(says, everybody)),
  ]),
});

interface Row {
  readonly page: string;
  readonly what: string;
  readonly given: readonly Partial<Layers>[];
  readonly outcome: Outcome;
  readonly asked?: Partial<Request>;
}

const row = (page: string, what: string, outcome: Outcome, ...given: readonly Partial<Layers>[]): Row => ({
  page,
  what,
  given,
  outcome,
});

/** Every pair of what two kinds of policy say. */
function pairs(
  page: string,
  names: readonly [string, string],
  kinds: readonly [(says: Says) => Partial<Layers>, (says: Says) => Partial<Layers>],
  outcome: (one: Says, other: Says) => Outcome,
): readonly Row[] {
  return SAYS.flatMap((one) =>
    SAYS.map((other) => {
      const what = `${names[0]} ${one}, ${names[1]} ${other}`;
      return row(page, what, outcome(one, other), kinds[0](one), kinds[1](other));
    }),
  );
}

const denies = (...all: readonly Says[]): boolean => all.includes('denies');
/** "The resulting permissions are the union"; "An explicit deny in either of these policies overrides the allow." */
const union = (...all: readonly Says[]): Outcome =>
  denies(...all) ? 'explicitlyDenied' : all.includes('allows') ? 'allowed' : 'implicitlyDenied';
/** "The intersection"; "An explicit deny in either of these policies overrides the allow." */
const intersection = (...all: readonly Says[]): Outcome =>
  denies(...all) ? 'explicitlyDenied' : all.includes('is silent') ? 'implicitlyDenied' : 'allowed';

const inSession: Partial<Request> = {
  principal: { kind: 'role', arn: ROLE, account: OURS, session: 's3' },
};
const elsewhere: Partial<Request> = { resourceAccount: THEIRS };

const SAME_ACCOUNT: readonly Row[] = [
  row(logic, 'by default, all requests are implicitly denied', 'implicitlyDenied'),
  row(interplay, 'a deny trumps an allow of another policy', 'explicitlyDenied', {
    identity: [
      policy('identity', 'one', statements('allows')),
      policy('identity', 'other', statements('denies')),
    ],
  }),
  row(interplay, 'and one of the same policy, whichever comes first', 'explicitlyDenied', {
    identity: [policy('identity', 'both', statements('denies'), statements('allows'))],
  }),
  row(interplay, 'what no statement allows is denied implicitly', 'implicitlyDenied', identity('is silent')),
  ...pairs(withResource, ['the role', 'the bucket'], [identity, (says) => bucket(says)], union),
  row(
    logic,
    'a resource that delegates to the account needs the role',
    'allowed',
    identity('allows'),
    bucket('allows', OURS),
  ),
  row(
    logic,
    'a resource that delegates to the account does not allow',
    'implicitlyDenied',
    bucket('allows', OURS),
  ),
];

const BOUNDARY: readonly Row[] = [
  ...pairs(withBoundary, ['the role', 'the boundary'], [identity, boundary], intersection),
  row(
    effective,
    'what the bucket gives to the role is limited by the boundary',
    'implicitlyDenied',
    boundary('is silent'),
    bucket('allows'),
  ),
  row(
    effective,
    'what it gives to the role is not limited by a boundary that allows',
    'allowed',
    boundary('allows'),
    bucket('allows'),
  ),
  row(
    effective,
    'a deny in the boundary overrides the bucket',
    'explicitlyDenied',
    boundary('denies'),
    bucket('allows', SESSION),
  ),
  row(
    effective,
    'the role, the boundary and the service control policies allow',
    'allowed',
    identity('allows'),
    boundary('allows'),
    scps('allows'),
  ),
  row(
    effective,
    'of the three the service control policies do not',
    'implicitlyDenied',
    identity('allows'),
    boundary('allows'),
    scps('is silent'),
  ),
  row(
    effective,
    'of the three the boundary does not',
    'implicitlyDenied',
    identity('allows'),
    boundary('is silent'),
    scps('allows'),
  ),
  row(
    effective,
    'of the three the role does not',
    'implicitlyDenied',
    identity('is silent'),
    boundary('allows'),
    scps('allows'),
  ),
  row(
    effective,
    'of the three the service control policies deny',
    'explicitlyDenied',
    identity('allows'),
    boundary('allows'),
    scps('denies'),
  ),
];

const aWildcard: Partial<Layers> = {
  resource: policy(
    'resource',
    'bucket',
    statements('allows', { ...everybody, Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }),
  ),
};
const named = request({ keys: { 'aws:PrincipalArn': [ROLE] } });

const SESSIONS: readonly Row[] = [
  {
    ...row(logic, 'no session policy was passed: the role allows', 'allowed', identity('allows')),
    asked: inSession,
  },
  {
    ...row(
      logic,
      'the bucket gives to the session, and nobody else allows',
      'allowed',
      bucket('allows', SESSION),
    ),
    asked: inSession,
  },
  {
    ...row(
      logic,
      'the bucket gives to the session, under a silent boundary',
      'allowed',
      bucket('allows', SESSION),
      boundary('is silent'),
    ),
    asked: inSession,
  },
  {
    ...row(
      logic,
      'the bucket gives to the session, and the role denies',
      'explicitlyDenied',
      bucket('allows', SESSION),
      identity('denies'),
    ),
    asked: inSession,
  },
  {
    ...row(
      logic,
      'the bucket gives to the role, under a silent boundary',
      'implicitlyDenied',
      bucket('allows'),
      boundary('is silent'),
    ),
    asked: inSession,
  },
  {
    ...row(
      logic,
      'a wildcard with aws:PrincipalArn is not limited by a silent boundary',
      'allowed',
      aWildcard,
      boundary('is silent'),
    ),
    asked: named,
  },
  {
    ...row(logic, 'unless there is an explicit deny', 'explicitlyDenied', aWildcard, identity('denies')),
    asked: named,
  },
];

const ORGANIZATION: readonly Row[] = [
  row(withOrganization, 'all three allow', 'allowed', identity('allows'), scps('allows'), rcps('allows')),
  row(
    withOrganization,
    'the role does not',
    'implicitlyDenied',
    identity('is silent'),
    scps('allows'),
    rcps('allows'),
  ),
  row(
    withOrganization,
    'the service control policies do not',
    'implicitlyDenied',
    identity('allows'),
    scps('is silent'),
    rcps('allows'),
  ),
  row(
    withOrganization,
    'the resource control policies do not',
    'implicitlyDenied',
    identity('allows'),
    scps('allows'),
    rcps('is silent'),
  ),
  row(
    withOrganization,
    'the role denies',
    'explicitlyDenied',
    identity('denies'),
    scps('allows'),
    rcps('allows'),
  ),
  row(
    withOrganization,
    'the service control policies deny',
    'explicitlyDenied',
    identity('allows'),
    scps('denies'),
    rcps('allows'),
  ),
  row(
    withOrganization,
    'the resource control policies deny',
    'explicitlyDenied',
    identity('allows'),
    scps('allows'),
    rcps('denies'),
  ),
  row(
    logic,
    'no service control policy and no resource control policy limits nothing',
    'allowed',
    identity('allows'),
    scps(),
    rcps(),
  ),
  row(
    logic,
    'a service control policy that does not allow stops what the bucket allows',
    'implicitlyDenied',
    bucket('allows', '*'),
    scps('is silent'),
  ),
  row(
    serviceControls,
    'an allow is needed at every level',
    'implicitlyDenied',
    identity('allows'),
    scps('allows', 'is silent', 'allows'),
  ),
  row(
    serviceControls,
    'a deny at any level is enough',
    'explicitlyDenied',
    identity('allows'),
    scps('allows', 'denies', 'allows'),
  ),
  row(serviceControls, 'they grant nothing', 'implicitlyDenied', scps('allows', 'allows', 'allows')),
  row(
    resourceControls,
    'a deny at any level is enough',
    'explicitlyDenied',
    identity('allows'),
    rcps('allows', 'denies', 'allows'),
  ),
  row(
    resourceControls,
    'RCPFullAWSAccess does not grant access',
    'implicitlyDenied',
    rcps('allows', 'allows', 'allows'),
  ),
];

const ACROSS_ACCOUNTS: readonly Row[] = [
  ...pairs(
    across,
    ['the role', "the other account's bucket"],
    [identity, (says) => bucket(says)],
    intersection,
  ),
  row(across, 'the bucket may name the account', 'allowed', identity('allows'), bucket('allows', OURS)),
  row(across, 'the bucket alone, though it names everybody', 'implicitlyDenied', bucket('allows', '*')),
  row(across, 'no policy on the bucket', 'implicitlyDenied', identity('allows')),
  row(
    across,
    'what limits the role counts: its boundary',
    'implicitlyDenied',
    identity('allows'),
    bucket('allows'),
    boundary('is silent'),
  ),
  row(
    across,
    'what limits the role counts: service control policies',
    'implicitlyDenied',
    identity('allows'),
    bucket('allows'),
    scps('is silent'),
  ),
  row(
    across,
    'what limits the bucket counts: resource control policies',
    'implicitlyDenied',
    identity('allows'),
    bucket('allows'),
    rcps('is silent'),
  ),
  row(
    across,
    'a deny in one account is enough: service control policies',
    'explicitlyDenied',
    identity('allows'),
    bucket('allows'),
    scps('denies'),
  ),
  row(
    across,
    'a deny in one account is enough: resource control policies',
    'explicitlyDenied',
    identity('allows'),
    bucket('allows'),
    rcps('denies'),
  ),
  { ...row(across, 'the session alone', 'implicitlyDenied', bucket('allows', SESSION)), asked: inSession },
  {
    ...row(
      across,
      'the session, and the role allows',
      'allowed',
      identity('allows'),
      bucket('allows', SESSION),
    ),
    asked: inSession,
  },
].map((one) => ({ ...one, asked: { ...one.asked, ...elsewhere } }));

/** "IAM role trust policies and KMS key policies are exceptions to this logic". */
const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${OURS}:key/1` };
const may = { identity: [policy('identity', 'role', allow(['kms:Decrypt', 'sts:AssumeRole']))] };
const keyOf = (principal: string): Partial<Layers> => ({
  resource: policy('resource', 'key', allow('kms:*', '*', to(principal))),
});
const trustOf = (principal: string): Partial<Layers> => ({
  resource: policy('trust', 'trust', {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:AssumeRole',
  }),
});
const MUST_NAME: readonly Row[] = [
  ...[
    {
      ...row(logic, 'a key whose policy does not allow', 'implicitlyDenied', may, keyOf(THEIRS)),
      asked: key,
    },
    { ...row(logic, 'a key whose policy names the account', 'allowed', may, keyOf(OURS)), asked: key },
    { ...row(logic, 'a key whose policy names the role', 'allowed', keyOf(ROLE)), asked: key },
  ],
  ...[
    row(logic, 'a role whose trust policy does not allow', 'implicitlyDenied', may, trustOf(THEIRS)),
    row(logic, 'a role whose trust policy names the account', 'allowed', may, trustOf(OURS)),
    row(logic, 'a role whose trust policy names the role that asks', 'allowed', trustOf(ROLE)),
  ].map((one) => ({ ...one, asked: { action: 'sts:AssumeRole', resource: ROLE } })),
];

describe.each([
  ['in one account', SAME_ACCOUNT],
  ['boundaries', BOUNDARY],
  ['sessions', SESSIONS],
  ['service control policies and resource control policies', ORGANIZATION],
  ['across accounts', ACROSS_ACCOUNTS],
  ['keys and trusts', MUST_NAME],
])('%s', (_, rows) => {
  const cases = rows.map((one) => [one.what, one.outcome, one.page, one] as const);
  it.each(cases)('%s: %s (%s)', (_what, _outcome, _page, { given, outcome, asked }) => {
    const policies = layers(given.reduce((all, some) => ({ ...all, ...some }), {}));
    expect(decide(request(asked), policies).outcome).toBe(outcome);
  });
});
