/** AWS Security Token Service: who am I, and let me be somebody else for an hour. */
import { accessKeyId, secretAccessKey, sessionToken } from '../ids.ts';
import { AwsError, notImplemented } from '../service.ts';
import type { Service } from '../service.ts';
import { invalid, number, optionalText, text } from '../wire/fields.ts';
import type { Fields } from '../wire/fields.ts';
import { allowOn } from '../wire/operation.ts';
import type { Call } from '../wire/operation.ts';
import { queryService } from '../wire/query.ts';
import type { Credential, Role } from '../world.ts';

const HOUR = 3600;
/** What would narrow or mark the session, and which the sandbox does not know. */
const UNKNOWN =
  /^(Policy|PolicyArns\..*|Tags\..*|TransitiveTagKeys\..*|SourceIdentity|SerialNumber|TokenCode)$/;

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
  const unknown = Object.keys(call.input).find((field) => UNKNOWN.test(field));
  if (unknown !== undefined) throw notImplemented(`${unknown} of sts:AssumeRole`);
  const arn = text(call.input, 'RoleArn');
  const name = sessionName(call);
  const seconds = duration(call);
  const role = trustingRole(call, arn);
  if (seconds > role.maxSession) {
    throw refusedDuration('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const { caller, ...keys } = credentialOf(call, role, name, seconds);
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: keys.expires,
    },
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
  };
}

function sessionName({ input }: Call): string {
  const name = text(input, 'RoleSessionName');
  if (!/^[\w+=,.@-]*$/.test(name)) {
    throw invalid('roleSessionName', name, String.raw`satisfy regular expression pattern: [\w+=,.@-]*`);
  }
  if (name.length < 2) throw invalid('roleSessionName', name, 'have length greater than or equal to 2');
  if (name.length > 64) throw invalid('roleSessionName', name, 'have length less than or equal to 64');
  return name;
}

function duration({ input, caller }: Call): number {
  const seconds = number(input, 'DurationSeconds', { least: 900, most: 12 * HOUR, otherwise: HOUR });
  // A session that begins from a session lasts an hour at most (IAM User Guide, id_roles: role chaining).
  if (caller.role !== null && seconds > HOUR) {
    throw refusedDuration(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  return seconds;
}

function refusedDuration(sentence: string): AwsError {
  return new AwsError('ValidationError', 400, sentence);
}

/** The role, if it trusts the caller and the caller may assume it. What does not exist is a refusal too. */
function trustingRole(call: Call, arn: string): Role {
  const { world, caller, action, input } = call;
  const [, , service, , owner = '', path = ''] = arn.split(':');
  if (service !== 'iam' || !path.startsWith('role/')) {
    throw new AwsError('ValidationError', 400, `${arn} is invalid`);
  }
  const account = world.accounts.get(owner);
  const role = account?.roles.get(path.split('/').at(-1) ?? '');
  if (account?.state !== 'ACTIVE' || role?.arn !== arn) {
    throw new AwsError(
      'AccessDenied',
      403,
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn}`,
    );
  }
  const context = {
    'sts:ExternalId': optionalText(input, 'ExternalId'),
    'sts:RoleSessionName': text(input, 'RoleSessionName'),
  };
  allowOn(call, arn, owner, role.trust, context);
  return role;
}

function credentialOf({ world, caller }: Call, role: Role, name: string, seconds: number): Credential {
  const account = role.arn.split(':')[4] ?? caller.account;
  const credential: Credential = {
    accessKeyId: accessKeyId(world, 'ASIA'),
    secretAccessKey: secretAccessKey(world),
    sessionToken: sessionToken(world),
    expires: new Date(world.now().getTime() + seconds * 1000),
    caller: {
      account,
      arn: `arn:${world.partition}:sts::${account}:assumed-role/${role.name}/${name}`,
      userId: `${role.id}:${name}`,
      role: role.arn,
      sessionName: name,
    },
  };
  world.credentials.set(credential.accessKeyId, credential);
  return credential;
}
