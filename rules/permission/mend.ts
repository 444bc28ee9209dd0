/** What to add where the policies are silent. What is denied no statement mends, nor does one lift a boundary. */
import { refusalsIn, refusingLayers, type Answer } from './answer.ts';
import type { RoleSide } from './places.ts';
import {
  allowInBucket,
  allowInKey,
  allowRole,
  remedyOf,
  type Addition,
  type Statement,
} from '../remedies/permission.ts';
import type { Observed, Remedy } from '../../src/rule.ts';

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
): Remedy {
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
): Remedy {
  const own: Statement = { ...statement, Principal: { AWS: arn }, Resource: '*' };
  return mend(
    refused,
    allowRole(arn, of, statement),
    policy.known ? allowInKey(id, policy.value, region, own) : null,
  );
}

function mend(refused: readonly Answer[], role: Addition, owner: Addition | null): Remedy {
  return added([{ refused, role, owner }]);
}

/** What would have been allowed by which statements, of the role or of whoever owns the thing. */
export interface Want {
  readonly refused: readonly Answer[];
  readonly role: Addition;
  /** Null where the policy that it goes into was not read. */
  readonly owner: Addition | null;
}

/** The statements for all of them. */
export function added(wants: readonly Want[]): Remedy {
  const decisions = wants.flatMap(({ refused }) => refused.flatMap(({ decision }) => refusalsIn(decision)));
  if (decisions.some(({ outcome }) => outcome === 'explicitlyDenied'))
    return { untyped: 'a Deny stands above every statement that allows; it has to be changed itself.' };
  const additions = wants.flatMap(({ refused, role, owner }) => {
    const own = refused.flatMap(({ decision }) => refusalsIn(decision));
    const silent = new Set(own.flatMap(refusingLayers));
    return [
      ...(silent.has('identity') ? [role] : []),
      ...(silent.has('resource') && owner !== null ? [owner] : []),
    ];
  });
  if (additions.length > 0) return remedyOf(additions);
  if (wants.some(({ owner }) => owner === null))
    return { untyped: 'the policy that would have to allow it was not read.' };
  return toGuard(wants);
}

/** The statement that a boundary or a policy of the organization would have to hold too; others keep those. */
function toGuard(wants: readonly Want[]): Remedy {
  const { json, terraform, cloudformation } = remedyOf(
    wants.filter(({ refused }) => refused.length > 0).map(({ role }) => role),
  );
  return {
    ...(json === undefined ? {} : { json }),
    ...(terraform === undefined ? {} : { terraform }),
    ...(cloudformation === undefined ? {} : { cloudformation }),
    untyped:
      'what has to allow it too is a boundary or a policy of the organization, which others share, and how wide it shall be people decide.',
  };
}
