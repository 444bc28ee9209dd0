/**
 * The state of the sandbox: one AWS Organization, held in memory.
 *
 * The stores keep what a client wrote as it was written (an S3 sub-resource as its XML, a policy as its text),
 * so that a read gives it back whole. Nothing here judges: the sandbox must not share the scanner's judgement.
 */

/** Everything the sandbox knows. */
export interface World {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** The Region of the management account's administrator, and of global services. */
  readonly region: string;
  readonly managementAccount: string;
  /** Now; tests may turn it. */
  now: () => Date;
  organization: Organization | null;
  /** By account id, the management account among them. */
  readonly accounts: Map<string, Account>;
  /** By bucket name: names are global within a partition. */
  readonly buckets: Map<string, Bucket>;
  /** By access key id. */
  readonly credentials: Map<string, Credential>;
  /** CloudWatch's data points, in the order in which they were put. */
  readonly metrics: MetricPoint[];
  /** A counter from which ids are made, so that the same writes give the same world. */
  nextId: number;
}

export interface MetricPoint {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  /** `Name=value` of each dimension, sorted and joined by commas: two metrics are one when all dimensions are equal. */
  readonly dimensions: string;
  readonly at: Date;
  readonly value: number;
}

export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only temporary credentials have one. */
  readonly sessionToken: string | null;
  readonly expires: Date | null;
  readonly caller: Caller;
}

/** Who signs a request. */
export interface Caller {
  readonly account: string;
  /** `arn:aws:iam::…:user/admin` or `arn:aws:sts::…:assumed-role/name/session`. */
  readonly arn: string;
  readonly userId: string;
  /** The assumed role's ARN, with its path; null is the management account's administrator, who may do everything in his account. */
  readonly role: string | null;
  readonly sessionName: string | null;
}

export interface Organization {
  readonly id: string;
  readonly rootId: string;
  /** By OU id. */
  readonly units: Map<string, { readonly id: string; readonly name: string; readonly parent: string }>;
  /** Account id → the root's or an OU's id. */
  readonly parents: Map<string, string>;
  /** By policy id: service and resource control policies. */
  readonly policies: Map<string, OrganizationPolicy>;
  /** Target (root, OU, account) id → policy ids. */
  readonly attachments: Map<string, Set<string>>;
  /** Policy types that the root has enabled. */
  readonly policyTypes: Set<string>;
  /** CreateAccount's request id → what came of it: an account, or null where it failed. */
  readonly accountRequests: Map<
    string,
    { readonly name: string; readonly account: string | null; readonly at: Date }
  >;
  /** Account id → the service principals for which it is a delegated administrator, and since when. */
  readonly delegated: Map<string, Map<string, Date>>;
}

export interface OrganizationPolicy {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly awsManaged: boolean;
  readonly content: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly joined: Date;
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE, … as Organizations' `State`. */
  state: string;
  /** By role name (names are unique in an account whatever the path). */
  readonly roles: Map<string, Role>;
  /** Customer managed policies, by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** By key id. */
  readonly keys: Map<string, Key>;
  /** `alias/name` with its Region before it (`eu-west-1/alias/name`) → key id. */
  readonly aliases: Map<string, string>;
  /** Region → its opt-in status where it differs from the Region's default. */
  readonly regions: Map<string, string>;
  /** The account's S3 public access block, as S3 Control's XML. */
  publicAccessBlock: string | null;
}

export interface Role {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly created: Date;
  readonly description: string | null;
  /** MaxSessionDuration, in seconds. */
  readonly maxSession: number;
  /** The trust policy's text. */
  trust: string;
  boundary: string | null;
  /** Name → the policy's text. */
  readonly inline: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
  /** Key → value; keys differ whatever their case. */
  readonly tags: Map<string, string>;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly created: Date;
  /** Version id (`v1`) → text. */
  readonly versions: Map<string, string>;
  defaultVersion: string;
}

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly created: Date;
  readonly description: string;
  readonly spec: string;
  readonly usage: string;
  readonly multiRegion: boolean;
  /** CUSTOMER or AWS. */
  readonly manager: string;
  state: string;
  deletion: Date | null;
  policy: string;
  readonly grants: Map<string, Record<string, unknown>>;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  /** Whether Object Lock was asked for at creation. */
  objectLockAtCreation: boolean;
  /**
   * What was put, by sub-resource as it stands in the query string (`replication`, `encryption`, `policy`, …): the
   * document as it came. Sub-resources with an `id` (inventory, intelligent-tiering) are keyed `inventory/<id>`.
   */
  readonly documents: Map<string, string>;
  /** Sorted by key, and the newest version of a key first. */
  versions: ObjectVersion[];
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly created: Date;
  readonly size: number;
  readonly etag: string;
  readonly storageClass: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** PENDING, COMPLETED, FAILED, REPLICA, or null: never taken by a rule. */
  replicationStatus: string | null;
}
