import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clientsOf, type Clients, enter, keysOf, makeRole, organize, policy, trust } from '../sdk.ts';
import { clientOf, refusal } from './client.ts';

let sandbox: Sandbox;
let inside: Clients;
let member: string;
let owner: S3Client;
const Bucket = 'members-bucket';

async function clientAs(role: string): Promise<S3Client> {
  return clientOf(sandbox, 'us-east-1', { credentials: await keysOf(inside.sts, role) });
}

beforeEach(async () => {
  sandbox = await startSandbox();
  const admin = clientsOf(sandbox, sandbox.administrator);
  [member = ''] = await organize(admin, 1);
  inside = await enter(sandbox, admin, member);
  const role = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;
  owner = clientOf(sandbox, 'us-east-1', { credentials: await keysOf(admin.sts, role) });
  await owner.send(new CreateBucketCommand({ Bucket }));
});

afterEach(() => sandbox.close());

test("an account lists its own buckets, and can't touch another's", async () => {
  const outsider = clientOf(sandbox);
  expect((await owner.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  expect((await outsider.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  expect(await refusal(outsider.send(new GetBucketVersioningCommand({ Bucket })))).toBe('AccessDenied 403');
  expect(await refusal(outsider.send(new CreateBucketCommand({ Bucket })))).toBe('BucketAlreadyExists 409');
  const head = await outsider.send(new HeadBucketCommand({ Bucket })).catch((thrown: unknown) => thrown);
  expect(head).toMatchObject({ $metadata: { httpStatusCode: 403 } });
  expect(head).toMatchObject({ $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } } });
});

test("the bucket's policy lets another account in, as far as it says", async () => {
  const outsider = clientOf(sandbox);
  const account = sandbox.world.managementAccount;
  const Policy = policy({
    Effect: 'Allow',
    Principal: { AWS: account },
    Action: ['s3:GetBucketVersioning', 's3:PutObject', 's3:DeleteBucket'],
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/in/*`],
  });
  await owner.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect(await refusal(outsider.send(new GetBucketVersioningCommand({ Bucket })))).toBe('no refusal');
  expect(await refusal(outsider.send(new GetBucketEncryptionCommand({ Bucket })))).toBe('AccessDenied 403');
  const put = (Key: string) => refusal(outsider.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })));
  expect([await put('in/k'), await put('out/k')]).toEqual(['no refusal', 'AccessDenied 403']);
  expect(await refusal(outsider.send(new DeleteBucketCommand({ Bucket })))).toBe('AccessDenied 403');
});

test("a role may what its policy names, by IAM's names", async () => {
  const allowed = [
    's3:GetReplicationConfiguration',
    's3:GetEncryptionConfiguration',
    's3:ListBucketVersions',
    's3:ListAllMyBuckets',
  ];
  const document = policy({ Effect: 'Allow', Action: allowed, Resource: '*' });
  const auditor = await clientAs(await makeRole(inside.iam, 'Auditor', trust(member), document));
  const answers = [
    auditor.send(new ListBucketsCommand({})),
    auditor.send(new GetBucketReplicationCommand({ Bucket })),
    auditor.send(new GetBucketEncryptionCommand({ Bucket })),
    auditor.send(new ListObjectVersionsCommand({ Bucket })),
    auditor.send(new GetBucketVersioningCommand({ Bucket })),
    auditor.send(new GetObjectCommand({ Bucket, Key: 'k' })),
    auditor.send(
      new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }),
    ),
  ].map(refusal);
  const denied = 'AccessDenied 403';
  const fine = 'no refusal';
  const none = 'ReplicationConfigurationNotFoundError 404';
  expect(await Promise.all(answers)).toEqual([fine, none, fine, fine, denied, denied, denied]);
});

test('DeleteObjects asks for every key', async () => {
  for (const Key of ['mine/a', 'yours/a']) await owner.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const Resource = `arn:aws:s3:::${Bucket}/mine/*`;
  const document = policy({ Effect: 'Allow', Action: 's3:DeleteObject', Resource });
  const cleaner = await clientAs(await makeRole(inside.iam, 'Cleaner', trust(member), document));
  const Objects = [{ Key: 'mine/a' }, { Key: 'yours/a' }];
  const { Deleted, Errors } = await cleaner.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(Deleted).toEqual([{ Key: 'mine/a' }]);
  expect(Errors).toMatchObject([{ Key: 'yours/a', Code: 'AccessDenied' }]);
});

test('a bucket that is not there is 404 even to those who may nothing', async () => {
  const nobody = await clientAs(await makeRole(inside.iam, 'Nobody', trust(member)));
  expect(await refusal(nobody.send(new GetBucketVersioningCommand({ Bucket: 'nowhere' })))).toBe(
    'NoSuchBucket 404',
  );
  expect(await refusal(nobody.send(new GetBucketVersioningCommand({ Bucket })))).toBe('AccessDenied 403');
});
