/** The contract of a rule: all that a rule file imports. */
import type { ReplicationConfiguration, ReplicationRule, Tag } from './model/aws.ts';
import type { AccountRef, BucketRef, DestinationRef, KeyRef, RoleSources, Route } from './model/estate.ts';
import type {
  AccountFacts,
  BucketFacts,
  Cause,
  DestinationFacts,
  KeyFacts,
  ObjectFacts,
  Observed,
  RoleFacts,
  Unknown,
} from './model/facts.ts';
import type { FailureReason } from './model/failures.ts';
import type { Fix, Severity } from './model/finding.ts';

export { hcl, sh, yamlString } from './quote.ts';
export type { BucketRef, DestinationRef, FailureReason, Observed, ReplicationRule, Route, Severity, Tag };

/** What a rule is about: every bucket, every bucket with an enabled replication rule, or every route. */
export type Scope = 'bucket' | 'source' | 'route';

/** The things whose facts a rule of each scope may need. */
export interface Reach {
  readonly bucket: { readonly bucket: BucketFacts };
  readonly source: SourceReach;
  readonly route: SourceReach & {
    readonly destination: DestinationFacts;
    readonly destinationAccount: AccountFacts;
    /** The key that the replication rule names for replicas; a rule that needs it does not apply where none is named. */
    readonly replicaKey: KeyFacts;
    readonly replicaKeyAccount: AccountFacts;
    readonly objects: ObjectFacts;
  };
}

interface SourceReach {
  readonly source: BucketFacts;
  readonly sourceAccount: AccountFacts;
  readonly role: RoleFacts;
  readonly roleAccount: AccountFacts;
  /** The key of the default encryption; a rule that needs it does not apply where that is not SSE-KMS. */
  readonly sourceKey: KeyFacts;
  readonly sourceKeyAccount: AccountFacts;
}

interface RoleRef {
  readonly arn: string;
  readonly account: string;
  /** The buckets that replicate under it, as far as they were read. */
  readonly sources: RoleSources;
}

/** What is known of a thing without asking: it comes with every rule. */
interface Identity {
  readonly bucket: BucketRef;
  readonly source: BucketRef;
  readonly destination: DestinationRef;
  readonly role: RoleRef;
  readonly objects: unknown;
  readonly sourceKey: KeyRef;
  readonly replicaKey: KeyRef;
  readonly sourceAccount: AccountRef;
  readonly roleAccount: AccountRef;
  readonly destinationAccount: AccountRef;
  readonly sourceKeyAccount: AccountRef;
  readonly replicaKeyAccount: AccountRef;
}

/** The facts that a rule declares, by what they are of. */
export type Needs<S extends Scope> = {
  readonly [E in keyof Reach[S]]?: readonly (keyof Reach[S][E])[];
};

/** What a rule may want besides: of a bucket or a source also facts of each route's destination, which come with `routes`. */
export type Wants<S extends Scope> = Needs<S> &
  (S extends 'route' ? unknown : { readonly destinations?: readonly (keyof DestinationFacts)[] });

type Named<N, E> = E extends keyof N ? (N[E] extends readonly (infer K)[] ? K : never) : never;

type Things<S extends Scope, N, W> = {
  readonly [E in keyof Reach[S] & keyof Identity]: Identity[E] &
    Pick<Reach[S][E], Named<N, E> & keyof Reach[S][E]> & {
      readonly [K in Named<W, E> & keyof Reach[S][E]]: Observed<Reach[S][E][K]>;
    };
};

/** A route with the wanted facts of its destination, as they were observed. */
type RouteWith<W> = Omit<Route, 'destination'> & {
  readonly destination: DestinationRef & {
    readonly [K in Named<W, 'destinations'> & keyof DestinationFacts]: Observed<DestinationFacts[K]>;
  };
};

/** What `evaluate` receives: the declared facts and nothing else. */
export type View<S extends Scope, N, W> = Things<S, N, W> & {
  /** Of a route rule: its route. */
  readonly route: S extends 'route' ? Route : never;
  /** All enabled routes out of the bucket. */
  readonly routes: readonly RouteWith<W>[];
  /** All enabled routes out of the destination, for a route rule that needs `destination.replication`: else they may be unknown. */
  readonly onward: S extends 'route'
    ? 'replication' extends Named<N, 'destination'>
      ? readonly Route[]
      : never
    : never;
  /** Of a bucket rule: whether some route ends here. */
  readonly isDestination: boolean;
  readonly organization: {
    /** Whether every account that Organizations lists told its buckets: only then is a stranger a stranger. */
    readonly everyAccountListed: boolean;
    /** The ids that Organizations lists; null where it could not be asked, or there is none. */
    readonly members: readonly string[] | null;
  };
};

/** Where a failure shows: a declared fact, with a JSON pointer into AWS's answer after `#` where that helps. */
type Place<S extends Scope, N> = {
  [
    E in keyof N & (keyof Reach[S] | 'destinations') & string
  ]: `${E}.${Named<N, E> & string}${'' | `#/${string}`}`;
}[keyof N & (keyof Reach[S] | 'destinations') & string];

type ReplicationPlace<S extends Scope> = S extends 'bucket'
  ? never
  : `source.replication${'' | `#/${string}`}`;

export interface Fail<P extends string = string> {
  readonly outcome: 'fail';
  /** What will happen, why and where, in plain text; the first sentence carries the fact. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** What it rests on; left out, all that the rule needs. */
  readonly at?: readonly P[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

/**
 * `undetermined`: every fact is there, and what AWS documents does not decide; the reason is a sentence. `unknown`: it turned
 * out that a wanted fact was needed after all.
 */
export type Verdict<P extends string = string> =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'notApplicable' }
  | { readonly outcome: 'undetermined'; readonly why: string }
  | { readonly outcome: 'unknown'; readonly causes: readonly Cause[] }
  | Fail<P>;

export const pass: Verdict<never> = { outcome: 'pass' };
export const notApplicable: Verdict<never> = { outcome: 'notApplicable' };
/** Every fact was read, and still nobody can say. */
export const undetermined = (why: string): Verdict<never> => ({ outcome: 'undetermined', why });
/** A wanted fact that is unknown, and without which the rule cannot judge this case. */
export const unknown = ({ causes }: Unknown): Verdict<never> => ({ outcome: 'unknown', causes });
/** A failure: what, against what was expected. */
export const fail = <const P extends string = never>(found: Omit<Fail<P>, 'outcome'>): Fail<P> => ({
  outcome: 'fail',
  ...found,
});

/** What to type against a failure. */
export interface Remedy extends Omit<Fix, 'text'> {
  /** Where one of the three languages is left out: why nothing can be typed in it, a sentence that the fix ends with. */
  readonly untyped?: string;
}

/** What differs from a healthy pair of buckets in two accounts and Regions; for examples and tests. */
export interface Situation {
  /** The source bucket, or the bucket, as AWS describes it. */
  readonly source?: Partial<BucketFacts> & { readonly region?: string };
  readonly destination?: Partial<DestinationFacts> & {
    readonly region?: string | null;
    /** Null: no scanned account owns it. */
    readonly account?: string | null;
  };
  readonly role?: Partial<RoleFacts>;
  /** The key of the source's default encryption; there where the source's encryption names SSE-KMS. */
  readonly sourceKey?: Partial<KeyFacts>;
  /** The key for replicas; there where the replication rule names one. */
  readonly replicaKey?: Partial<KeyFacts>;
  /** By account id. */
  readonly accounts?: Readonly<Record<string, Partial<AccountFacts>>>;
  readonly objects?: Partial<ObjectFacts>;
  /** Members of the only replication rule. */
  readonly replicationRule?: Partial<ReplicationRule>;
  /** More buckets of scanned accounts: for routes to them, and for what they replicate themselves. */
  readonly buckets?: readonly {
    readonly name: string;
    readonly account: string;
    readonly region: string;
    readonly replication?: ReplicationConfiguration;
  }[];
  readonly everyAccountListed?: boolean;
  readonly options?: unknown;
}

export interface Definition<S extends Scope, N, W, O> {
  /** The file's name; never changes its meaning once released. */
  readonly id: string;
  /** What is wrong where it fires, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly scope: S;
  /** Off until a policy of the configuration asks for it. */
  readonly policy?: true;
  /** Not in the preset `recommended`: most estates would find it noisy, or what it reads is charged for. */
  readonly recommended?: false;
  /** AWS refuses such a configuration when it is put: it is met in templates and plans, not in a live bucket. */
  readonly lint?: true;
  /** Why it matters: what will happen. */
  readonly why: string;
  /** How to mend it. */
  readonly fix: string;
  /** AWS's page on which it rests, below docs.aws.amazon.com; `judgement` where none does. */
  readonly page: string;
  /** The reasons that AWS would give for the objects. */
  readonly predicts?: readonly FailureReason[];
  /** Controls of frameworks: `AWS-SecurityHub/S3.14`. Each framework is a preset. */
  readonly controls?: readonly string[];
  /** The facts without which it cannot judge: where one is unknown, the engine says unknown. */
  readonly needs: N;
  /** Facts that it can do without; handed over as they were observed. */
  readonly wants?: W;
  /** What the configuration may set, with its JSON Schema. */
  readonly options?: { readonly schema: object; readonly defaults: O };
  /** Pure and synchronous. */
  readonly evaluate: (
    view: View<S, N, W>,
    options: O,
  ) => Verdict<Place<S, NoInfer<N>> | Place<S, NoInfer<W>> | ReplicationPlace<S>>;
  /** What to type; asked for failures only. */
  readonly remedy?: (view: View<S, N, W>, options: O) => Remedy;
  /** Shown on the rule's page and executed by the tests. */
  readonly examples: { readonly bad: Situation; readonly good: Situation };
}

/** The facts of a rule by name, once the compiler has checked them. */
type Checked = 'needs' | 'wants' | 'evaluate' | 'remedy';

/** A rule as the engine holds it: its facts are checked where it is defined. */
export interface Rule extends Omit<Definition<Scope, object, object, unknown>, Checked> {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly wants?: Readonly<Record<string, readonly string[]>>;
  readonly evaluate: (view: never, options: never) => Verdict;
  readonly remedy?: (view: never, options: never) => Remedy;
}

/** Defines a rule; the compiler holds it to the facts that it declares. */
export function defineRule<
  const S extends Scope,
  const N extends Needs<S>,
  const W extends Wants<S> | null = null,
  O = undefined,
>(definition: Definition<S, N, W, O>): Rule {
  // The engine hands over exactly what `needs` and `wants` declare, so the types that checked them may be let go here.
  return definition as unknown as Rule;
}
