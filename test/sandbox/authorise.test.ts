import { beforeEach, describe, expect, it } from 'vitest';
import { authorise } from '../../sandbox/authorise.ts';
import { addAccount, administrator, createWorld } from '../../sandbox/create.ts';
import { AwsError } from '../../sandbox/service.ts';
import { addRole } from '../../sandbox/services/iam/roles.ts';
import type { Caller, Organization, Role, World } from '../../sandbox/world.ts';
import { policy } from './sdk.ts';

const MEMBER = '222222222222';
const BUCKET = 'arn:aws:s3:::bucket';

let world: World;
let role: Role;
let caller: Caller;

beforeEach(() => {
  world = createWorld();
  const account = addAccount(world, MEMBER, 'member', 'member@example.com');
  const [name, path] = ['reader', '/audit/'];
  role = addRole(world, account, {
    name,
    path,
    trust: '',
    description: null,
    maxSession: 3600,
    boundary: null,
  });
  caller = {
    account: MEMBER,
    arn: `arn:aws:sts::${MEMBER}:assumed-role/reader/session`,
    userId: `${role.id}:session`,
    role: role.arn,
    sessionName: 'session',
  };
});

/** The sentence of the refusal, or null where the call is allowed. */
function refusal(
  action: string,
  resource = BUCKET,
  owner = MEMBER,
  resourcePolicy: string | null = null,
  context: Record<string, string | null> = {},
): string | null {
  try {
    authorise(world, caller, action, resource, owner, resourcePolicy, context);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
    expect([thrown.code, thrown.status]).toEqual(['AccessDenied', 403]);
    return thrown.message;
  }
}

function own(...statements: object[]): void {
  role.inline.set('inline', policy(...statements));
}

const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): object => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

describe("the caller's own policies", () => {
  it('allow nothing that they do not name, and say so as AWS does', () => {
    own(allow('s3:GetBucketPolicy'));
    expect(refusal('s3:GetBucketPolicy')).toBeNull();
    expect(refusal('s3:GetBucketTagging')).toBe(
      `User: ${caller.arn} is not authorized to perform: s3:GetBucketTagging on resource: ${BUCKET} because no identity-based policy allows the s3:GetBucketTagging action`,
    );
  });

  it('take actions whatever their case, and resources only in theirs', () => {
    own(allow('S3:getbucket*', 'arn:aws:s3:::buck?t'));
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    expect(refusal('s3:GetBucketTagging', 'arn:aws:s3:::Bucket')).not.toBeNull();
    expect(refusal('s3:GetBucketTagging', 'arn:aws:s3:::buckeet')).not.toBeNull();
  });

  it('take what NotAction and NotResource leave', () => {
    own({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret' });
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    expect(refusal('iam:GetRole')).not.toBeNull();
    expect(refusal('s3:GetBucketTagging', 'arn:aws:s3:::secret')).not.toBeNull();
  });

  it('come from attached managed policies too, in their default version', () => {
    const arn = `arn:aws:iam::${MEMBER}:policy/own`;
    const versions = new Map([
      ['v1', policy(allow('s3:*'))],
      ['v2', policy(allow('kms:*'))],
    ]);
    const managed = { arn, id: 'ANPA', name: 'own', path: '/', created: new Date(), versions };
    world.accounts.get(MEMBER)?.policies.set(arn, { ...managed, defaultVersion: 'v2' });
    role.attached.add(arn);
    expect(refusal('kms:ListKeys')).toBeNull();
    expect(refusal('s3:GetBucketTagging')).not.toBeNull();
    role.attached.add('arn:aws:iam::aws:policy/SecurityAudit');
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    expect(refusal('s3:GetObject')).not.toBeNull();
  });

  it('are nothing once the role is gone', () => {
    own(allow('*'));
    world.accounts.get(MEMBER)?.roles.delete('reader');
    expect(refusal('s3:GetBucketTagging')).not.toBeNull();
  });

  it('lose to an explicit deny', () => {
    own(allow('*'), deny('s3:*', BUCKET));
    expect(refusal('s3:GetBucketTagging')).toMatch(/with an explicit deny in an identity-based policy$/);
    expect(refusal('s3:GetBucketTagging', 'arn:aws:s3:::other')).toBeNull();
  });

  it('are cut by the permissions boundary', () => {
    own(allow('*'));
    role.boundary = 'arn:aws:iam::aws:policy/SecurityAudit';
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    expect(refusal('s3:PutBucketTagging')).toMatch(
      /because no permissions boundary allows the s3:PutBucketTagging action$/,
    );
  });
});

describe('conditions', () => {
  const condition = (Condition: object): object => ({ Condition });

  it.each([
    [{ StringEquals: { 'aws:PrincipalAccount': MEMBER } }, true],
    [{ StringEquals: { 'aws:PrincipalAccount': ['1', '2'] } }, false],
    [{ StringNotEquals: { 'AWS:principalaccount': MEMBER } }, false],
    [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/audit/*` } }, true],
    [{ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:role/reader` } }, false],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
    [{ Bool: { 'aws:SecureTransport': true } }, true],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, false],
    [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, true],
    [{ Null: { 'sts:ExternalId': 'true' } }, false],
    [{ StringLike: { 'sts:ExternalId': 'ab*' } }, true],
    [{ StringLike: { 'sts:ExternalId': 'ab*' }, Bool: { 'aws:ViaAWSService': 'true' } }, false],
  ])('%j holds: %s', (conditions, holds) => {
    const context = { 'sts:ExternalId': 'abc' };
    own(allow('s3:*', '*', condition(conditions)));
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, null, context) === null).toBe(holds);
    own(allow('s3:*'), deny('s3:*', '*', condition(conditions)));
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, null, context) === null).toBe(!holds);
  });

  it.each([{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { StringEquals: { 'aws:Unheard': 'x' } }])(
    'that can not be judged, %j, help nobody',
    (conditions) => {
      own(allow('s3:*', '*', condition(conditions)));
      expect(refusal('s3:GetBucketTagging')).not.toBeNull();
      own(allow('s3:*'), deny('s3:*', '*', condition(conditions)));
      expect(refusal('s3:GetBucketTagging')).not.toBeNull();
    },
  );
});

describe('the policy of the resource', () => {
  const OTHER = '333333333333';
  const to = (principal: unknown, effect: object = allow('s3:*')): string =>
    policy({ ...effect, Principal: principal });

  it('alone does not let a caller of another account in, nor do his own policies alone', () => {
    own(allow('s3:*'));
    expect(refusal('s3:GetBucketTagging', BUCKET, OTHER)).toMatch(/because no resource-based policy allows/);
    expect(refusal('s3:GetBucketTagging', BUCKET, OTHER, to({ AWS: MEMBER }))).toBeNull();
    own(allow('kms:*'));
    expect(refusal('s3:GetBucketTagging', BUCKET, OTHER, to({ AWS: role.arn }))).toMatch(
      /no identity-based policy/,
    );
    expect(refusal('s3:GetBucketTagging', BUCKET, OTHER, to({ AWS: MEMBER }))).toMatch(
      /no identity-based policy/,
    );
  });

  it.each([
    ['*', true],
    [{ AWS: '*' }, true],
    [{ AWS: [`arn:aws:iam::${MEMBER}:role/audit/reader`] }, true],
    [{ AWS: `arn:aws:iam::${MEMBER}:role/reader` }, false],
    [{ AWS: `arn:aws:sts::${MEMBER}:assumed-role/reader/session` }, true],
    [{ AWS: `arn:aws:iam::${MEMBER}:root` }, true],
    [{ AWS: OTHER }, false],
    [{ Service: 's3.amazonaws.com' }, false],
  ])('names %j: %s', (principal, named) => {
    own(allow('s3:*'));
    expect(refusal('s3:GetBucketTagging', BUCKET, OTHER, to(principal)) === null).toBe(named);
  });

  it('is enough in the same account where it names the caller, and not where it names the account', () => {
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, to({ AWS: role.arn }))).toBeNull();
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, to({ AWS: MEMBER }))).toMatch(
      /no identity-based policy/,
    );
  });

  it('denies in the same account, to the administrator as well', () => {
    own(allow('*'));
    const denying = to('*', deny('s3:PutBucketPolicy'));
    expect(refusal('s3:PutBucketPolicy', BUCKET, MEMBER, denying)).toMatch(
      /with an explicit deny in a resource-based policy$/,
    );
    caller = administrator(world).caller;
    expect(refusal('s3:PutBucketPolicy', BUCKET, caller.account, denying)).not.toBeNull();
    expect(refusal('s3:GetBucketPolicy', BUCKET, caller.account, denying)).toBeNull();
  });

  it('denies to all but those whom NotPrincipal names', () => {
    own(allow('*'));
    const { Effect, Action, Resource } = { ...allow('s3:*'), Effect: 'Deny', Action: 's3:*', Resource: '*' };
    const denying = (NotPrincipal: object): string => policy({ Effect, Action, Resource, NotPrincipal });
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, denying({ AWS: role.arn }))).toBeNull();
    expect(refusal('s3:GetBucketTagging', BUCKET, MEMBER, denying({ AWS: OTHER }))).not.toBeNull();
  });

  it('must speak for a key even in its own account', () => {
    own(allow('kms:*'));
    const key = `arn:aws:kms:us-east-1:${MEMBER}:key/1`;
    expect(refusal('kms:DescribeKey', key, MEMBER, to({ AWS: OTHER }, allow('kms:*')))).toMatch(
      /because no resource-based policy allows the kms:DescribeKey action$/,
    );
    expect(refusal('kms:DescribeKey', key, MEMBER, to({ AWS: MEMBER }, allow('kms:*')))).toBeNull();
  });
});

describe('the policies of the organization', () => {
  let organization: Organization;

  beforeEach(() => {
    organization = {
      id: 'o-1234567890',
      rootId: 'r-1234',
      units: new Map([['ou-1', { id: 'ou-1', name: 'one', parent: 'r-1234' }]]),
      parents: new Map([
        [MEMBER, 'ou-1'],
        [world.managementAccount, 'r-1234'],
      ]),
      policies: new Map(),
      attachments: new Map(),
      policyTypes: new Set(['SERVICE_CONTROL_POLICY']),
      accountRequests: new Map(),
      delegated: new Map(),
    };
    world.organization = organization;
    own(allow('*'));
    for (const target of ['r-1234', 'ou-1', MEMBER]) attach(target, 'p-full', allow('*'));
  });

  function attach(target: string, id: string, statement: object, type = 'SERVICE_CONTROL_POLICY'): void {
    const about = { id, arn: id, name: id, description: '', type, awsManaged: false };
    organization.policies.set(id, { ...about, content: policy(statement) });
    organization.attachments.set(target, (organization.attachments.get(target) ?? new Set()).add(id));
  }

  it('deny from any level', () => {
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    attach('r-1234', 'p-deny', deny('s3:*'));
    expect(refusal('s3:GetBucketTagging')).toMatch(/with an explicit deny in a service control policy$/);
    expect(refusal('kms:ListKeys')).toBeNull();
  });

  it('must allow at every level', () => {
    organization.attachments.set('ou-1', new Set());
    attach('ou-1', 'p-kms', allow('kms:*'));
    expect(refusal('kms:ListKeys')).toBeNull();
    expect(refusal('s3:GetBucketTagging')).toMatch(
      /because no service control policy allows the s3:GetBucketTagging action$/,
    );
  });

  it('do nothing while their type is off, nor ever to the management account', () => {
    attach('r-1234', 'p-deny', deny('*'));
    const { caller: admin } = administrator(world);
    expect(refusal('s3:GetBucketTagging')).not.toBeNull();
    organization.policyTypes.clear();
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    organization.policyTypes.add('SERVICE_CONTROL_POLICY');
    caller = admin;
    expect(refusal('s3:GetBucketTagging', BUCKET, admin.account)).toBeNull();
  });

  it('guard resources of member accounts, whoever calls', () => {
    organization.policyTypes.add('RESOURCE_CONTROL_POLICY');
    const outsiders = { StringNotEquals: { 'aws:PrincipalOrgID': organization.id } };
    const denial = { ...deny('s3:*'), Principal: '*', Condition: outsiders };
    attach('ou-1', 'p-rcp', denial, 'RESOURCE_CONTROL_POLICY');
    expect(refusal('s3:GetBucketTagging')).toBeNull();
    organization.policies.clear();
    organization.policyTypes.delete('SERVICE_CONTROL_POLICY');
    attach('ou-1', 'p-rcp', { ...deny('s3:*'), Principal: '*' }, 'RESOURCE_CONTROL_POLICY');
    expect(refusal('s3:GetBucketTagging')).toMatch(/with an explicit deny in a resource control policy$/);
    expect(refusal('s3:GetBucketTagging', BUCKET, world.managementAccount)).not.toMatch(/resource control/);
  });
});
