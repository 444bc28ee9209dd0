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

/** A provider that shares one AssumeRole among all its callers. */
export function assumedRole(sts: STSClient, role: RoleToAssume, called: () => void): CredentialProvider {
  let current: Promise<Credentials> | undefined;
  let expires = 0;
  return () => {
    if (current === undefined || Date.now() > expires - margin) {
      expires = Number.POSITIVE_INFINITY;
      called();
      current = assume(sts, role).then(
        (credentials) => {
          expires = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
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
