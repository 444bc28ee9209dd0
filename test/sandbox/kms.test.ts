import * as api from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { clientsOf, enter, keysOf, makeRole, organize, policy, refusalOf, trust } from './sdk.ts';
import type { Clients } from './sdk.ts';

let sandbox: Sandbox;
let admin: Clients;
let kms: api.KMSClient;
let account: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  admin = clientsOf(sandbox, sandbox.administrator);
  kms = admin.kms;
  account = sandbox.world.managementAccount;
});

afterEach(() => sandbox.close());

async function makeKey(input: api.CreateKeyCommandInput = {}, client = kms): Promise<api.KeyMetadata> {
  const { KeyMetadata } = await client.send(new api.CreateKeyCommand(input));
  if (KeyMetadata === undefined) throw new Error('No key was made.');
  return KeyMetadata;
}

async function look(KeyId: string | undefined, client = kms): Promise<api.KeyMetadata | undefined> {
  return (await client.send(new api.DescribeKeyCommand({ KeyId }))).KeyMetadata;
}

describe('keys', () => {
  it('are symmetric, of a customer and enabled, unless something else is asked', async () => {
    const made = await makeKey({ Description: 'for replicas' });
    expect(await look(made.KeyId)).toEqual(made);
    expect(made).toMatchObject({
      AWSAccountId: account,
      Arn: `arn:aws:kms:us-east-1:${account}:key/${made.KeyId ?? ''}`,
      Description: 'for replicas',
      Enabled: true,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
    expect(made.KeyId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(made.CreationDate).toBeInstanceOf(Date);
  });

  it('of several Regions have ids of their own kind', async () => {
    const made = await makeKey({ MultiRegion: true });
    expect(made.KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(made.MultiRegionConfiguration).toMatchObject({
      MultiRegionKeyType: 'PRIMARY',
      PrimaryKey: { Arn: made.Arn, Region: 'us-east-1' },
    });
    expect((await look(made.Arn))?.KeyId).toBe(made.KeyId);
  });

  it('are for what their spec allows', async () => {
    expect(await makeKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toMatchObject({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY',
    });
    expect((await makeKey({ KeySpec: 'HMAC_256' })).KeyUsage).toBe('GENERATE_VERIFY_MAC');
    const wrong = makeKey({ KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'SIGN_VERIFY' });
    expect((await refusalOf(wrong)).code).toBe('ValidationException');
    expect((await refusalOf(makeKey({ KeySpec: 'RSA_2048' }))).code).toBe('ValidationException');
  });

  it('are found in their own Region alone', async () => {
    const { KeyId = '', Arn } = await makeKey();
    const west = clientsOf(sandbox, sandbox.administrator, 'us-west-2').kms;
    expect(await refusalOf(look(KeyId, west))).toEqual({
      code: 'NotFoundException',
      status: 400,
      message: `Key 'arn:aws:kms:us-west-2:${account}:key/${KeyId}' does not exist`,
    });
    expect((await refusalOf(look(Arn, west))).message).toBe('Invalid arn us-east-1');
    expect((await refusalOf(look('no-key'))).message).toBe("Invalid keyId 'no-key'");
    expect((await west.send(new api.ListKeysCommand({}))).Keys).toEqual([]);
  });

  it('are listed in pages', async () => {
    const made = [await makeKey(), await makeKey(), await makeKey()];
    const first = await kms.send(new api.ListKeysCommand({ Limit: 2 }));
    expect(first.Truncated).toBe(true);
    const { NextMarker: Marker } = first;
    const second = await kms.send(new api.ListKeysCommand({ Limit: 2, Marker }));
    expect([second.Truncated, second.NextMarker]).toEqual([false, undefined]);
    expect((await kms.send(new api.ListKeysCommand({ Limit: 3 }))).Truncated).toBe(false);
    const listed = [...(first.Keys ?? []), ...(second.Keys ?? [])];
    expect(listed.map((key) => key.KeyArn)).toEqual(made.map((key) => key.Arn));
  });

  it('are switched off and on, and deleted after a while', async () => {
    const { KeyId, Arn = '' } = await makeKey();
    await kms.send(new api.DisableKeyCommand({ KeyId }));
    expect(await look(KeyId)).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    await kms.send(new api.EnableKeyCommand({ KeyId }));
    expect((await look(KeyId))?.KeyState).toBe('Enabled');
    const asked = await kms.send(new api.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    const days = ((asked.DeletionDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    expect((await look(KeyId))?.DeletionDate).toEqual(asked.DeletionDate);
    expect(await refusalOf(kms.send(new api.EnableKeyCommand({ KeyId })))).toEqual({
      code: 'KMSInvalidStateException',
      status: 400,
      message: `${Arn} is pending deletion.`,
    });
    await kms.send(new api.CancelKeyDeletionCommand({ KeyId }));
    const saved = await look(KeyId);
    expect([saved?.KeyState, saved?.DeletionDate]).toEqual(['Disabled', undefined]);
    const again = kms.send(new api.CancelKeyDeletionCommand({ KeyId }));
    expect((await refusalOf(again)).code).toBe('KMSInvalidStateException');
  });

  it('are gone on the day of their deletion', async () => {
    const { KeyId = '' } = await makeKey();
    await kms.send(new api.ScheduleKeyDeletionCommand({ KeyId }));
    const key = sandbox.world.accounts.get(account)?.keys.get(KeyId);
    if (key === undefined) throw new Error('The key is gone too early.');
    key.deletion = sandbox.world.now();
    expect((await refusalOf(look(KeyId))).code).toBe('NotFoundException');
  });
});

describe('policies', () => {
  const read = async (KeyId: string | undefined, client = kms) =>
    (await client.send(new api.GetKeyPolicyCommand({ KeyId }))).Policy;

  it('leave a key to its account where none is given', async () => {
    const { KeyId } = await makeKey();
    expect(JSON.parse((await read(KeyId)) ?? '')).toMatchObject({
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*' }],
    });
  });

  it('come back byte for byte', async () => {
    const odd = `{ "Statement":[{"Effect":"Allow","Principal":{"AWS":"${account}"},\n\t"Action":"kms:*","Resource":"*","Sid":"é<&"}] }`;
    const { KeyId } = await makeKey({ Policy: odd });
    expect(await read(KeyId)).toBe(odd);
    const next = odd.replace('é', 'ü');
    await kms.send(new api.PutKeyPolicyCommand({ KeyId, Policy: next }));
    expect(await read(KeyId)).toBe(next);
    const bad = kms.send(new api.PutKeyPolicyCommand({ KeyId, Policy: 'no' }));
    expect((await refusalOf(bad)).code).toBe('MalformedPolicyDocumentException');
    const named = kms.send(new api.GetKeyPolicyCommand({ KeyId, PolicyName: 'other' }));
    expect((await refusalOf(named)).code).toBe('NotFoundException');
  });

  it('let another account look, and only look', async () => {
    const [member = ''] = await organize(admin, 1);
    const inside = (await enter(sandbox, admin, member)).kms;
    const shut = await makeKey();
    const refusal = await refusalOf(look(shut.Arn, inside));
    expect([refusal.code, refusal.status]).toEqual(['AccessDeniedException', 400]);
    expect(refusal.message).toContain(
      'because the resource does not exist in this Region, no resource-based',
    );
    const missing = await refusalOf(look(shut.Arn?.replace(/.{4}$/, '0000'), inside));
    expect(missing.message).toContain(
      'because the resource does not exist in this Region, no resource-based',
    );
    const Principal = { AWS: [account, member] };
    const Policy = policy({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' });
    const open = await makeKey({ Policy });
    expect((await look(open.Arn, inside))?.AWSAccountId).toBe(account);
    expect((await refusalOf(read(open.Arn, inside))).code).toBe('AccessDeniedException');
  });

  it('are asked together with the Region that the request goes to', async () => {
    const Condition = { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    const denial = { Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition };
    const may = policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }, denial);
    const keys = await keysOf(admin.sts, await makeRole(admin.iam, 'east', trust('*'), may));
    const { KeyId } = await makeKey();
    expect((await look(KeyId, clientsOf(sandbox, keys).kms))?.KeyId).toBe(KeyId);
    const west = clientsOf(sandbox, keys, 'us-west-2').kms;
    expect((await refusalOf(west.send(new api.ListKeysCommand({})))).message).toMatch(
      /with an explicit deny/,
    );
  });

  it('rule over the IAM policies of their own account', async () => {
    const may = policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
    const role = await makeRole(admin.iam, 'crypto', trust('*'), may);
    const crypto = clientsOf(sandbox, await keysOf(admin.sts, role)).kms;
    const Principal = { AWS: `arn:aws:iam::${account}:user/admin` };
    const Policy = policy({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' });
    const { KeyId } = await makeKey({ Policy });
    expect((await look(KeyId))?.KeyId).toBe(KeyId);
    expect((await refusalOf(look(KeyId, crypto))).message).toMatch(/because no resource-based policy allows/);
    expect((await look((await makeKey()).KeyId, crypto))?.KeyState).toBe('Enabled');
  });
});

describe('aliases', () => {
  it('name a key in its Region', async () => {
    const { KeyId, Arn } = await makeKey();
    const create = (AliasName: string) =>
      kms.send(new api.CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
    await create('alias/replicas');
    const AliasArn = `arn:aws:kms:us-east-1:${account}:alias/replicas`;
    for (const name of ['alias/replicas', AliasArn]) expect((await look(name))?.Arn).toBe(Arn);
    const { Aliases } = await kms.send(new api.ListAliasesCommand({}));
    expect(Aliases).toEqual([{ AliasName: 'alias/replicas', AliasArn, TargetKeyId: KeyId }]);
    const other = await makeKey();
    const none = await kms.send(new api.ListAliasesCommand({ KeyId: other.KeyId }));
    expect(none.Aliases).toEqual([]);
    expect((await refusalOf(create('alias/replicas'))).code).toBe('AlreadyExistsException');
    expect((await refusalOf(create('replicas'))).code).toBe('InvalidAliasNameException');
    expect((await refusalOf(create('alias/aws/mine'))).code).toBe('NotAuthorizedException');
    expect((await refusalOf(look('alias/none'))).message).toBe(
      `Alias arn:aws:kms:us-east-1:${account}:alias/none is not found.`,
    );
    const wrongPlace = kms.send(new api.GetKeyPolicyCommand({ KeyId: 'alias/replicas' }));
    expect((await refusalOf(wrongPlace)).code).toBe('NotFoundException');
  });

  it('of AWS lead to a key that AWS manages, one in each Region', async () => {
    const key = await look('alias/aws/s3');
    expect(key).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
    expect((await look('alias/aws/s3'))?.Arn).toBe(key?.Arn);
    const west = clientsOf(sandbox, sandbox.administrator, 'us-west-2').kms;
    expect((await look('alias/aws/s3', west))?.Arn).not.toBe(key?.Arn);
    const disable = kms.send(new api.DisableKeyCommand({ KeyId: key?.KeyId }));
    expect((await refusalOf(disable)).code).toBe('AccessDeniedException');
  });
});

describe('grants', () => {
  it('are kept, listed in pages, and revoked', async () => {
    const { KeyId, Arn } = await makeKey();
    const grant = (GranteePrincipal: string) =>
      kms.send(new api.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: 'n' }));
    const roles = ['a', 'b', 'c'].map((name) => `arn:aws:iam::${account}:role/${name}`);
    const made: (string | undefined)[] = [];
    for (const role of roles) made.push((await grant(role)).GrantId);
    const first = await kms.send(new api.ListGrantsCommand({ KeyId, Limit: 2 }));
    expect(first.Grants?.map((one) => one.GrantId)).toEqual(made.slice(0, 2));
    expect(first.Grants?.[0]).toMatchObject({
      KeyId: Arn,
      Name: 'n',
      GranteePrincipal: roles[0],
      Operations: ['Decrypt'],
      IssuingAccount: `arn:aws:iam::${account}:root`,
    });
    const { NextMarker: Marker, Truncated } = first;
    expect(Truncated).toBe(true);
    const last = await kms.send(new api.ListGrantsCommand({ KeyId, Limit: 2, Marker }));
    expect(last.Grants?.map((one) => one.GrantId)).toEqual(made.slice(2));
    const ofB = await kms.send(new api.ListGrantsCommand({ KeyId, GranteePrincipal: roles[1] }));
    expect(ofB.Grants?.map((one) => one.GrantId)).toEqual([made[1]]);
    const revoke = () => kms.send(new api.RevokeGrantCommand({ KeyId, GrantId: made[0] }));
    await revoke();
    expect((await kms.send(new api.ListGrantsCommand({ KeyId }))).Grants).toHaveLength(2);
    expect((await refusalOf(revoke())).code).toBe('NotFoundException');
  });
});

it('does not pretend to encrypt', async () => {
  const { KeyId } = await makeKey();
  const encrypt = kms.send(new api.EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  expect((await refusalOf(encrypt)).status).toBe(501);
});
