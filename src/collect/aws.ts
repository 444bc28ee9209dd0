/** The SDK's clients: guarded, over one shared connection pool, addressed as the environment says. */
import { AccountClient } from '@aws-sdk/client-account';
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
import { guarded, type Heard } from './guard.ts';

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
}

/** Milliseconds: to connect, and between two bytes of an answer. */
const timeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, socketTimeout: 30_000 };

/** Clients of their own handlers held a socket each; one handler for all holds as many as there are calls in flight. */
const sockets = { keepAlive: true, maxSockets: 256 };
const requestHandler = new NodeHttpHandler({
  ...timeouts,
  throwOnRequestTimeout: true,
  httpAgent: new HttpAgent(sockets),
  httpsAgent: new HttpsAgent(sockets),
});

/** The default chain: environment, profile, SSO, container, instance. */
export function defaultCredentials(profile: string | undefined): CredentialProvider {
  return fromNodeProviderChain(profile === undefined ? {} : { profile });
}

function shared({ region, credentials }: Reach): object {
  return { credentials, requestHandler, maxAttempts: 4, ...(region === null ? {} : { region }) };
}

export function stsClient(reach: Reach): STSClient {
  return guarded(new STSClient(shared(reach)), reach.heard);
}

export function organizationsClient(reach: Reach): OrganizationsClient {
  return guarded(new OrganizationsClient(shared(reach)), reach.heard);
}

export function iamClient(reach: Reach): IAMClient {
  return guarded(new IAMClient(shared(reach)), reach.heard);
}

export function accountClient(reach: Reach): AccountClient {
  return guarded(new AccountClient(shared(reach)), reach.heard);
}

export function s3Client(reach: Reach): S3Client {
  return guarded(new S3Client({ ...shared(reach), forcePathStyle: reach.pathStyle }), reach.heard);
}

export function kmsClient(reach: Reach): KMSClient {
  return guarded(new KMSClient(shared(reach)), reach.heard);
}

/** S3 Control's host begins with the account id, which an endpoint of one's own seldom answers to, and an address cannot. */
export function s3ControlClient(reach: Reach): S3ControlClient {
  const asItIs = {
    disableHostPrefix: true,
    endpointProvider: ({ Endpoint = '' }: { Endpoint?: string | undefined }) => ({ url: new URL(Endpoint) }),
  };
  return guarded(new S3ControlClient({ ...shared(reach), ...(reach.pathStyle ? asItIs : {}) }), reach.heard);
}

/** Ends idle connections, so that the process can end. */
export function closeConnections(): void {
  requestHandler.destroy();
}
