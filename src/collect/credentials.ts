/** The role's credentials: asked for once an account however many clients use them, and again before they expire. */
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { CredentialProvider, Credentials } from './aws.ts';
import { MalformedAnswer } from './answer.ts';

export interface RoleToAssume {
  readonly arn: string;
  readonly externalId: string | undefined;
}

/** Milliseconds before the end at which credentials are asked for anew. */
const margin = 5 * 60 * 1000;

/** What outlives a provider: the credentials of an account, for whoever reads it next. */
export interface Kept {
  readonly get: () => Credentials | undefined;
  readonly set: (credentials: Credentials) => void;
}

/** A provider that shares one AssumeRole among all its callers. */
export function assumedRole(
  sts: STSClient,
  role: RoleToAssume,
  called: () => void,
  kept?: Kept,
): CredentialProvider {
  const before = kept?.get();
  let current = before && Promise.resolve(before);
  let expires = before ? endOf(before) : 0;
  return () => {
    if (current === undefined || Date.now() > expires - margin) {
      expires = Number.POSITIVE_INFINITY;
      called();
      current = assume(sts, role).then(
        (credentials) => {
          expires = endOf(credentials);
          kept?.set(credentials);
          return credentials;
        },
        (error: unknown) => {
          current = undefined;
          throw error;
        },
      );
    }
    return current;
  };
}

function endOf({ expiration }: Credentials): number {
  return expiration?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** An hour is what a chained session may last at most, and the default: nothing is asked for. */
async function assume(sts: STSClient, { arn, externalId }: RoleToAssume): Promise<Credentials> {
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: arn,
      RoleSessionName: 'replint',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey) throw new MalformedAnswer('Credentials');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}
