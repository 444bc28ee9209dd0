/** From what a request calls a key to the key. */
import { KEY_OF_A_STRANGER } from '../../authorise.ts';
import { AwsError } from '../../service.ts';
import { text } from '../../wire/fields.ts';
import { allowOn } from '../../wire/operation.ts';
import type { Call } from '../../wire/operation.ts';
import type { Account, Key } from '../../world.ts';
import { awsManagedKey } from './make.ts';

/** What an operation takes for a key beyond its id and ARN (KMS API, each operation's KeyId and "Cross-account use"). */
export interface Takes {
  readonly alias?: boolean;
  readonly otherAccounts?: boolean;
}

interface Named {
  readonly region: string;
  readonly account: string;
  /** `key/…` or `alias/…` */
  readonly name: string;
}

/** The key that the request names, once the caller may do this to it. */
export function keyOf(call: Call, takes: Takes = {}): Key {
  const { world, caller, action } = call;
  const named = namedBy(call, text(call.input, 'KeyId'), takes);
  const arn = `arn:${world.partition}:kms:${named.region}:${named.account}:${named.name}`;
  const foreign = named.account !== caller.account;
  const owner = world.accounts.get(named.account);
  const key =
    owner === undefined || (foreign && takes.otherAccounts !== true) ? null : find(call, owner, named);
  if (key !== null) {
    allowOn(call, key.arn, named.account, key.policy);
    return key;
  }
  if (!foreign) throw notFound(named, arn);
  // KMS does not tell a stranger whether the key is missing or shut.
  const sentence = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn} ${KEY_OF_A_STRANGER}`;
  throw new AwsError('AccessDenied', 400, sentence);
}

function namedBy({ region, caller, world }: Call, id: string, takes: Takes): Named {
  const [scheme, partition, service, arnRegion = '', account = '', name = ''] = id.split(':');
  const isArn = scheme === 'arn';
  const named = isArn
    ? { region: arnRegion, account, name }
    : { region, account: caller.account, name: id.startsWith('alias/') ? id : `key/${id}` };
  const isAlias = named.name.startsWith('alias/');
  if (isArn && (partition !== world.partition || service !== 'kms' || !/^(key|alias)\//.test(name))) {
    throw invalidName(`Invalid arn ${id}`);
  }
  if (named.region !== region) throw invalidName(`Invalid arn ${named.region}`);
  const wellFormed = isAlias ? takes.alias === true : /^key\/(mrk-)?[0-9a-f-]{32,36}$/.test(named.name);
  if (!wellFormed) throw invalidName(`Invalid keyId '${id}'`);
  return named;
}

function find(call: Call, owner: Account, { region, name }: Named): Key | null {
  const aliased = owner.aliases.get(`${region}/${name}`);
  if (name === 'alias/aws/s3' && aliased === undefined && owner.id === call.caller.account) {
    return awsManagedKey(call);
  }
  const key = owner.keys.get(aliased ?? name.replace('key/', ''));
  if (key?.region !== region) return null;
  // The day of deletion has come.
  return key.deletion !== null && key.deletion <= call.world.now() ? null : key;
}

function notFound({ name }: Named, arn: string): AwsError {
  return invalidName(
    name.startsWith('alias/') ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`,
  );
}

function invalidName(sentence: string): AwsError {
  return new AwsError('NotFoundException', 400, sentence);
}
