import { CreateRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientsOf, enter, keysOf, makeRole, organize, policy, refusalOf, trust } from './sdk.ts';
import type { Clients } from './sdk.ts';

let sandbox: Sandbox;
let admin: Clients;
let management: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
  management = sandbox.world.managementAccount;
});

afterEach(() => sandbox.close());

const assume = (clients: Clients, RoleArn: string, more: object = {}): Promise<unknown> =>
  clients.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...more }));

const identity = (clients: Clients) => clients.sts.send(new GetCallerIdentityCommand({}));

describe('GetCallerIdentity', () => {
  it('knows the administrator', async () => {
    const { Account, Arn, UserId } = await identity(admin);
    expect([Account, Arn]).toEqual([management, `arn:aws:iam::${management}:user/admin`]);
    expect(UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
  });

  it('knows a session, and asks for no permission', async () => {
    const arn = await makeRole(admin.iam, 'nobody', trust(management));
    const { Arn, UserId } = await identity(clientsOf(sandbox, await keysOf(admin.sts, arn)));
    expect(Arn).toBe(`arn:aws:sts::${management}:assumed-role/nobody/test`);
    expect(UserId).toMatch(/^AROA[A-Z2-7]{17}:test$/);
  });
});

describe('AssumeRole', () => {
  it('gives credentials for an hour, or for as long as is asked', async () => {
    const arn = await makeRole(admin.iam, 'timed', trust(management));
    const minutes = async (DurationSeconds?: number): Promise<number> => {
      const request = { RoleArn: arn, RoleSessionName: 'test', DurationSeconds };
      const { Credentials } = await admin.sts.send(new AssumeRoleCommand(request));
      expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
      return Math.round(((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000);
    };
    expect(await minutes()).toBe(60);
    expect(await minutes(900)).toBe(15);
  });

  it('opens a member account to the management account', async () => {
    const [member = ''] = await organize(admin, 1);
    expect((await identity(await enter(sandbox, admin, member))).Account).toBe(member);
  });

  it('finds a role by its whole path', async () => {
    const role = { RoleName: 'deep', Path: '/a/b/', AssumeRolePolicyDocument: trust(management) };
    await admin.iam.send(new CreateRoleCommand(role));
    await assume(admin, `arn:aws:iam::${management}:role/a/b/deep`);
    const refusal = await refusalOf(assume(admin, `arn:aws:iam::${management}:role/deep`));
    expect(refusal.code).toBe('AccessDenied');
  });

  it('tells nobody that a role is missing', async () => {
    const arn = `arn:aws:iam::${management}:role/missing`;
    expect(await refusalOf(assume(admin, arn))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:iam::${management}:user/admin is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    });
  });

  it('refuses where the trust policy names somebody else, and where the account is closed', async () => {
    const [member = ''] = await organize(admin, 1);
    const inside = await enter(sandbox, admin, member);
    const arn = await makeRole(inside.iam, 'shut', trust('999999999999'));
    expect((await refusalOf(assume(admin, arn))).code).toBe('AccessDenied');
    await inside.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: 'shut', PolicyDocument: trust(management) }),
    );
    await assume(admin, arn);
    await admin.organizations.send(new CloseAccountCommand({ AccountId: member }));
    expect((await refusalOf(assume(admin, arn))).code).toBe('AccessDenied');
  });

  it('wants the caller of another account to be allowed on both sides', async () => {
    const [member = ''] = await organize(admin, 1);
    const inside = await enter(sandbox, admin, member);
    const target = await makeRole(inside.iam, 'target', trust(management));
    const may = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target });
    const allowed = await makeRole(admin.iam, 'allowed', trust(management), may);
    const silent = await makeRole(admin.iam, 'silent', trust(management));
    await assume(clientsOf(sandbox, await keysOf(admin.sts, allowed)), target);
    const refusal = await refusalOf(assume(clientsOf(sandbox, await keysOf(admin.sts, silent)), target));
    expect(refusal.message).toMatch(/because no identity-based policy allows the sts:AssumeRole action$/);
  });

  it('wants the external id that the trust policy wants', async () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'open sesame' } };
    const arn = await makeRole(admin.iam, 'sesame', trust(management, { Condition }));
    expect((await refusalOf(keysOf(admin.sts, arn))).code).toBe('AccessDenied');
    expect((await refusalOf(keysOf(admin.sts, arn, 'wrong'))).code).toBe('AccessDenied');
    expect((await keysOf(admin.sts, arn, 'open sesame')).accessKeyId).toMatch(/^ASIA/);
  });

  it('lets the organization in by its id', async () => {
    const [member = ''] = await organize(admin, 1);
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': sandbox.world.organization?.id } };
    const arn = await makeRole(admin.iam, 'ours', trust('*', { Condition }));
    await assume(await enter(sandbox, admin, member), arn);
    const Wrong = { StringEquals: { 'aws:PrincipalOrgID': 'o-somebodyelse' } };
    const theirs = await makeRole(admin.iam, 'theirs', trust('*', { Condition: Wrong }));
    const refusal = await refusalOf(assume(await enter(sandbox, admin, member), theirs));
    expect(refusal.code).toBe('AccessDenied');
  });

  it('limits a session by the role, and a session from a session to an hour', async () => {
    const arn = await makeRole(admin.iam, 'hour', trust('*'));
    const tooLong = await refusalOf(assume(admin, arn, { DurationSeconds: 3601 }));
    expect(tooLong.code).toBe('ValidationError');
    expect(tooLong.message).toMatch(/MaxSessionDuration/);
    const chained = clientsOf(sandbox, await keysOf(admin.sts, arn));
    await assume(chained, arn, { DurationSeconds: 3600 });
    const refusal = await refusalOf(assume(chained, arn, { DurationSeconds: 3601 }));
    expect([refusal.code, refusal.status]).toEqual(['ValidationError', 400]);
    expect(refusal.message).toMatch(/1 hour session limit for roles assumed by role chaining/);
    expect((await refusalOf(assume(admin, arn, { DurationSeconds: 899 }))).code).toBe('ValidationError');
  });

  it.each(['a', 'with space', 'x'.repeat(65)])('refuses the session name %j', async (RoleSessionName) => {
    const arn = await makeRole(admin.iam, 'named', trust(management));
    expect((await refusalOf(assume(admin, arn, { RoleSessionName }))).code).toBe('ValidationError');
  });

  it('does not pretend to know session policies', async () => {
    const arn = await makeRole(admin.iam, 'scoped', trust(management));
    expect((await refusalOf(assume(admin, arn, { Policy: '{}' }))).status).toBe(501);
  });
});

it('does not pretend to know other operations', async () => {
  const refusal = await refusalOf(admin.sts.send(new GetSessionTokenCommand({})));
  expect([refusal.code, refusal.status]).toEqual(['NotImplemented', 501]);
});
