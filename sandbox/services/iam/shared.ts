/** What IAM's operations have in common: finding a role, and judging a document's form. */
import { rawStatements } from '../../policy.ts';
import { AwsError, notImplemented } from '../../service.ts';
import { number, optionalText, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call } from '../../wire/operation.ts';
import { page } from '../../wire/page.ts';
import type { Account, Role } from '../../world.ts';

/** The role that the request names, once the caller may do this to it. */
export function roleOf(call: Call): Role {
  const name = text(call.input, 'RoleName');
  const role = call.account.roles.get(name);
  allow(call, role?.arn ?? arnOf(call, 'role', '/', name));
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function arnOf({ world, account }: Call, kind: 'role' | 'policy', path: string, name: string): string {
  return roleArn(world.partition, account, kind, path, name);
}

export function roleArn(
  partition: string,
  account: Account,
  kind: string,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account.id}:${kind}${path}${name}`;
}

export function noSuchEntity(sentence: string): AwsError {
  return new AwsError('NoSuchEntity', 404, sentence);
}

export function alreadyExists(sentence: string): AwsError {
  return new AwsError('EntityAlreadyExists', 409, sentence);
}

/** A name as IAM takes it. */
export function nameOf(input: Fields, field: string, most: number): string {
  const name = text(input, field);
  if (!/^[\w+=,.@-]+$/.test(name) || name.length > most) {
    throw new AwsError(
      'ValidationError',
      400,
      `The specified value for ${field.charAt(0).toLowerCase()}${field.slice(1)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
  return name;
}

export function pathOf(input: Fields): string {
  const path = optionalText(input, 'Path') ?? '/';
  if (!/^\/([!-~]+\/)?$/.test(path)) {
    throw new AwsError(
      'ValidationError',
      400,
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  }
  return path;
}

/** The fields of a list as they are numbered on the wire: `TagKeys.member.1`, `Tags.member.1.Key`. */
export function members(input: Fields, field: string, member = ''): readonly string[] {
  const values: string[] = [];
  for (let at = 1; ; at += 1) {
    const value = optionalText(input, `${field}.member.${at}${member}`);
    if (value === null) return values;
    values.push(value);
  }
}

/** The tags that a request brings, 50 at most. */
export function tagsOf(input: Fields): readonly (readonly [string, string])[] {
  const keys = members(input, 'Tags', '.Key');
  if (keys.length > 50)
    throw new AwsError('LimitExceeded', 409, 'The number of tags has reached the limit of 50.');
  return keys.map((key, at) => [key, text(input, `Tags.member.${at + 1}.Value`)]);
}

/** Tags would have to come back from the reads: the sandbox keeps none of policies'. */
export function refuseTags(call: Call): void {
  if (Object.keys(call.input).some((field) => field.startsWith('Tags.'))) {
    throw notImplemented(`tags of ${call.action}`);
  }
}

/** A policy of an identity has resources and no principal, a trust policy the reverse. */
export function documentOf(input: Fields, field: string, kind: 'identity' | 'trust'): string {
  const document = text(input, field);
  const statements = rawStatements(document);
  if (statements === null) throw malformed('Syntax errors in policy.');
  for (const statement of statements) {
    const has = (name: string): boolean =>
      statement[name] !== undefined || statement[`Not${name}`] !== undefined;
    if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
      throw malformed('Syntax errors in policy.');
    if (!has('Action')) throw malformed('Policy statement must contain actions.');
    if (kind === 'trust' && has('Resource')) throw malformed('Has prohibited field Resource.');
    if (kind === 'trust' && !has('Principal')) throw malformed('Missing required field Principal.');
    if (kind === 'identity' && has('Principal'))
      throw malformed('Policy document should not specify a principal.');
    if (kind === 'identity' && !has('Resource')) throw malformed('Policy statement must contain resources.');
  }
  return document;
}

function malformed(sentence: string): AwsError {
  return new AwsError('MalformedPolicyDocument', 400, sentence);
}

/** A document as IAM gives it back: percent-encoded (RFC 3986). */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A page of IAM's lists, under the name that the list has in the answer. */
export function marked<Item>(
  call: Call,
  name: string,
  all: readonly Item[],
  show: (item: Item) => unknown,
): Fields {
  const size = number(call.input, 'MaxItems', { least: 1, most: 1000, otherwise: 100 });
  const { items, next } = page(all, optionalText(call.input, 'Marker'), size);
  return { [name]: items.map(show), IsTruncated: next !== null, Marker: next };
}
