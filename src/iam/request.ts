/**
 * What is asked of the evaluator, and the policies that it weighs.
 */
import type { Context, Truth, Under } from './context.ts';
import type { Grant } from './grant.ts';
import type { Malformed, Policy } from './policy.ts';
import type { Principal } from './principal.ts';

/** What is asked. */
export interface Request {
  readonly principal: Principal;
  /** `s3:ReplicateObject`, in any case. */
  readonly action: string;
  /** One ARN, or all that begin so. */
  readonly resource: string | Under;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly context: Context;
}

const lowered = new Map<string, string>();

/** The action in lower case, as actions ignore case; AWS has some thousands, and every question makes it anew. */
export function actionOf({ action }: Request): string {
  let lower = lowered.get(action);
  if (lower === undefined) lowered.set(action, (lower = action.toLowerCase()));
  return lower;
}

/** Key policies and trust policies have to allow, or to delegate to the account. The action is in lower case. */
export function mustName(action: string): boolean {
  return action.startsWith('kms:') || action.startsWith('sts:assumerole');
}

/** Policies of a layer, or that they could not be read. One that is malformed leaves its layer in doubt. */
export type Policies = readonly (Policy | Malformed)[] | 'unread';

/** All policies that apply. `UNGOVERNED` is a beginning: no policies at all. */
export interface Layers {
  /** Inline and attached. */
  readonly identity: Policies;
  readonly boundary: Policy | Malformed | null | 'unread';
  /** Of the principal's account: a list for the root, for each unit on the way and for the account. None for the management account. */
  readonly serviceControl: readonly (readonly (Policy | Malformed)[])[] | 'unread';
  /** The same, of the resource's account. */
  readonly resourceControl: readonly (readonly (Policy | Malformed)[])[] | 'unread';
  /** The bucket's, the key's, or the role's trust policy. */
  readonly resource: Policy | Malformed | null | 'unread';
  /** Of a key. */
  readonly grants: readonly Grant[] | 'unread';
}

/** Whether the principal has a permissions boundary. */
export function isBounded({ boundary }: Layers): Truth {
  if (boundary === null) return 'no';
  return boundary === 'unread' ? 'maybe' : 'yes';
}

export const UNGOVERNED: Layers = {
  identity: [],
  boundary: null,
  serviceControl: [],
  resourceControl: [],
  resource: null,
  grants: [],
};
