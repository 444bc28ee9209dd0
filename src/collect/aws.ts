/** The SDK's clients: guarded, over one shared connection pool, addressed as the environment says. */
import { AccountClient } from '@aws-sdk/client-account';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { guarded } from './guard.ts';
import { paced, type Pace } from './pace.ts';
import { patient } from './patient.ts';
import type { Heard } from './progress.ts';
import { shortened, type Templates } from './shortcut.ts';

/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

export type CredentialProvider = () => Promise<Credentials>;

/** How AWS is reached; the rest (endpoints, profiles) is the SDK's own reading of the environment. */
export interface Reach {
  /** Null: the SDK's own search, through AWS_REGION and the profile. */
  readonly region: string | null;
  /** Set where AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_S3 is: such endpoints seldom have a name for each bucket. */
  readonly pathStyle: boolean;
  readonly credentials: CredentialProvider;
  /** Left out: nobody. */
  readonly heard?: Heard | undefined;
  /** Left out: as fast as it comes. */
  readonly pace?: Pace | undefined;
  /** What the clients of a scan share of their requests. */
  readonly templates?: Templates | undefined;
}

/** Milliseconds: to connect, and between two bytes of an answer. */
const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, socketTimeout: 30_000 };

/** Clients of their own handlers held a socket each; one handler for all holds as many as there are calls in flight. */
const sockets = { keepAlive: true, maxSockets: 256 };
const requestHandler = patient(
  new NodeHttpHandler({
    ...timeouts,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(sockets),
    httpsAgent: new HttpsAgent(sockets),
  }),
  sockets.maxSockets,
);

/** The default chain: environment, profile, SSO, container, instance. */
export function defaultCredentials(profile: string | undefined): CredentialProvider {
  return fromNodeProviderChain(profile === undefined ? {} : { profile });
}

function shared({ region, credentials }: Reach): object {
  return { credentials, requestHandler, maxAttempts: 4, ...(region === null ? {} : { region }) };
}

export function stsClient(reach: Reach): STSClient {
  return paced(guarded(new STSClient(shared(reach)), reach.heard), reach.pace);
}

export function organizationsClient(reach: Reach): OrganizationsClient {
  return paced(guarded(new OrganizationsClient(shared(reach)), reach.heard), reach.pace);
}

export function iamClient(reach: Reach): IAMClient {
  return paced(guarded(new IAMClient(shared(reach)), reach.heard), reach.pace);
}

export function accountClient(reach: Reach): AccountClient {
  return paced(guarded(new AccountClient(shared(reach)), reach.heard), reach.pace);
}

export function s3Client(reach: Reach): S3Client {
  // Who hears of its calls hears it from the shortcut, which may have tried before the SDK does.
  const client = guarded(new S3Client({ ...shared(reach), forcePathStyle: reach.pathStyle }));
  return shortened(paced(client, reach.pace), reach);
}

export function kmsClient(reach: Reach): KMSClient {
  return paced(guarded(new KMSClient(shared(reach)), reach.heard), reach.pace);
}

export function cloudWatchClient(reach: Reach): CloudWatchClient {
  return paced(guarded(new CloudWatchClient(shared(reach)), reach.heard), reach.pace);
}

/** S3 Control's host begins with the account id, which an endpoint of one's own seldom answers to, and an address cannot. */
export function s3ControlClient(reach: Reach): S3ControlClient {
  const asItIs = {
    disableHostPrefix: true,
    endpointProvider: ({ Endpoint = '' }: { Endpoint?: string | undefined }) => ({ url: new URL(Endpoint) }),
  };
  return paced(
    guarded(new S3ControlClient({ ...shared(reach), ...(reach.pathStyle ? asItIs : {}) }), reach.heard),
    reach.pace,
  );
}

/** Ends idle connections, so that the process can end. */
export function closeConnections(): void {
  requestHandler.destroy();
}
