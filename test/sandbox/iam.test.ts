import * as api from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientsOf, keysOf, makeRole, policy, refusalOf, trust } from './sdk.ts';
import type { Clients } from './sdk.ts';

const TRUST = trust('*');
/** With characters that both XML and percent-encoding must carry. */
const DOCUMENT = policy({ Sid: 'it\'s <b>&"é" (100%!*)', Effect: 'Allow', Action: 's3:*', Resource: '*' });
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

let sandbox: Sandbox;
let admin: Clients;
let iam: api.IAMClient;
let account: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
  iam = admin.iam;
  account = sandbox.world.managementAccount;
});

afterEach(() => sandbox.close());

describe('roles', () => {
  it('come back as they were made', async () => {
    const made = await iam.send(
      new api.CreateRoleCommand({
        RoleName: 'reader',
        Path: '/audit/',
        AssumeRolePolicyDocument: TRUST,
        Description: 'reads &amp; <audits>',
        MaxSessionDuration: 7200,
        PermissionsBoundary: AUDIT,
      }),
    );
    const { Role } = await iam.send(new api.GetRoleCommand({ RoleName: 'reader' }));
    expect(Role).toMatchObject({
      Arn: `arn:aws:iam::${account}:role/audit/reader`,
      Path: '/audit/',
      Description: 'reads &amp; <audits>',
      MaxSessionDuration: 7200,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: AUDIT },
      RoleId: made.Role?.RoleId,
    });
    expect(Role?.CreateDate).toBeInstanceOf(Date);
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST);
  });

  it('have one name each, and must be known', async () => {
    await makeRole(iam, 'one', TRUST);
    const twice = await refusalOf(makeRole(iam, 'one', TRUST));
    expect([twice.code, twice.status]).toEqual(['EntityAlreadyExistsException', 409]);
    const missing = await refusalOf(iam.send(new api.GetRoleCommand({ RoleName: 'two' })));
    expect(missing).toEqual({
      code: 'NoSuchEntityException',
      status: 404,
      message: 'The role with name two cannot be found.',
    });
  });

  it.each([
    ['not json', 'no policy at all'],
    ['{"Version":"2012-10-17"}', 'no statement'],
    [policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'no principal'],
    [policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' }), 'a resource'],
    [policy({ Effect: 'Maybe', Principal: '*', Action: 'sts:AssumeRole' }), 'an unheard effect'],
  ])('are not made with the trust policy %s (%s)', async (document) => {
    const refusal = await refusalOf(makeRole(iam, 'bad', document));
    expect([refusal.code, refusal.status]).toEqual(['MalformedPolicyDocumentException', 400]);
  });

  it('are listed in pages, by path', async () => {
    for (const name of ['c', 'a', 'b']) await makeRole(iam, name, TRUST);
    await iam.send(
      new api.CreateRoleCommand({ RoleName: 'd', Path: '/x/', AssumeRolePolicyDocument: TRUST }),
    );
    const first = await iam.send(new api.ListRolesCommand({ MaxItems: 3 }));
    expect(first.Roles?.map((role) => role.RoleName)).toEqual(['a', 'b', 'c']);
    expect(first.IsTruncated).toBe(true);
    const second = await iam.send(new api.ListRolesCommand({ MaxItems: 3, Marker: first.Marker }));
    expect(second.Roles?.map((role) => role.RoleName)).toEqual(['d']);
    expect([second.IsTruncated, second.Marker]).toEqual([false, undefined]);
    const { Roles } = await iam.send(new api.ListRolesCommand({ PathPrefix: '/x/' }));
    expect(Roles?.map((role) => role.Arn)).toEqual([`arn:aws:iam::${account}:role/x/d`]);
  });

  it('trust whom they are told to trust', async () => {
    const RoleName = 'one';
    await makeRole(iam, RoleName, TRUST);
    const PolicyDocument = trust('999999999999');
    await iam.send(new api.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    const { Role } = await iam.send(new api.GetRoleCommand({ RoleName }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PolicyDocument);
  });

  it('keep their tags, which a list of roles leaves out', async () => {
    const RoleName = 'tagged';
    const tagsOf = async (): Promise<api.Tag[] | undefined> =>
      (await iam.send(new api.GetRoleCommand({ RoleName }))).Role?.Tags;
    const Tags = [{ Key: 'team', Value: 'storage' }];
    await iam.send(new api.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, Tags }));
    expect(await tagsOf()).toEqual(Tags);
    await iam.send(
      new api.TagRoleCommand({
        RoleName,
        Tags: [
          { Key: 'team', Value: 'backup' },
          { Key: 'stage', Value: '' },
        ],
      }),
    );
    expect(await tagsOf()).toEqual([
      { Key: 'team', Value: 'backup' },
      { Key: 'stage', Value: '' },
    ]);
    const { Roles } = await iam.send(new api.ListRolesCommand({}));
    expect(Roles?.map((role) => role.Tags)).toEqual([undefined]);
    await iam.send(new api.UntagRoleCommand({ RoleName, TagKeys: ['team', 'stage'] }));
    expect(await tagsOf()).toBeUndefined();
  });

  it('get and lose a boundary', async () => {
    const RoleName = 'one';
    await makeRole(iam, RoleName, TRUST);
    await iam.send(new api.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: AUDIT }));
    const bounded = await iam.send(new api.GetRoleCommand({ RoleName }));
    expect(bounded.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(AUDIT);
    await iam.send(new api.DeleteRolePermissionsBoundaryCommand({ RoleName }));
    const free = await iam.send(new api.GetRoleCommand({ RoleName }));
    expect(free.Role?.PermissionsBoundary).toBeUndefined();
  });

  it('are deleted only when they are bare', async () => {
    const RoleName = 'one';
    await makeRole(iam, RoleName, TRUST, DOCUMENT);
    const remove = () => iam.send(new api.DeleteRoleCommand({ RoleName }));
    expect((await refusalOf(remove())).code).toBe('DeleteConflictException');
    await iam.send(new api.DeleteRolePolicyCommand({ RoleName, PolicyName: 'inline' }));
    await iam.send(new api.AttachRolePolicyCommand({ RoleName, PolicyArn: AUDIT }));
    expect((await refusalOf(remove())).status).toBe(409);
    await iam.send(new api.DetachRolePolicyCommand({ RoleName, PolicyArn: AUDIT }));
    await remove();
    expect((await refusalOf(remove())).code).toBe('NoSuchEntityException');
  });
});

describe('inline policies', () => {
  const RoleName = 'one';
  const get = (PolicyName: string) => iam.send(new api.GetRolePolicyCommand({ RoleName, PolicyName }));

  beforeEach(() => makeRole(iam, RoleName, TRUST, DOCUMENT));

  it('come back byte for byte, percent-encoded', async () => {
    const { PolicyDocument = '', PolicyName } = await get('inline');
    expect(PolicyName).toBe('inline');
    expect(PolicyDocument).toMatch(/^[\w.~%-]+$/);
    expect(decodeURIComponent(PolicyDocument)).toBe(DOCUMENT);
  });

  it('are listed, and gone when they are deleted', async () => {
    const list = () => iam.send(new api.ListRolePoliciesCommand({ RoleName }));
    expect((await list()).PolicyNames).toEqual(['inline']);
    await iam.send(new api.DeleteRolePolicyCommand({ RoleName, PolicyName: 'inline' }));
    expect((await list()).PolicyNames).toEqual([]);
    expect((await refusalOf(get('inline'))).code).toBe('NoSuchEntityException');
  });

  it('name no principal', async () => {
    const PolicyDocument = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
    const put = iam.send(new api.PutRolePolicyCommand({ RoleName, PolicyName: 'bad', PolicyDocument }));
    expect((await refusalOf(put)).code).toBe('MalformedPolicyDocumentException');
  });
});

describe('managed policies', () => {
  const create = (PolicyName: string, Path = '/') =>
    iam.send(new api.CreatePolicyCommand({ PolicyName, Path, PolicyDocument: DOCUMENT }));

  it('have versions, of which one is the default', async () => {
    const { Policy } = await create('own', '/deep/');
    const PolicyArn = Policy?.Arn;
    expect(PolicyArn).toBe(`arn:aws:iam::${account}:policy/deep/own`);
    const next = policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
    await iam.send(
      new api.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: next, SetAsDefault: true }),
    );
    const got = await iam.send(new api.GetPolicyCommand({ PolicyArn }));
    expect(got.Policy).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 0, IsAttachable: true });
    const read = async (VersionId: string) =>
      (await iam.send(new api.GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion;
    expect(decodeURIComponent((await read('v1'))?.Document ?? '')).toBe(DOCUMENT);
    expect(decodeURIComponent((await read('v2'))?.Document ?? '')).toBe(next);
    expect((await read('v1'))?.IsDefaultVersion).toBe(false);
    const { Versions } = await iam.send(new api.ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map((version) => [version.VersionId, version.IsDefaultVersion])).toEqual([
      ['v2', true],
      ['v1', false],
    ]);
    expect((await refusalOf(read('v3'))).code).toBe('NoSuchEntityException');
  });

  it('have five versions at most, and one name each', async () => {
    const { Policy } = await create('own');
    const more = () =>
      iam.send(new api.CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument: DOCUMENT }));
    for (let version = 2; version <= 5; version++) await more();
    expect((await refusalOf(more())).code).toBe('LimitExceededException');
    expect((await refusalOf(create('own', '/other/'))).code).toBe('EntityAlreadyExistsException');
  });

  it('of AWS can be read and attached, and no others of that name', async () => {
    const get = (name: string) =>
      iam.send(new api.GetPolicyCommand({ PolicyArn: `arn:aws:iam::aws:policy/${name}` }));
    for (const name of ['AdministratorAccess', 'ReadOnlyAccess', 'SecurityAudit']) {
      expect((await get(name)).Policy?.PolicyName).toBe(name);
    }
    expect((await refusalOf(get('toString'))).code).toBe('NoSuchEntityException');
  });

  it('are attached and detached, and listed in pages', async () => {
    const RoleName = 'one';
    await makeRole(iam, RoleName, TRUST);
    for (const name of ['x', 'y', 'z']) {
      const { Policy } = await create(name);
      await iam.send(new api.AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    }
    const first = await iam.send(new api.ListAttachedRolePoliciesCommand({ RoleName, MaxItems: 2 }));
    expect(first.AttachedPolicies?.map((policy) => policy.PolicyName)).toEqual(['x', 'y']);
    const { Marker } = first;
    const last = await iam.send(new api.ListAttachedRolePoliciesCommand({ RoleName, Marker }));
    expect(last.AttachedPolicies).toEqual([
      { PolicyName: 'z', PolicyArn: `arn:aws:iam::${account}:policy/z` },
    ]);
    const missing = iam.send(new api.DetachRolePolicyCommand({ RoleName, PolicyArn: AUDIT }));
    expect((await refusalOf(missing)).code).toBe('NoSuchEntityException');
    const { Policy } = await iam.send(
      new api.GetPolicyCommand({ PolicyArn: `arn:aws:iam::${account}:policy/z` }),
    );
    expect(Policy?.AttachmentCount).toBe(1);
  });
});

it('refuses who may not, in words that name the action', async () => {
  const may = policy({
    Effect: 'Allow',
    Action: 'iam:GetRole',
    Resource: `arn:aws:iam::${account}:role/one`,
  });
  const arn = await makeRole(iam, 'one', TRUST, may);
  const one = clientsOf(sandbox, await keysOf(admin.sts, arn));
  expect((await one.iam.send(new api.GetRoleCommand({ RoleName: 'one' }))).Role?.Arn).toBe(arn);
  const refusal = await refusalOf(one.iam.send(new api.GetRoleCommand({ RoleName: 'two' })));
  expect([refusal.code, refusal.status]).toEqual(['AccessDenied', 403]);
  expect(refusal.message).toContain(`perform: iam:GetRole on resource: arn:aws:iam::${account}:role/two`);
});

it('does not pretend to know the tags of policies, or other operations', async () => {
  const Tags = [{ Key: 'a', Value: 'b' }];
  const tagged = new api.CreatePolicyCommand({ PolicyName: 'x', PolicyDocument: DOCUMENT, Tags });
  expect((await refusalOf(iam.send(tagged))).status).toBe(501);
  expect((await refusalOf(iam.send(new api.ListUsersCommand({})))).status).toBe(501);
});
