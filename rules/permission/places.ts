/** What a route's permissions are decided of: the role, the places that it reads and writes, and the policies over each. */
import type { Grant } from '../../src/iam/grant.ts';
import { isMalformed, type Malformed } from '../../src/iam/policy.ts';
import { ofDocument, ofOrganization, ofText } from '../../src/iam/remembered.ts';
import type { Membership, Place, Replicator } from '../../src/iam/replication.ts';
import type { Layers, Policies } from '../../src/iam/request.ts';
import type { Layer } from '../../src/iam/verdict.ts';
import type {
  KeyDescription,
  KeyGrant,
  PolicyLevels,
  RoleDefinition,
  RolePolicies,
} from '../../src/model/aws.ts';
import type { AccountRef, KeyRef } from '../../src/model/estate.ts';
import type { Cause, Observed } from '../../src/model/facts.ts';
import { Recent } from '../../src/recent.ts';

/** The role, as a rule that needs `needsRole` sees it. */
export interface RoleSide {
  readonly role: {
    readonly arn: string;
    readonly account: string;
    readonly definition: RoleDefinition | null;
    readonly policies: RolePolicies | null;
  };
  readonly roleAccount: AccountRef & { readonly serviceControlPolicies: Observed<PolicyLevels | null> };
}

interface Owner extends AccountRef {
  readonly resourceControlPolicies: Observed<PolicyLevels | null>;
}

/** A bucket whose policy may not have been read. */
export interface Bucket {
  readonly name: string;
  readonly arn: string;
  /** Null: no scanned account's. */
  readonly account: string | null;
  readonly region: string | null;
  readonly policy: Observed<string | null>;
}

interface Key extends KeyRef {
  /** Needed, or wanted and as it was observed. */
  readonly description: KeyDescription | null | Observed<KeyDescription | null>;
  readonly policy: Observed<string | null>;
  readonly grants: Observed<readonly KeyGrant[] | null>;
}

/** Something that the role does something with, and all policies that have a say in it. */
export interface Target<P extends string = string> {
  readonly replicator: Replicator;
  readonly place: Place;
  /** How messages name the resource's own policy. */
  readonly policyName: string;
  readonly layers: Layers;
  /** Of each layer and each key of the context that could not be read, why. */
  readonly unread: ReadonlyMap<string, readonly Cause[]>;
  /** Where each layer stands among the rule's facts. */
  readonly facts: Readonly<Partial<Record<Layer, P>>>;
}

/** What every rule about permissions needs. */
export const needsRole = { role: ['definition', 'policies'] } as const;
/** What it wants of the source: any layer alone may refuse, whatever the others could not tell. */
export const wantsSource = {
  roleAccount: ['serviceControlPolicies'],
  source: ['policy'],
  sourceAccount: ['resourceControlPolicies'],
} as const;
export const wantsDestination = {
  roleAccount: ['serviceControlPolicies'],
  destination: ['policy'],
  destinationAccount: ['resourceControlPolicies'],
} as const;

/** What rules about the source see. */
export type SourceSide = RoleSide & { readonly source: Bucket; readonly sourceAccount: Owner };
/** What rules about the destination see. */
export type DestinationSide = RoleSide & {
  readonly destination: Bucket;
  readonly destinationAccount: Owner;
};

const ofRole = {
  identity: 'role.policies',
  boundary: 'role.policies',
  serviceControl: 'roleAccount.serviceControlPolicies',
} as const;

/** Where each layer of an end stands among the facts. */
const facts = {
  source: {
    ...ofRole,
    resource: 'source.policy',
    resourceControl: 'sourceAccount.resourceControlPolicies',
  },
  destination: {
    ...ofRole,
    resource: 'destination.policy',
    resourceControl: 'destinationAccount.resourceControlPolicies',
  },
  sourceKey: {
    ...ofRole,
    resource: 'sourceKey.policy',
    grants: 'sourceKey.grants',
    resourceControl: 'sourceKeyAccount.resourceControlPolicies',
  },
  replicaKey: {
    ...ofRole,
    resource: 'replicaKey.policy',
    grants: 'replicaKey.grants',
    resourceControl: 'replicaKeyAccount.resourceControlPolicies',
  },
} as const;

type End = keyof typeof facts;
type FactOf<E extends End> = { readonly [K in End]: (typeof facts)[K][keyof (typeof facts)[K]] }[E];

/** Where what is decided of a source stands. */
export type SourceFact = FactOf<'source'>;

/** The source bucket; null where the role does not exist, which is another rule's. */
export function sourceBucket(view: SourceSide): Target<SourceFact> | null {
  return bucketTarget(view, 'source', view.source, view.sourceAccount);
}

/** The destination. */
export function destinationBucket(view: DestinationSide): Target<FactOf<'destination'>> | null {
  return bucketTarget(view, 'destination', view.destination, view.destinationAccount);
}

function bucketTarget<E extends 'source' | 'destination'>(
  role: RoleSide,
  end: E,
  bucket: Bucket,
  owner: Owner,
): Target<FactOf<E>> | null {
  return targetOf(role, end, bucketPlace(bucket, owner), {
    control: owner.resourceControlPolicies,
    policy: bucket.policy,
    policyName: `policy of '${bucket.name}'`,
    grants: none,
  });
}

/** Where what is decided of a source's key stands. */
export type SourceKeyFact = FactOf<'sourceKey'>;

/** The key of the source's default encryption; null where there is none, as where there is no role. */
export function sourceKey(
  view: RoleSide & { readonly sourceKey: Key; readonly sourceKeyAccount: Owner },
): Target<SourceKeyFact> | null {
  return keyTarget(view, 'sourceKey', view.sourceKey, view.sourceKeyAccount);
}

/** The key for replicas. */
export function replicaKey(
  view: RoleSide & { readonly replicaKey: Key; readonly replicaKeyAccount: Owner },
): Target<FactOf<'replicaKey'>> | null {
  return keyTarget(view, 'replicaKey', view.replicaKey, view.replicaKeyAccount);
}

function keyTarget<E extends 'sourceKey' | 'replicaKey'>(
  role: RoleSide,
  end: E,
  key: Key,
  owner: Owner,
): Target<FactOf<E>> | null {
  const place = keyPlace(key, owner);
  if (place === null) return null;
  return targetOf(role, end, place, {
    policy: key.policy,
    grants: key.grants,
    control: controlOf(key, owner),
    policyName: `policy of the key '${key.id}'`,
  });
}

/** As if it had been read: there is none. */
export const none: Observed<null> = { known: true, value: null, account: '', at: '' };

interface OfResource {
  readonly control: Observed<PolicyLevels | null>;
  readonly policy: Observed<string | null>;
  readonly policyName: string;
  readonly grants: Observed<readonly KeyGrant[] | null>;
}

function targetOf<E extends End>(
  side: RoleSide,
  end: E,
  place: Place,
  of: OfResource,
): Target<FactOf<E>> | null {
  const { policies, definition, arn } = side.role;
  // GetRole takes a name without a path, so it may answer with a role of another ARN: role-missing says so.
  if (policies === null || definition?.Arn !== arn) return null;
  const known = asked[end].get(of.policy);
  // Of each end there is a memory of its own, of its own facts.
  if (known !== undefined && isSame(known, side, place, of)) return known.target as Target<FactOf<E>>;
  const target = made(side, policies, place, of, facts[end]);
  asked[end].set(of.policy, { side, place, of, target });
  // `facts[end]` holds no other facts.
  return target as Target<FactOf<E>>;
}

/** A question about a place, and what came of it. */
interface Asked {
  readonly side: RoleSide;
  readonly place: Place;
  readonly of: OfResource;
  readonly target: Target;
}

/** The rules about a route are shown the same policies, and ask of the same few places; by what was observed of the place's own policy. */
const asked: Readonly<Record<End, Recent<OfResource['policy'], Asked>>> = {
  source: new Recent(4),
  destination: new Recent(4),
  sourceKey: new Recent(4),
  replicaKey: new Recent(4),
};

function isSame(
  { side, place, of }: Asked,
  { role, roleAccount }: RoleSide,
  at: Place,
  now: OfResource,
): boolean {
  return (
    side.role.arn === role.arn &&
    side.role.policies === role.policies &&
    side.role.definition === role.definition &&
    side.roleAccount.serviceControlPolicies === roleAccount.serviceControlPolicies &&
    of.control === now.control &&
    of.grants === now.grants &&
    isSamePlace(place, at)
  );
}

function isSamePlace(one: Place, other: Place): boolean {
  return (
    one.arn === other.arn &&
    one.account === other.account &&
    one.region === other.region &&
    idOf(one.organization) === idOf(other.organization)
  );
}

const idOf = (membership: Membership): string | null => (membership === 'unknown' ? '' : membership.id);

function made(
  { role, roleAccount }: RoleSide,
  policies: RolePolicies,
  place: Place,
  { control, policy, policyName, grants }: OfResource,
  at: Target['facts'],
): Target {
  const unread = new Map<string, readonly Cause[]>();
  const read = <T, U>(layer: Layer, observed: Observed<T>, of: (value: T) => U): U | 'unread' => {
    if (observed.known) return of(observed.value);
    unread.set(layer, observed.causes);
    return 'unread';
  };
  const { Boundary } = policies;
  return {
    replicator: replicatorOf(role, roleAccount),
    place,
    policyName,
    layers: {
      identity: identityOf(policies),
      boundary: Boundary === null ? null : ofDocument(Boundary, 'identity'),
      serviceControl: read('serviceControl', roleAccount.serviceControlPolicies, (all) =>
        levels(all, 'identity'),
      ),
      resourceControl: read('resourceControl', control, (all) => levels(all, 'resource')),
      resource: read('resource', policy, (text) =>
        text === null ? null : ofText(text, policyName, 'resource'),
      ),
      grants: read('grants', grants, (all): readonly Grant[] => all ?? []),
    },
    unread,
    facts: at,
  };
}

/** Every rule asks of the same role. */
const identities = new Recent<RolePolicies, Policies>(2);

function identityOf(policies: RolePolicies): Policies {
  return identities.of(policies, ({ Inline, Attached }) =>
    [...Inline, ...Attached].map((one) => ofDocument(one, 'identity')),
  );
}

type Levels = Exclude<Layers['serviceControl'], 'unread'>;

/** Every route asks of the same accounts. */
const governing = {
  identity: new Recent<PolicyLevels, Levels>(16),
  resource: new Recent<PolicyLevels, Levels>(16),
};

/** Policies of the organization, level by level. */
export function levels(all: PolicyLevels | null, kind: 'identity' | 'resource'): Levels {
  if (all === null) return [];
  return governing[kind].of(all, () => all.map((level) => level.map((one) => ofOrganization(one, kind))));
}

/** The role, with what is known of it. */
export function replicatorOf({ arn, account, definition }: RoleSide['role'], owner: AccountRef): Replicator {
  const tags = definition?.Tags.map(({ Key, Value }) => [Key, Value] as const);
  return { arn, account, organization: membership(owner), tags: tags ? Object.fromEntries(tags) : 'unknown' };
}

/** A bucket, with where it is. */
export function bucketPlace({ arn, account, region }: Bucket, owner: AccountRef): Place {
  return { arn, account: account ?? '', region, organization: membership(owner) };
}

function describedOf({ description }: Key): KeyDescription | null {
  if (description === null || !('known' in description)) return description;
  return description.known ? description.value : null;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html: they do not limit AWS managed keys. */
function controlOf(key: Key, { resourceControlPolicies }: Owner): Observed<PolicyLevels | null> {
  return describedOf(key)?.KeyManager === 'AWS' ? none : resourceControlPolicies;
}

/** The ARN that policies mean is the key's own, whatever alias named it; null where there is no such key. */
function keyPlace(key: Key, owner: AccountRef): Place | null {
  const { account, region } = key;
  const known = describedOf(key);
  return known === null ? null : { arn: known.Arn, account, region, organization: membership(owner) };
}

/** Who is in no listed organization may be in another. */
function membership({ organization }: AccountRef): Membership {
  return organization === null ? 'unknown' : { id: organization };
}

/** The policies of a layer that are none. */
export function malformedOf(layer: Layer, { layers }: Target): readonly Malformed[] {
  return policiesOf(layer, layers).flatMap((policies) =>
    policies === 'unread' ? [] : policies.filter(isMalformed),
  );
}

/** The policies of a layer, level by level. */
export function policiesOf(layer: Layer, layers: Layers): readonly Policies[] {
  switch (layer) {
    case 'identity':
      return [layers.identity];
    case 'boundary':
    case 'resource':
      return [single(layers[layer])];
    case 'serviceControl':
    case 'resourceControl':
      return flat(layers[layer]);
    case 'grants':
      return [];
  }
}

const single = (one: Layers['resource']): Policies => (one === null ? [] : one === 'unread' ? one : [one]);
const flat = (all: Layers['serviceControl']): readonly Policies[] => (all === 'unread' ? [] : all);
