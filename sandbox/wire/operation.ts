/** One operation of one service, whatever the protocol: fields in, fields out. */
import { authorise } from '../authorise.ts';
import { AwsError, notImplemented } from '../service.ts';
import type { SignedRequest } from '../service.ts';
import type { Account, Caller, World } from '../world.ts';
import type { Fields } from './fields.ts';

/** A request that was understood. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  /** The caller's account. */
  readonly account: Account;
  readonly region: string;
  readonly input: Fields;
  /** `iam:GetRole`: the operation, and the action that it needs. */
  readonly action: string;
}

/** Gives the fields of the answer, in which a Date is an instant, and null or undefined is left out. */
export type Operation = (call: Call) => Fields;

export type Operations = Readonly<Record<string, Operation>>;

/** Runs the operation of this name. */
export function run(
  world: World,
  request: SignedRequest,
  prefix: string,
  name: string,
  operations: Operations,
  input: Fields,
): Fields {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw notImplemented(`${prefix}:${name}`);
  const { caller, region } = request;
  const account = world.accounts.get(caller.account);
  if (account === undefined) {
    throw new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
  }
  return operation({ world, caller, account, region, input, action: `${prefix}:${name}` });
}

/** Refuses the call unless its action is allowed on a resource of the caller's own account. */
export function allow(call: Call, resource: string): void {
  allowOn(call, resource, call.caller.account, null);
}

/** The same for a resource of any account, with a policy of its own or without. */
export function allowOn(
  { world, caller, action, region }: Call,
  resource: string,
  owner: string,
  policy: string | null,
  context: Readonly<Record<string, string | null>> = {},
): void {
  authorise(world, caller, action, resource, owner, policy, { 'aws:RequestedRegion': region, ...context });
}
