/** The facts: what can be known of each kind of thing, and what it means to have observed one. */
import type {
  EncryptionConfiguration,
  IntelligentTiering,
  InventoryConfiguration,
  KeyDescription,
  KeyGrant,
  LifecycleConfiguration,
  Logging,
  NotificationConfiguration,
  ObjectLockConfiguration,
  OwnershipControls,
  PolicyLevels,
  PolicyStatus,
  PublicAccessBlock,
  Region,
  ReplicationConfiguration,
  RequestPayment,
  RoleDefinition,
  RolePolicies,
  RoleWithPolicies,
  Tag,
  Versioning,
} from './aws.ts';

/** Facts of a bucket. `null`: AWS answered "not configured". */
export interface BucketFacts {
  readonly replication: ReplicationConfiguration | null;
  readonly encryption: EncryptionConfiguration | null;
  readonly versioning: Versioning | null;
  readonly objectLock: ObjectLockConfiguration | null;
  readonly requestPayment: RequestPayment;
  readonly lifecycle: LifecycleConfiguration | null;
  readonly intelligentTiering: readonly IntelligentTiering[];
  readonly inventory: readonly InventoryConfiguration[];
  readonly notification: NotificationConfiguration;
  readonly logging: Logging | null;
  readonly tagging: readonly Tag[] | null;
  readonly ownershipControls: OwnershipControls | null;
  /** The bucket policy's text. */
  readonly policy: string | null;
  readonly policyStatus: PolicyStatus | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
}

/** Facts of a bucket at the far end of a route: it may be nobody's whom we can ask. */
export interface DestinationFacts extends BucketFacts {
  readonly presence: Presence;
}

/** How a destination answered HeadBucket; 200 without a call where an account's list names it. */
export interface Presence {
  readonly status: 200 | 403 | 404;
}

/** Facts of the IAM role that S3 assumes to replicate. */
export interface RoleFacts {
  readonly definition: RoleDefinition | null;
  /** Null where there is no such role. */
  readonly policies: RolePolicies | null;
}

/** Facts of a KMS key; null throughout where there is no such key. */
export interface KeyFacts {
  readonly description: KeyDescription | null;
  /** The key policy's text. */
  readonly policy: string | null;
  readonly grants: readonly KeyGrant[] | null;
}

/** Facts of an account as a whole. */
export interface AccountFacts {
  /** Null: it is in no organization, that has not enabled the type, or it is the management account, which none limits. */
  readonly serviceControlPolicies: PolicyLevels | null;
  readonly resourceControlPolicies: PolicyLevels | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
  /** Which Regions the account may use. */
  readonly regions: readonly Region[];
  /** The roles whose trust policies speak of S3 Batch Operations, whether they trust it or not. */
  readonly batchRoles: readonly RoleWithPolicies[];
}

/** Facts of the objects on a route. */
export interface ObjectFacts {
  readonly backfill: Backfill;
  /** Null: CloudWatch has no datapoint, which is not zero. Read where the replication rule has metrics. */
  readonly failedOperations: FailedOperations | null;
  /** Null: CloudWatch has no datapoint of either metric. Read where the replication rule has metrics. */
  readonly lag: Lag | null;
}

/** The 24 hours before the scan, from a full hour on, as they were asked for. */
interface Span {
  /** ISO 8601, inclusive. */
  readonly from: string;
  /** ISO 8601, exclusive: when it was asked. */
  readonly to: string;
}

/**
 * OperationsFailedReplication, in the source's Region: the Sum of each hour, added up. Sum is what AWS has the metric read by; a
 * day, so that a nightly job is in it. S3 publishes it only where something is replicated, and counts Batch Replication's too.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html#s3-cloudwatch-replication-metrics
 */
export interface FailedOperations extends Span {
  readonly sum: number;
  /** Hours that have a datapoint. */
  readonly datapoints: number;
}

/** ReplicationLatency and BytesPendingReplication, in the destination's Region; Max is what AWS has both read by. */
export interface Lag extends Span {
  /** Seconds by which the destination is behind. */
  readonly latency: Peak | null;
  readonly pendingBytes: Peak | null;
}

/** A metric over hours, each told by its Maximum. */
export interface Peak {
  readonly maximum: number;
  /** That of the last hour that has a datapoint. */
  readonly latest: number;
  /** Hours that have a datapoint. */
  readonly datapoints: number;
}

/**
 * Two listings held side by side: which versions of the source have no counterpart of the same key and version id at the
 * destination. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export interface Backfill {
  /** Versions of the source that were looked for at the destination; `missing` and `pending` are among them. */
  readonly compared: number;
  /** Old enough to have been replicated, and not there. */
  readonly missing: number;
  /** Not there, but younger than `pendingMinutes`. */
  readonly pending: number;
  readonly pendingMinutes: number;
  /** Versions that replication leaves out: delete markers that do not replicate, archived classes. Not among `compared`. */
  readonly ineligible: number;
  /** Whether every version that the filter takes was looked at; otherwise pages spread over the key space were. */
  readonly exact: boolean;
  /** The first missing versions, five at most. */
  readonly examples: readonly { readonly key: string; readonly versionId: string }[];
}

/** Why a fact is unknown. `undetermined`: every fact was read, and AWS's documentation leaves open what follows. */
export type Reason =
  'access-denied' | 'throttled' | 'failed' | 'outside-organization' | 'not-collected' | 'undetermined';

/** One reason for one unknown. */
export interface Cause {
  readonly reason: Reason;
  /** The call that did not answer, as IAM names services: `s3:GetBucketVersioning`. Absent where none was made. */
  readonly call?: string;
  /** The account whose credentials made the call, or would have. */
  readonly account?: string;
  /** One sentence. */
  readonly detail: string;
}

/** A fact that was read. */
export interface Known<T> {
  readonly known: true;
  readonly value: T;
  /** The account whose credentials read it. */
  readonly account: string;
  /** When, ISO 8601. */
  readonly at: string;
}

/** A fact that could not be read. */
export interface Unknown {
  readonly known: false;
  readonly causes: readonly Cause[];
}

export type Observed<T> = Known<T> | Unknown;

/** The facts of a thing as they were observed; one that is absent was not asked for. */
export type ObservedFacts<F> = { readonly [K in keyof F]?: Observed<F[K]> };
