/** What the demo's buckets are described by. What is left out is healthy. */
import type { AccountName } from '../organization.ts';
import type { RoleName } from '../roles.ts';

/** How objects are encrypted that do not ask for anything: SSE-KMS with or without a Bucket Key, under AWS's own key, or DSSE-KMS. */
export type Encryption = 'kms' | 'kms without bucket key' | 'kms under aws/s3' | 'dsse';

/** What happens to a bucket once everything is set up, and AWS would have refused before. */
export type Fate =
  'versioning suspended' | 'versioning lost' | 'deleted' | 'requester pays' | 'reads partly denied';

export interface DemoRoute {
  readonly to: string;
  /** `to-<destination>` where left out. */
  readonly id?: string;
  readonly prefix?: string;
  readonly tag?: { readonly Key: string; readonly Value: string };
  readonly disabled?: true;
  readonly metricsOff?: true;
  readonly timeControl?: true;
  readonly deleteMarkers?: true;
  /** The opt-in for SSE-KMS objects, with a replica key of the destination's account in this Region: the destination's, or the source's. */
  readonly replicaKey?: 'in destination Region' | 'in source Region';
}

/** How many objects a bucket has, by when they were put. */
export interface DemoObjects {
  readonly prefix: string;
  /** Long before there was a replication configuration. */
  readonly before?: number;
  /** As `before`, in the class DEEP_ARCHIVE. */
  readonly archived?: number;
  /** Just now, and before there was a replication configuration. */
  readonly fresh?: number;
  /** Under the replication configuration. */
  readonly after?: number;
  /** Under the replication configuration, after the destination's fate. */
  readonly late?: number;
  /** Too many to put one by one: so many in all, of which the replicas of the first are missing. */
  readonly bulk?: { readonly all: number; readonly missing: number };
}

export interface DemoBucket {
  readonly name: string;
  readonly account: AccountName;
  readonly region: string;
  readonly unversioned?: true;
  readonly objectLock?: true;
  readonly encryption?: Encryption;
  readonly tags?: Readonly<Record<string, string>>;
  readonly fate?: Fate;
  readonly role?: RoleName;
  readonly routes?: readonly DemoRoute[];
  readonly objects?: DemoObjects;
}

type Place = (account: AccountName) => Pick<DemoBucket, 'account' | 'region'>;

const place =
  (region: string): Place =>
  (account) => ({ account, region });

export const ireland = place('eu-west-1');
export const frankfurt = place('eu-central-1');
export const virginia = place('us-east-1');
export const oregon = place('us-west-2');
export const sydney = place('ap-southeast-2');
/** A Region that accounts have to opt in to. */
export const zurich = place('eu-central-2');
