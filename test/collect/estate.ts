/** A small organization in the sandbox, made by ordinary AWS writes, and a scan of it in this process. */
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
  type BucketLocationConstraint,
  type ReplicationRule,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientsOf, enter, keysOf, makeRole, organize, policy, trust, type Clients } from '../sandbox/sdk.ts';
import { collect, type CollectOptions } from '../../src/collect/collect.ts';
import type { Progress } from '../../src/collect/progress.ts';
import { collectStage, type Stage } from '../../src/collect/shards.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Audit } from '../../src/model/audit.ts';
import type { Finding } from '../../src/model/finding.ts';
import { actionsOf, planOf } from '../../src/plan.ts';
import { select } from '../../src/selection.ts';
import { openSnapshots } from '../../src/snapshot/join.ts';
import { rules } from '../../rules/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.ts';

export const selection = select(rules, {});
export const plan = planOf(selection);

/** An organization with an auditing role in each account. */
export interface Estate {
  readonly sandbox: Sandbox;
  readonly accounts: readonly string[];
  readonly folder: string;
  /** A client inside an account. */
  readonly s3: (account: string, region: string) => Promise<S3Client>;
  readonly inside: (account: string) => Promise<Clients>;
  readonly close: () => Promise<void>;
}

/** Starts a sandbox with so many member accounts; the role may do what `replint policy` prints. */
export async function estate(count: number, options: SandboxOptions = {}): Promise<Estate> {
  const sandbox = await startSandbox(options);
  const { partition, region, managementAccount } = sandbox.world;
  const admin = clientsOf(sandbox, sandbox.administrator, region);
  const accounts = [...(await organize(admin, count))].sort();
  const trusted = trust(`arn:${partition}:iam::${managementAccount}:root`);
  const document = policy({ Effect: 'Allow', Action: actionsOf(plan), Resource: '*' });
  const owner = (account: string): string =>
    `arn:${partition}:iam::${account}:role/OrganizationAccountAccessRole`;
  const inside = async (account: string): Promise<Clients> =>
    partition === 'aws'
      ? enter(sandbox, admin, account, region)
      : clientsOf(sandbox, await keysOf(admin.sts, owner(account)), region);
  for (const account of accounts) {
    await makeRole((await inside(account)).iam, 'ReplintAudit', trusted, document);
  }
  const folder = mkdtempSync(join(tmpdir(), 'replint-'));
  return {
    sandbox,
    accounts,
    folder,
    inside,
    s3: async (account, at) =>
      new S3Client({
        endpoint: sandbox.endpoint,
        region: at,
        forcePathStyle: true,
        credentials: await keysOf(admin.sts, owner(account)),
      }),
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}

/** Makes a versioned bucket. */
export async function makeBucket(s3: S3Client, Bucket: string): Promise<void> {
  // The Region's name is whatever the client was made with.
  const LocationConstraint = (await s3.config.region()) as BucketLocationConstraint;
  const CreateBucketConfiguration = { LocationConstraint };
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...((LocationConstraint as string) === 'us-east-1' ? {} : { CreateBucketConfiguration }),
    }),
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
}

/** Replicates everything from one bucket to another, and sends what fails to a topic. */
export async function replicate(
  s3: S3Client,
  Bucket: string,
  Role: string,
  destination: string,
  more: Partial<ReplicationRule> = {},
  partition = 'aws',
): Promise<void> {
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket,
      ReplicationConfiguration: {
        Role,
        Rules: [
          {
            ID: 'all',
            Status: 'Enabled',
            Priority: 1,
            Filter: {},
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: `arn:${partition}:s3:::${destination}`, Metrics: { Status: 'Enabled' } },
            ...more,
          },
        ],
      },
    }),
  );
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        TopicConfigurations: [
          {
            TopicArn: `arn:${partition}:sns:eu-west-1:${Role.split(':')[4] ?? ''}:failures`,
            Events: ['s3:Replication:OperationFailedReplication'],
          },
        ],
      },
    }),
  );
}

/** A role that S3 may assume, and that may do all that replication takes with the buckets of these tests. */
export async function replicationRole(clients: Clients, name: string): Promise<string> {
  const buckets = ['orders*', '*replica*', 'central*'];
  const below = (rest: string): readonly string[] => buckets.map((bucket) => `arn:*:s3:::${bucket}${rest}`);
  return makeRole(
    clients.iam,
    name,
    policy({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    policy(
      { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: below('') },
      {
        Effect: 'Allow',
        Action: ['s3:GetObjectVersion*', 's3:GetObjectRetention', 's3:GetObjectLegalHold', 's3:Replicate*'],
        Resource: below('/*'),
      },
    ),
  );
}

/** Lets another account's role replicate into a bucket. */
export async function admit(s3: S3Client, Bucket: string, role: string): Promise<void> {
  const Policy = policy({
    Effect: 'Allow',
    Principal: { AWS: role },
    Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
    Resource: `arn:${role.split(':')[1] ?? ''}:s3:::${Bucket}/*`,
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

export const silent: Progress = {
  step: () => undefined,
  accountDone: () => undefined,
  called: () => undefined,
  throttled: () => undefined,
  notice: () => undefined,
};

/** Reads the organization, or a stage of that, into the estate's folder, as the sandbox's administrator. */
export async function read(
  { sandbox, folder }: Estate,
  options: Partial<CollectOptions> = {},
  stage?: Stage,
): Promise<void> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.world.region,
    AWS_ACCESS_KEY_ID: sandbox.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.administrator.secretAccessKey,
  });
  const all: CollectOptions = {
    folder,
    replint: '0.0.0',
    plan,
    role: 'ReplintAudit',
    externalId: undefined,
    choice: { include: {}, exclude: {} },
    accountsAtOnce: 4,
    callsPerSecond: 1000,
    objects: { versions: 3000, pendingMinutes: null },
    resume: false,
    profile: undefined,
    pathStyle: true,
    signal: new AbortController().signal,
    progress: silent,
    ...options,
  };
  await (stage === undefined ? collect(all) : collectStage(all, stage));
}

export interface Judged {
  readonly audit: Audit;
  readonly findings: readonly Finding[];
}

/** Judges what was read. */
export function judge({ folder }: Estate): Judged {
  const findings: Finding[] = [];
  const judgement = { selection, preset: 'recommended', configuration: '' };
  const audit = evaluate(openSnapshots([folder]), judgement, (finding) => findings.push(finding));
  return { audit, findings };
}

/** A finding as one line. */
export function lineOf({ outcome, rule, resource, route }: Finding): string {
  return `${outcome} ${rule} ${resource.bucket}${route ? ` → ${route.destination.bucket}` : ''}`;
}
