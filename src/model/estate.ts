/** The estate: what was observed of an organization, as the lines of a snapshot. */
import type { ReplicationRule } from './aws.ts';
import type {
  AccountFacts,
  BucketFacts,
  Cause,
  DestinationFacts,
  KeyFacts,
  ObjectFacts,
  ObservedFacts,
  RoleFacts,
} from './facts.ts';

/** An account as Organizations lists it. */
export interface AccountIdentity {
  readonly id: string;
  readonly name: string;
  /** ACTIVE, PENDING_CLOSURE, SUSPENDED, … */
  readonly state: string;
  /** The OU's path of names from the root (`Root/Security`), or null where it was not asked for. */
  readonly ou: string | null;
  /** The same path in ids (`r-ab12/ou-ab12-cd34ef56`). */
  readonly ouId: string | null;
}

/** How an account's reading went. */
export type AccountStatus =
  | { readonly status: 'scanned' }
  | { readonly status: 'unreadable'; readonly causes: readonly Cause[] }
  /** Left out by the configuration, or in a state in which nobody can read it. */
  | { readonly status: 'skipped'; readonly why: string };

export type Account = AccountIdentity & AccountStatus;

/** The accounts to choose from, and what of the organization is known. */
export interface Membership {
  readonly id: string | null;
  /** The management account, which no policy of the organization limits. */
  readonly management: string | null;
  readonly accounts: readonly AccountIdentity[];
  /** The types of policy that the root has enabled, none where there is no organization; null where that is not known. */
  readonly policyTypes: readonly string[] | null;
  /** Why nobody knows where in the organization an account stands; null where that is known. */
  readonly unitsUnknown: Cause | null;
}

/** A bucket, with what wave one or two read of it. */
export interface BucketLine {
  readonly kind: 'bucket';
  readonly name: string;
  readonly account: string;
  /** Null where AWS told it nowhere. */
  readonly region: string | null;
  readonly facts: ObservedFacts<BucketFacts>;
}

/** A destination that no scanned account owns, with how it answered. */
export interface StrangerLine {
  readonly kind: 'stranger';
  readonly name: string;
  readonly region: string | null;
  readonly facts: ObservedFacts<DestinationFacts>;
}

export interface RoleLine {
  readonly kind: 'role';
  readonly arn: string;
  readonly facts: ObservedFacts<RoleFacts>;
}

/** The buckets that replicate under one role: how many, and the first few names. */
export interface RoleSources {
  readonly count: number;
  readonly first: readonly string[];
}

/** A KMS key as a bucket or a replication rule names it. */
export interface KeyRef {
  /** An ARN, a key id, or an alias, as it was given; `alias/aws/s3` where S3 chooses. */
  readonly id: string;
  /** Where it is looked for: as its ARN says, else the account and Region of the bucket that it encrypts. */
  readonly account: string;
  readonly region: string;
}

export interface KeyLine extends KeyRef {
  readonly kind: 'key';
  readonly facts: ObservedFacts<KeyFacts>;
}

export interface AccountRef {
  readonly id: string;
  /** Null where Organizations could not say. */
  readonly organization: string | null;
}

/** What holds for an account as a whole. */
export interface AccountLine {
  readonly kind: 'account';
  readonly id: string;
  readonly facts: ObservedFacts<AccountFacts>;
}

/** What two listings and CloudWatch said of a route's objects. */
export interface ObjectsLine {
  readonly kind: 'objects';
  readonly source: string;
  /** Where the replication rule stands in the configuration, from 0. */
  readonly index: number;
  readonly facts: ObservedFacts<ObjectFacts>;
}

/** A line of wave two's files. */
export type EndLine = BucketLine | StrangerLine | RoleLine | KeyLine | AccountLine | ObjectsLine;

/** One enabled replication rule's way from a source bucket to a destination bucket. */
export interface Route {
  readonly source: BucketRef;
  readonly destination: DestinationRef;
  readonly rule: ReplicationRule;
  /** Where the rule stands in the source's configuration, from 0. */
  readonly index: number;
  /** The ARN of the role that S3 assumes. */
  readonly role: string;
}

/** Which bucket this is. */
export interface BucketRef {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string | null;
}

/** Which bucket a route points to; `account` is null where no scanned account owns it. */
export interface DestinationRef {
  readonly name: string;
  readonly arn: string;
  readonly account: string | null;
  readonly region: string | null;
}

/** What is known of the organization as a whole. */
export interface Organization {
  /** Null where the caller's account is in none, or may not ask. */
  readonly id: string | null;
  readonly partition: string;
  /** The calling account and identity. */
  readonly caller: { readonly account: string; readonly arn: string };
  readonly accounts: readonly Account[];
}

/** A snapshot as it is read: what was observed, a line a resource, accounts and buckets in order. */
export interface Snapshot {
  readonly manifest: Manifest;
  /** A bucket that is known is not read: wave two's line of a route's end holds wave one's facts too. */
  readonly buckets: (known?: KnownBucket) => Iterable<BucketLine>;
  readonly ends: () => Ends;
}

/** Wave two's lines. They stay on disk, and may be read again: the ends of a large organization do not fit in memory. */
export interface Ends extends Iterable<EndLine> {
  /** Of each line what can be told without reading it. */
  readonly heads: () => Iterable<Head>;
  /** The line whose head came so many after the first. */
  readonly again: (at: number) => EndLine;
}

/** A bucket by its name, where it is known. */
export type KnownBucket = (name: string) => BucketLine | undefined;

/** What stands before a line of wave two, so that most need be read only when they are judged by. */
export interface Head {
  readonly kind: EndLine['kind'];
  /** By what it is looked up; of a bucket its name, of others with their kind before it. */
  readonly name: string;
  /** How many of its facts are known. */
  readonly known: number;
  /** Some are not: the line says why. */
  readonly open?: true;
  /** Of a bucket that replicates: the role, and the destinations of its enabled rules. */
  readonly role?: string;
  readonly to?: readonly string[];
  /** Of a route's objects: how they were compared, where they were. */
  readonly compared?: 'exact' | 'sampled';
}

/** `manifest.json`: what a snapshot is, written last of all. */
export interface Manifest {
  readonly format: number;
  readonly replint: string;
  /** SHA-256 of what was asked for: facts, limits, accounts. */
  readonly configuration: string;
  readonly started: string;
  readonly finished: string;
  readonly organization: Organization;
  /** The facts that were asked for, by what they are of. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
}
