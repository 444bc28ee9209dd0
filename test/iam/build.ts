/** Short ways to write what the evaluator's tests ask. */
import { contextOf, type Knowledge } from '../../src/iam/context.ts';
import { isMalformed, parsePolicy, type Kind, type Policy } from '../../src/iam/policy.ts';
import type { Principal } from '../../src/iam/principal.ts';
import { UNGOVERNED, type Layers, type Request } from '../../src/iam/request.ts';

export const OURS = '111122223333';
export const THEIRS = '444455556666';
export const ROLE = `arn:aws:iam::${OURS}:role/service-role/replication`;
export const BUCKET = 'arn:aws:s3:::amzn-s3-demo-bucket';

export const role: Principal = { kind: 'role', arn: ROLE, account: OURS, session: null };

/** A policy of these statements; a test whose policy is malformed stops here. */
export function policy(kind: Kind, name: string, ...Statement: readonly object[]): Policy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), name, kind);
  if (isMalformed(parsed)) throw new Error(parsed.malformed);
  return parsed;
}

export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: object = {},
): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}

export function deny(
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: object = {},
): object {
  return { Effect: 'Deny', Action, Resource, ...more };
}

export const to = (AWS: string | readonly string[]): object => ({ Principal: { AWS } });

export function request(
  more: Partial<Request> & { readonly keys?: Readonly<Record<string, Knowledge>> } = {},
): Request {
  const { keys = {}, ...rest } = more;
  return {
    principal: role,
    action: 's3:ReplicateObject',
    resource: `${BUCKET}/key`,
    resourceAccount: OURS,
    context: contextOf(keys),
    ...rest,
  };
}

export function layers(more: Partial<Layers>): Layers {
  return { ...UNGOVERNED, ...more };
}
