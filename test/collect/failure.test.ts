import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetBucketVersioningCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causeOf, failureOf } from '../../src/collect/failure.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';
import type { FaultKind } from '../../sandbox/faults.ts';
import type { Keys } from '../sandbox/sdk.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

beforeEach(() => {
  sandbox.faults.clear();
});

afterAll(() => sandbox.close());

/** One call of each wire protocol, with these keys. */
function callsWith(keys: Keys): Readonly<Record<string, () => Promise<unknown>>> {
  const options = { endpoint: sandbox.endpoint, region: 'us-east-1', credentials: keys, maxAttempts: 1 };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const Bucket = 'no-such-bucket';
  return {
    'REST XML (S3)': () => s3.send(new GetBucketVersioningCommand({ Bucket })),
    'HEAD (S3)': () => s3.send(new HeadBucketCommand({ Bucket })),
    'query (STS)': () => new STSClient(options).send(new GetCallerIdentityCommand({})),
    'query (IAM)': () => new IAMClient(options).send(new GetRoleCommand({ RoleName: 'none' })),
    'JSON (Organizations)': () => new OrganizationsClient(options).send(new ListAccountsCommand({})),
    'REST JSON (Account)': () => new AccountClient(options).send(new ListRegionsCommand({})),
  };
}

async function thrown(call: (() => Promise<unknown>) | undefined): Promise<unknown> {
  return call?.().then(
    () => {
      throw new Error('The call was to fail, and did not.');
    },
    (error: unknown) => error,
  );
}

async function reasons(keys: Keys, protocols: readonly string[]): Promise<Record<string, string>> {
  const calls = callsWith(keys);
  const found = await Promise.all(
    protocols.map(async (protocol) => {
      const { reason } = causeOf(await thrown(calls[protocol]), 's3:Call', '111122223333', 'it');
      return [protocol, reason] as const;
    }),
  );
  return Object.fromEntries(found);
}

const withBody = [
  'REST XML (S3)',
  'query (STS)',
  'query (IAM)',
  'JSON (Organizations)',
  'REST JSON (Account)',
];
const all = [...withBody, 'HEAD (S3)'];
const each = (protocols: readonly string[], reason: string): object =>
  Object.fromEntries(protocols.map((protocol) => [protocol, reason]));

describe('the reason for which a call failed, in every protocol', () => {
  it.each([
    ['denied', all, 'access-denied'],
    // A HEAD has no body: 503 is all that there is, and that is said of many things.
    ['throttled', withBody, 'throttled'],
    ['500', all, 'failed'],
    ['503', all, 'failed'],
    ['expired', withBody, 'failed'],
    ['cut', withBody, 'failed'],
    ['malformed', withBody, 'failed'],
  ] as const satisfies readonly (readonly [FaultKind, readonly string[], string])[])(
    '%s',
    async (kind, protocols, reason) => {
      sandbox.faults.add({ kind });
      expect(await reasons(sandbox.administrator, protocols)).toEqual(each(protocols, reason));
    },
  );

  it('a wrong signature says nothing about the permission', async () => {
    const wrong = { ...sandbox.administrator, secretAccessKey: 'wrong' };
    expect(await reasons(wrong, withBody)).toEqual(each(withBody, 'failed'));
  });

  it('neither does a key that nobody knows, nor a token that is none', async () => {
    const nobody = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    expect(await reasons(nobody, withBody)).toEqual(each(withBody, 'failed'));
    const token = { ...sandbox.administrator, sessionToken: 'none' };
    expect(await reasons(token, withBody)).toEqual(each(withBody, 'failed'));
  });

  it('nobody who listens is a failure, with the sentence of the network', async () => {
    const client = new STSClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'us-east-1',
      credentials: sandbox.administrator,
      maxAttempts: 1,
    });
    const error = await thrown(() => client.send(new GetCallerIdentityCommand({})));
    expect(failureOf(error).status).toBeNull();
    const cause = causeOf(error, 'sts:GetCallerIdentity', '111122223333', 'us');
    expect(cause.reason).toBe('failed');
    expect(cause.detail).toContain('ECONNREFUSED');
  });
});

describe('what is read off an error', () => {
  it('the code without the ending that only some services say', async () => {
    const calls = callsWith(sandbox.administrator);
    const names = await Promise.all(
      ['REST XML (S3)', 'query (IAM)', 'JSON (Organizations)'].map(async (protocol) => {
        const { name, status } = failureOf(await thrown(calls[protocol]));
        return `${name} ${String(status)}`;
      }),
    );
    expect(names).toEqual(['NoSuchBucket 404', 'NoSuchEntity 404', 'AWSOrganizationsNotInUse 400']);
  });

  it('the first line of the sentence, and no more than 300 characters of it', () => {
    expect(failureOf(new Error('one\ntwo')).message).toBe('one');
    expect(failureOf(new Error('x'.repeat(1000))).message).toBe(`${'x'.repeat(300)}…`);
    expect(failureOf(new Error('x'.repeat(300))).message).toBe('x'.repeat(300));
  });

  it('something of anything that can be thrown', () => {
    expect(failureOf('a word')).toEqual({ name: 'Error', message: 'a word', status: null });
    expect(failureOf(null)).toEqual({ name: 'Error', message: 'null', status: null });
    expect(failureOf({ $metadata: null })).toMatchObject({ name: 'Error', status: null });
    expect(failureOf({ $metadata: { httpStatusCode: '403' } }).status).toBeNull();
  });
});

describe('the cause', () => {
  const error = (name: string, httpStatusCode: number): Error =>
    Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });

  it.each([
    [error('Unknown', 403), 'access-denied', "s3:Call on 'it' was denied to the credentials of account 1."],
    [
      error('Unknown', 429),
      'throttled',
      "s3:Call on 'it' was throttled in account 1 until the retries ran out.",
    ],
    [
      error('ThrottledException', 400),
      'throttled',
      "s3:Call on 'it' was throttled in account 1 until the retries ran out.",
    ],
    [error('NoSuchBucket', 404), 'failed', "s3:Call on 'it' failed in account 1: NoSuchBucket: no"],
    [
      error('RequestTimeTooSkewed', 403),
      'failed',
      "s3:Call on 'it' failed in account 1: RequestTimeTooSkewed: no",
    ],
    [error('ExpiredToken', 403), 'failed', "s3:Call on 'it' failed in account 1: ExpiredToken: no"],
  ])('names the call, the account and what it was about: %s', (failure, reason, detail) => {
    expect(causeOf(failure, 's3:Call', '1', 'it')).toEqual({ reason, call: 's3:Call', account: '1', detail });
  });
});
