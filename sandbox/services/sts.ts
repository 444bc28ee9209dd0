/** AWS Security Token Service: who am I, and let me be somebody else for an hour. */
import { authorise } from '../authorise.ts';
import { accessKeyId, secretAccessKey, sessionToken } from '../ids.ts';
import { AwsError, notImplemented } from '../service.ts';
import type { Service } from '../service.ts';
import { invalid, number, optionalText, text } from '../wire/fields.ts';
import type { Fields } from '../wire/fields.ts';
import type { Call } from '../wire/operation.ts';
import { queryService } from '../wire/query.ts';
import type { Credential, Role } from '../world.ts';

const HOUR = 3600;
/** What would narrow or mark the session, and which the sandbox does not know. */
const UNKNOWN = ['Policy', 'PolicyArns.', 'Tags.', 'TransitiveTagKeys.', 'SourceIdentity', 'SerialNumber', 'TokenCode'];

/** `sts:*` */
export const sts: Service = queryService({
  prefix: 'sts',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
});

/** Needs no permission at all (STS API, GetCallerIdentity). */
function getCallerIdentity({ caller }: Call): Fields {
  return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
}

function assumeRole(call: Call): Fields {
  const { input } = call;
  const unknown = Object.keys(input).find((field) => UNKNOWN.some((name) => field === name || (name.endsWith('.') && field.startsWith(name))));
  if (unknown !== undefined) throw notImplemented(`${unknown} of sts:AssumeRole`);
  const arn = text(input, 'RoleArn');
  const session = sessionName(input);
  const seconds = duration(call);
  const role = trustedRole(call, arn);
  if (seconds > role.maxSession) {
    throw new AwsError('ValidationError', 400, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const credential = session_(call, role, session, seconds);
  return {
    Credentials: {
      AccessKeyId: credential.accessKeyId,
      SecretAccessKey: credential.secretAccessKey,
      SessionToken: credential.sessionToken,
      Expiration: credential.expires,
    },
    AssumedRoleUser: { AssumedRoleId: credential.caller.userId, Arn: credential.caller.arn },
  };
}
