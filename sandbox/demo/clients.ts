/** The AWS SDK, signed in to each account of the demo, as an administrator would be. */
import { AccountClient } from '@aws-sdk/client-account';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AccountName } from './organization.ts';
import type { Sandbox } from '../server.ts';

/** The role that Organizations leaves in an account that it makes. */
export const accessRole = 'OrganizationAccountAccessRole';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An account that has been signed in to. */
interface Session {
  readonly id: string;
  readonly keys: Keys;
  readonly s3: Map<string, S3Client>;
}

/** Clients for every account that was entered, over one pool of connections. */
export class Clients {
  readonly #endpoint: string;
  readonly #region: string;
  readonly #requestHandler = new NodeHttpHandler();
  readonly #sessions = new Map<AccountName, Session>();

  constructor({ endpoint, world, administrator }: Sandbox) {
    this.#endpoint = endpoint;
    this.#region = world.region;
    this.#sessions.set('management', { id: world.managementAccount, keys: administrator, s3: new Map() });
  }

  /** Signs in to an account of this id; the order in which that is done decides the session's keys. */
  async enter(account: AccountName, id: string): Promise<void> {
    const RoleArn = `arn:aws:iam::${id}:role/${accessRole}`;
    const sts = new STSClient(this.#options('management'));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'seed' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    this.#sessions.set(account, { id, keys, s3: new Map() });
  }

  /** An account's id. */
  idOf(account: AccountName): string {
    return this.#session(account).id;
  }

  organizations(): OrganizationsClient {
    return new OrganizationsClient(this.#options('management'));
  }

  account(account: AccountName): AccountClient {
    return new AccountClient(this.#options(account));
  }

  iam(account: AccountName): IAMClient {
    return new IAMClient(this.#options(account));
  }

  kms(account: AccountName, region: string): KMSClient {
    return new KMSClient(this.#options(account, region));
  }

  cloudWatch(account: AccountName, region: string): CloudWatchClient {
    return new CloudWatchClient(this.#options(account, region));
  }

  s3({ account, region }: { readonly account: AccountName; readonly region: string }): S3Client {
    const { s3 } = this.#session(account);
    const client =
      s3.get(region) ?? new S3Client({ ...this.#options(account, region), forcePathStyle: true });
    s3.set(region, client);
    return client;
  }

  /** Ends the connections. */
  close(): void {
    this.#requestHandler.destroy();
  }

  #options(account: AccountName, region = this.#region): object {
    const { keys } = this.#session(account);
    const endpoint = this.#endpoint;
    // A write that fails is a fault of the demo: it must be loud, and not be tried again.
    return { endpoint, region, credentials: keys, requestHandler: this.#requestHandler, maxAttempts: 1 };
  }

  #session(account: AccountName): Session {
    const session = this.#sessions.get(account);
    if (session === undefined) throw new Error(`The demo has not entered ${account} yet.`);
    return session;
  }
}
