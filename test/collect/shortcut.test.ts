import * as s3 from '@aws-sdk/client-s3';
import { GetBucketReplicationCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { reachOf } from './reach.ts';
import { s3Client } from '../../src/collect/aws.ts';
import { causeOf } from '../../src/collect/failure.ts';
import { operationOf } from '../../src/collect/guard.ts';
import { Limiter } from '../../src/collect/limiter.ts';
import type { AnsweredCall, Heard } from '../../src/collect/progress.ts';
import type { Templates } from '../../src/collect/shortcut.ts';
import { tellings } from '../../src/facts.ts';
import type { FaultKind } from '../../sandbox/faults.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

let sandbox: Sandbox;

const root = (name: string, inner: string): string =>
  `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`;

/** The SDK's client as it comes. */
function sdk(): S3Client {
  const { endpoint, administrator, world } = sandbox;
  const { region } = world;
  return new S3Client({ endpoint, region, credentials: administrator, forcePathStyle: true, maxAttempts: 4 });
}

/** One of each, with what parsers get wrong: entities, empty elements, lists of one and of two. */
const documents: Readonly<Record<string, string>> = {
  replication: root(
    'ReplicationConfiguration',
    '<Role>arn:aws:iam::111122223333:role/r&amp;d</Role>' +
      '<Rule><ID>one</ID><Priority>1</Priority><Filter><And><Prefix>a &lt; b/</Prefix><Tag><Key>k</Key><Value></Value></Tag></And></Filter><Status>Enabled</Status><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::x</Bucket><Metrics><Status>Enabled</Status></Metrics></Destination></Rule>' +
      '<Rule><ID>two</ID><Priority>2</Priority><Filter></Filter><Status>Disabled</Status><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::y</Bucket></Destination></Rule>',
  ),
  encryption: root(
    'ServerSideEncryptionConfiguration',
    '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/é</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>',
  ),
  versioning: root('VersioningConfiguration', '<Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>'),
  'object-lock': root(
    'ObjectLockConfiguration',
    '<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>',
  ),
  requestPayment: root('RequestPaymentConfiguration', '<Payer>Requester</Payer>'),
  lifecycle: root(
    'LifecycleConfiguration',
    '<Rule><ID>old</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Date>2026-01-01T00:00:00.000Z</Date></Expiration></Rule>',
  ),
  logging: root(
    'BucketLoggingStatus',
    '<LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix>p/</TargetPrefix></LoggingEnabled>',
  ),
  tagging: root('Tagging', '<TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet>'),
  ownershipControls: root(
    'OwnershipControls',
    '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>',
  ),
  publicAccessBlock: root('PublicAccessBlockConfiguration', '<BlockPublicAcls>true</BlockPublicAcls>'),
  notification: root(
    'NotificationConfiguration',
    '<TopicConfiguration><Id>t</Id><Topic>arn:aws:sns:us-east-1:111122223333:t</Topic><Event>s3:Replication:*</Event></TopicConfiguration>',
  ),
  policy:
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}',
};

beforeAll(async () => {
  sandbox = await startSandbox();
  const own = sdk();
  for (const Bucket of ['full', 'empty', 'dotted.name', 'sorry'])
    await own.send(new s3.CreateBucketCommand({ Bucket }));
  const { buckets } = sandbox.world;
  for (const [name, document] of Object.entries(documents))
    buckets.get('full')?.documents.set(name, document);
  buckets.get('empty')?.documents.clear();
  const sorry = '<Error><Code>InternalError</Code><Message>We met an error.</Message></Error>';
  for (const name of Object.keys(documents)) buckets.get('sorry')?.documents.set(name, sorry);
});

afterEach(() => {
  sandbox.faults.clear();
  sandbox.calls.clear();
  vi.restoreAllMocks();
});

afterAll(() => sandbox.close());

const operations = Object.values(tellings.bucket)
  .map(({ call }) => call.slice('s3:'.length))
  .filter((operation) => operation.startsWith('Get'));

interface Sender {
  readonly send: (command: never) => Promise<object>;
}

/** What comes of an operation, whichever way: the output, or all that is read off an error. */
async function outcome(client: Sender, operation: string, Bucket: string): Promise<object> {
  // Every operation's command takes a bucket.
  const Command = (s3 as unknown as Record<string, new (input: object) => never>)[`${operation}Command`];
  if (Command === undefined) throw new Error(operation);
  try {
    const { $metadata, ...output } = (await client.send(new Command({ Bucket }))) as {
      $metadata: { httpStatusCode?: number };
    };
    return { output, status: $metadata.httpStatusCode };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    return { type: error.constructor.name, name, message, cause: causeOf(error, operation, 'a', Bucket) };
  }
}

/** The SDK waits between its attempts; its timeouts are longer, and stay. */
function hurry(): void {
  const real = globalThis.setTimeout;
  const soon = (then: () => void, milliseconds = 0): NodeJS.Timeout =>
    real(then, milliseconds < 10_000 ? 0 : milliseconds);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(soon);
}

/** The SDK's own way, and ours with the number of calls that went the whole way. */
function both(): {
  readonly own: Sender;
  readonly short: Sender;
  readonly whole: () => number;
} {
  const own = sdk();
  const short = s3Client(reachOf(sandbox));
  let whole = 0;
  short.middlewareStack.add(
    (next) => (args) => {
      whole += 1;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return { own, short, whole: () => whole };
}

describe.each(operations)('%s', (operation) => {
  it.each(['full', 'empty', 'dotted.name', 'missing', 'UPPER_case', '..', 'a/b', 'spa ce'])(
    'is the same by the shorter way, of the bucket %s',
    async (bucket) => {
      const { own, short, whole } = both();
      expect(await outcome(short, operation, bucket)).toEqual(await outcome(own, operation, bucket));
      if (['full', 'empty', 'dotted.name', 'missing'].includes(bucket)) expect(whole()).toBe(0);
    },
  );

  it('is the same by the shorter way where S3 ends an answer of 200 in an error', async () => {
    const { own, short } = both();
    hurry();
    expect(await outcome(short, operation, 'sorry')).toEqual(await outcome(own, operation, 'sorry'));
  });

  it.each<FaultKind>(['denied', 'throttled', '500', '503', 'cut', 'expired', 'malformed'])(
    'is the same by the shorter way where every call meets the fault %s',
    async (kind) => {
      const { own, short } = both();
      hurry();
      sandbox.faults.add({ kind });
      expect(await outcome(short, operation, 'full')).toEqual(await outcome(own, operation, 'full'));
    },
  );

  it.each<FaultKind>(['throttled', '500', '503', 'cut'])(
    'is answered though one call meets the fault %s',
    async (kind) => {
      const { own, short } = both();
      hurry();
      sandbox.faults.add({ kind, times: 1 });
      const met = await outcome(short, operation, 'full');
      expect(met).toEqual(await outcome(own, operation, 'full'));
    },
  );
});

describe('the shorter way', () => {
  it('says which operation ended with an error', async () => {
    const command = new GetBucketReplicationCommand({ Bucket: 'empty' });
    const error: unknown = await s3Client(reachOf(sandbox))
      .send(command)
      .catch((one: unknown) => one);
    expect(operationOf(error)).toBe('s3:GetBucketReplication');
  });

  it('takes a turn, and tells of throttles and answers', async () => {
    const limiter = new Limiter(1000);
    const pace = { limiter, signal: new AbortController().signal };
    const client = s3Client({ ...reachOf(sandbox), pace });
    const taken = vi.spyOn(limiter, 'take');
    const answered = vi.spyOn(limiter, 'answered');
    await client.send(new GetBucketReplicationCommand({ Bucket: 'full' }));
    expect([taken.mock.calls.length, answered.mock.calls.length]).toEqual([1, 1]);
    sandbox.faults.add({ kind: 'throttled', times: 1 });
    await client.send(new GetBucketReplicationCommand({ Bucket: 'full' }));
    expect([taken.mock.calls.length, answered.mock.calls.length]).toEqual([3, 2]);
    expect(limiter.rate).toBeLessThan(1000);
  });

  it('has what it asks made once, for all clients of a Region', async () => {
    const templates: Templates = new Map();
    const command = new GetBucketReplicationCommand({ Bucket: 'full' });
    await s3Client({ ...reachOf(sandbox), templates }).send(command);
    const [made] = templates.values();
    // Another's keys sign what was made before: this account can read nothing.
    const credentials = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' };
    const stranger = s3Client({ ...reachOf(sandbox, () => Promise.resolve(credentials)), templates });
    await expect(stranger.send(command)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    expect([...templates]).toEqual([['us-east-1 GetBucketReplication', made]]);
  });

  it('keeps nothing of a request that could not be made', async () => {
    const templates: Templates = new Map();
    const nobody = (): Promise<never> => Promise.reject(new Error('no keys'));
    const client = s3Client({ ...reachOf(sandbox, nobody), templates });
    await expect(client.send(new GetBucketReplicationCommand({ Bucket: 'full' }))).rejects.toThrow('no keys');
    expect(templates.size).toBe(0);
  });

  it('asks for no bucket by a host of its own, so that all of a Region share their connections', async () => {
    const reach = reachOf(sandbox);
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    const hosts: string[] = [];
    const client = s3Client({ ...reach, region: 'eu-west-1', pathStyle: false });
    const handle = (request: { hostname: string; path: string; headers: Record<string, string> }) => {
      hosts.push(`${request.hostname}${request.path} ${request.headers['host'] ?? ''}`);
      return Promise.reject(new Error('nobody is there'));
    };
    Object.assign(client.config, { requestHandler: { handle }, maxAttempts: () => Promise.resolve(1) });
    await client.send(new GetBucketReplicationCommand({ Bucket: 'full' })).catch(() => undefined);
    vi.unstubAllEnvs();
    const region = 's3.eu-west-1.amazonaws.com';
    // Where nothing answers, the SDK goes on with the host that it knows.
    expect(hosts).toEqual([`${region}/full/ ${region}`, `full.${region}/ full.${region}`]);
  });
});

describe('what is heard of its calls', () => {
  const asked = (Bucket: string): GetBucketReplicationCommand => new GetBucketReplicationCommand({ Bucket });

  /** The calls of a client that are told, without how long they took. */
  async function told(send: (client: S3Client) => Promise<unknown>): Promise<readonly object[]> {
    const calls: AnsweredCall[] = [];
    const heard: Heard = { account: 'a', answered: (call) => calls.push(call) };
    await send(s3Client({ ...reachOf(sandbox), heard })).catch(() => undefined);
    return calls.map(({ milliseconds, ...call }) => {
      expect(milliseconds).toBeGreaterThanOrEqual(0);
      return call;
    });
  }

  const call = 's3:GetBucketReplication';

  it('is one line for one call, and none for a request that is only made to be copied', async () => {
    const lines = await told(async (client) => {
      await client.send(asked('full'));
      await client.send(asked('full'));
    });
    const line = { call, account: 'a', about: 'full', outcome: 'ok', attempts: 1 };
    expect(lines).toEqual([line, line]);
    expect(sandbox.calls.count()).toBe(2);
  });

  it('is how an error is called that comes back', async () => {
    const lines = await told((client) => client.send(asked('empty')));
    const outcome = 'ReplicationConfigurationNotFoundError';
    expect(lines).toEqual([{ call, account: 'a', about: 'empty', outcome, attempts: 1 }]);
  });

  it("counts its own attempt with the SDK's", async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    sandbox.faults.add({ operation: call, kind: '503', times: 2 });
    const [line] = await told((client) => client.send(asked('full')));
    expect(line).toMatchObject({ outcome: 'ok', attempts: 3 });
    expect(sandbox.calls.count()).toBe(3);
    sandbox.faults.add({ operation: call, kind: '500' });
    const [failed] = await told((client) => client.send(asked('full')));
    expect(failed).toMatchObject({ outcome: 'InternalError', attempts: 5 });
  });

  it('is told of calls that it leaves to the SDK too', async () => {
    const lines = await told((client) => client.send(new s3.ListBucketsCommand({})));
    expect(lines).toEqual([
      { call: 's3:ListBuckets', account: 'a', about: null, outcome: 'ok', attempts: 1 },
    ]);
  });
});
