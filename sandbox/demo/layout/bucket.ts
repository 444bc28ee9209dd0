/** What the demo's buckets are described by. What is left out is healthy. */
import type { AccountName } from '../organization.ts';
import type { RoleName } from '../roles.ts';

/** How objects are encrypted that do not ask for anything: SSE-KMS with or without a Bucket Key, under AWS's own key, or DSSE-KMS. */
export type Encryption =
  'kms' | 'kms without bucket key' | 'kms under aws/s3' | 'kms by alias' | 'dsse' | 'dsse with bucket key';

/** Which key a replication rule names; `null` where it is the one that its place has for everything. */
export const replicaKeys = {
  'in destination Region': null,
  'in source Region': null,
  "of the source's account": null,
  'by alias': null,
  'managed by AWS': null,
  disabled: 'disabled',
  'for signing': 'for signing',
  'for the office only': 'for the office only',
  'for its owner only': 'for its owner only',
  'by a grant': 'by a grant',
  'only to encrypt': 'only to encrypt',
  'through another Region': 'through another Region',
  'of a misspelt context': 'of a misspelt context',
  'of objects only': 'of objects only',
  'of bucket and objects': 'of bucket and objects',
} as const;

export type ReplicaKey = keyof typeof replicaKeys;

/** A key beside the usual one of its place. */
export type Special = Exclude<(typeof replicaKeys)[ReplicaKey], null>;

/** What happens to a bucket once everything is set up, and AWS would have refused before. */
export type Fate =
  | 'versioning suspended'
  | 'versioning lost'
  | 'deleted'
  | 'requester pays'
  | 'reads partly denied'
  | 'opened to everybody'
  | 'fenced in'
  | 'fenced in but for the role'
  | 'role made again'
  | 'role without its path'
  | 'role by its whole name'
  | 'policy taken away'
  | 'keeps everything'
  | 'owns a part'
  | 'locks for 30 days'
  | 'locks for ten years'
  | "open to the log archive's role"
  | 'key disabled'
  | 'taken by another account';

export interface DemoRoute {
  readonly to: string;
  /** `to-<destination>` where left out. */
  readonly id?: string;
  readonly prefix?: string;
  readonly tag?: { readonly Key: string; readonly Value: string };
  /** Written as version 1 has it: a Prefix and no Filter. All rules of a bucket, or none. */
  readonly version1?: true;
  readonly storageClass?: 'STANDARD_IA' | 'ONEZONE_IA' | 'GLACIER_IR' | 'DEEP_ARCHIVE';
  readonly disabled?: true;
  readonly metricsOff?: true;
  /** What CloudWatch was told two hours before: operations that failed, and seconds behind. */
  readonly measured?: { readonly failedOperations?: number; readonly latency?: number };
  readonly timeControl?: true;
  readonly deleteMarkers?: true;
  /** The opt-in for SSE-KMS objects, with this key for their replicas; where it does not say otherwise, one of the destination's account and Region. */
  readonly replicaKey?: ReplicaKey;
  /** What is changed on replicas goes back to their originals. */
  readonly modificationSync?: true;
  /** Replicas are to belong to the owner of the destination. */
  readonly ownerOverride?: true;
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

/** A bucket's lifecycle, in days. */
export interface DemoLifecycle {
  readonly expire?: number;
  /** Into DEEP_ARCHIVE. */
  readonly archive?: number;
  /** Noncurrent versions. */
  readonly expireNoncurrent?: number;
}

export interface DemoBucket {
  readonly name: string;
  readonly account: AccountName;
  readonly region: string;
  readonly unversioned?: true;
  /** A number: the days for which it locks every new object, in COMPLIANCE mode unless `governance`. */
  readonly objectLock?: true | number;
  readonly governance?: true;
  readonly encryption?: Encryption;
  readonly ownership?: 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly blocksSseC?: true;
  readonly tags?: Readonly<Record<string, string>>;
  readonly lifecycle?: DemoLifecycle;
  /** Whom S3 tells of failed replication: a topic where left out. */
  readonly failureEvents?: 'nobody' | { readonly prefix: string };
  /** The bucket of its access logs. */
  readonly logsInto?: string;
  /** A weekly inventory of all versions with their replication status, into this bucket. */
  readonly inventoryInto?: string;
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
