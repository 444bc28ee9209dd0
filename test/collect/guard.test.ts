import * as account from '@aws-sdk/client-account';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachOf } from './reach.ts';
import { iamClient, organizationsClient, s3Client, stsClient } from '../../src/collect/aws.ts';
import { guarded, reads } from '../../src/collect/guard.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

/** As much as most operations require, so that without the guard they would be sent. */
const input = {
  Bucket: 'a-bucket',
  Key: 'a-key',
  Id: 'an-id',
  RoleName: 'a-role',
  RoleArn: 'arn:aws:iam::111122223333:role/r',
  RoleSessionName: 'session',
  PolicyArn: 'arn:aws:iam::111122223333:policy/p',
  ParentId: 'r-ab12',
};

interface Sender {
  readonly send: (command: never) => Promise<unknown>;
}

/** The operations of an SDK package: every exported class of that ending. */
function operationsOf(sdk: object): readonly (readonly [name: string, command: object])[] {
  const names = Object.entries(sdk).filter(([name]) => /^[A-Z]\w*Command$/.test(name));
  // Every exported class of that ending takes the operation's input.
  return names.map(([name, Command]) => [
    name.replace(/Command$/, ''),
    new (Command as new (input: object) => object)(input),
  ]);
}

/** Which operations of a package the guard lets through; whatever else goes wrong then, the guard did not refuse. */
async function passed(sdk: object, client: Sender): Promise<readonly string[]> {
  const through: string[] = [];
  for (const [name, command] of operationsOf(sdk)) {
    const refused = await client.send(command as never).then(
      () => false,
      (error: unknown) => error instanceof Error && error.name === 'RefusedOperation',
    );
    if (!refused) through.push(name);
  }
  return through;
}

const listed = (service: string): readonly string[] =>
  [...reads].filter((call) => call.startsWith(`${service}:`)).map((call) => call.split(':')[1] ?? '');

const services = {
  s3: [s3, () => s3Client(reachOf(sandbox))],
  iam: [iam, () => iamClient(reachOf(sandbox))],
  organizations: [organizations, () => organizationsClient(reachOf(sandbox))],
  sts: [sts, () => stsClient(reachOf(sandbox))],
  account: [account, () => guarded(new account.AccountClient(bare()))],
  cloudwatch: [cloudwatch, () => guarded(new cloudwatch.CloudWatchClient(bare()))],
  kms: [kms, () => guarded(new kms.KMSClient(bare()))],
} as const satisfies Record<string, readonly [object, () => Sender]>;

const bare = (): { region: string; credentials: Sandbox['administrator'] } => ({
  region: sandbox.world.region,
  credentials: sandbox.administrator,
});

describe('the guard', () => {
  it.each(Object.entries(services))(
    'lets through of %s what the list of reads names',
    async (name, [sdk, make]) => {
      expect(operationsOf(sdk).length).toBeGreaterThan(10);
      sandbox.calls.clear();
      expect([...(await passed(sdk, make()))].sort()).toEqual([...listed(name)].sort());
      const met = sandbox.calls.entries().map(({ operation }) => operation);
      expect(met.filter((operation) => !reads.has(operation))).toEqual([]);
    },
  );

  it('refuses before anything is sent', async () => {
    const command = new s3.CreateBucketCommand({ Bucket: 'a-bucket' });
    sandbox.calls.clear();
    await expect(s3Client(reachOf(sandbox)).send(command)).rejects.toThrow(
      'refuses to call s3:CreateBucket: it is not on its list of reads',
    );
    expect(sandbox.calls.entries()).toEqual([]);
    // Without the guard the same call arrives, so the silence above is the guard's.
    await new s3.S3Client({ ...bare(), endpoint: sandbox.endpoint, forcePathStyle: true }).send(command);
    expect(sandbox.calls.count({ operation: 's3:CreateBucket' })).toBe(1);
  });

  it('has reads on its list alone, and none of an object', () => {
    expect(reads.size).toBeGreaterThan(15);
    const verbs = /^(?:[a-z0-9]+:(?:Get|List|Head|Describe)[A-Z]|sts:AssumeRole$)/;
    expect([...reads].filter((call) => !verbs.test(call))).toEqual([]);
    const data =
      /^s3:(?:(?:Get|Head)Object(?!LockConfiguration$)|Select)|^kms:(?:Decrypt|Generate)|^iam:GetAccess/;
    expect([...reads].filter((call) => data.test(call))).toEqual([]);
  });
});
