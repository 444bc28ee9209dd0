/** What to add where the policies are silent. What is denied no statement mends, nor does one lift a boundary. */
import { refusalsIn, refusingLayers, type Answer } from './answer.ts';
import type { RoleSide } from './places.ts';
import {
  allowInBucket,
  allowInKey,
  allowRole,
  remedyOf,
  type Addition,
  type Remedy,
  type Statement,
} from '../remedies/permission.ts';
import type { Observed } from '../../src/rule.ts';

type Role = Pick<RoleSide['role'], 'arn'>;

interface Owned {
  readonly policy: Observed<string | null>;
}

/** Of a bucket: to the role, to the bucket's policy, or to both. `of` names what the role's new policy is for. */
export function mendBucket(
  refused: readonly Answer[],
  { arn }: Role,
  { name, policy }: Owned & { readonly name: string },
  of: string,
  statement: Statement,
): Partial<Remedy> {
  return mend(
    refused,
    allowRole(arn, of, statement),
    policy.known ? allowInBucket(name, policy.value, { ...statement, Principal: { AWS: arn } }) : null,
  );
}

/** Of a key. */
export function mendKey(
  refused: readonly Answer[],
  { arn }: Role,
  { id, region, policy }: Owned & { readonly id: string; readonly region: string },
  of: string,
  statement: Statement,
): Partial<Remedy> {
  const own: Statement = { ...statement, Principal: { AWS: arn }, Resource: '*' };
  return mend(
    refused,
    allowRole(arn, of, statement),
    policy.known ? allowInKey(id, policy.value, region, own) : null,
  );
}

function mend(refused: readonly Answer[], role: Addition, owner: Addition | null): Partial<Remedy> {
  const decisions = refused.flatMap(({ decision }) => refusalsIn(decision));
  if (decisions.some(({ outcome }) => outcome === 'explicitlyDenied')) return {};
  const silent = new Set(decisions.flatMap(refusingLayers));
  return remedyOf([
    ...(silent.has('identity') ? [role] : []),
    ...(silent.has('resource') && owner !== null ? [owner] : []),
  ]);
}
