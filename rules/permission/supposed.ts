/** Questions put otherwise: what the policies would say if one side allowed everything. */
import { bucketPlace, none, replicatorOf, type Bucket, type Target } from './places.ts';
import { isMalformed, type Malformed, type Policy } from '../../src/iam/policy.ts';
import { ofText } from '../../src/iam/remembered.ts';
import { UNGOVERNED, type Layers } from '../../src/iam/request.ts';
import type { AccountRef } from '../../src/model/estate.ts';
import { Recent } from '../../src/recent.ts';

/** The destination by itself, as if the role were allowed everything: what its owner's policy gives, and not what it denies. */
export function destinationAlone(view: {
  readonly role: { readonly arn: string; readonly account: string };
  readonly roleAccount: AccountRef;
  readonly destination: Omit<Bucket, 'policy'> & { readonly policy: string | null };
  readonly destinationAccount: AccountRef;
}): Target<'destination.policy'> {
  const { role, roleAccount, destination, destinationAccount } = view;
  const policyName = `policy of '${destination.name}'`;
  const { policy } = destination;
  return alone({
    replicator: replicatorOf({ ...role, definition: null, policies: null }, roleAccount),
    place: bucketPlace({ ...destination, policy: none }, destinationAccount),
    policyName,
    layers: {
      ...UNGOVERNED,
      resource: policy === null ? null : givenBy(ofText(policy, policyName, 'resource')),
    },
    unread: new Map(),
    facts: { resource: 'destination.policy' },
  });
}

function givenBy(policy: Policy | Malformed): Policy | Malformed {
  if (isMalformed(policy) || !policy.denies) return policy;
  return policy.saying(policy.statements.filter(({ effect }) => effect === 'Allow'));
}

/** A target as if the role were allowed everything: what the owner's own policy and grants give. */
export function alone<P extends string>(target: Target<P>): Target<P> {
  const { resource, grants } = target.layers;
  return { ...target, layers: { ...UNGOVERNED, identity: [everything], resource, grants } };
}

/** A target whose owner in another account lets the role do all that its policy does not deny: the rest is for others to allow. */
export function allowedByOwner<P extends string>(target: Target<P>): Target<P> {
  const { place, replicator } = target;
  return place.account === replicator.account ? target : supposed(target, 'allowedByOwner', owned);
}

function owned({ layers }: Target): Layers {
  return { ...layers, resource: widened(layers.resource, everybody) };
}

/** A target whose policies allow all that none of them denies. */
export function unlessDenied<P extends string>(target: Target<P>): Target<P> {
  return supposed(target, 'unlessDenied', undenied);
}

const known = {
  allowedByOwner: new Recent<Target, Layers>(2),
  unlessDenied: new Recent<Target, Layers>(2),
};

/** Several rules suppose the same of a target. */
function supposed<P extends string>(
  target: Target<P>,
  what: keyof typeof known,
  of: (target: Target) => Layers,
): Target<P> {
  return { ...target, layers: known[what].of(target, of) };
}

function undenied({ layers }: Target): Layers {
  const { identity, boundary, serviceControl, resourceControl, resource, grants } = layers;
  if (!mayDeny(layers)) return { ...UNGOVERNED, identity: [everything], resource: everybody, grants };
  const wide = (all: Layers['serviceControl'], by: Policy): Layers['serviceControl'] =>
    all === 'unread' ? all : all.map((level) => [...level, by]);
  return {
    identity: identity === 'unread' ? identity : [...identity, everything],
    // Who has no boundary must not get one: a Deny with NotPrincipal never spares who has.
    boundary: boundary === null ? null : widened(boundary, everything),
    serviceControl: wide(serviceControl, everything),
    resourceControl: wide(resourceControl, everybody),
    resource: widened(resource, everybody),
    grants,
  };
}

/** Whether some policy denies anything, or may. */
function mayDeny({ identity, boundary, serviceControl, resourceControl, resource }: Layers): boolean {
  if (identity === 'unread' || serviceControl === 'unread' || resourceControl === 'unread') return true;
  const denies = (one: Layers['resource']): boolean =>
    one !== null && (one === 'unread' || isMalformed(one) || one.denies);
  const levels = [identity, ...serviceControl, ...resourceControl];
  return denies(boundary) || denies(resource) || levels.some((level) => level.some(denies));
}

/** A policy that says what it says, and allows by this one too. */
function widened(policy: Layers['resource'], by: Policy): Layers['resource'] {
  if (policy === null) return by;
  if (policy === 'unread' || isMalformed(policy)) return policy;
  return policy.saying([...policy.statements, ...by.statements]);
}

const everything = policyOf(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  'identity',
);

const everybody = policyOf(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
  'resource',
);

function policyOf(text: string, kind: 'identity' | 'resource'): Policy {
  const policy = ofText(text, 'everything', kind);
  if (isMalformed(policy)) throw new Error(policy.malformed);
  return policy;
}
