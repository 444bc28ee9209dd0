/** Which buckets something is about. What is given must all hold; within a list one is enough. */
export interface Selector {
  /** Tag key → value, or a pattern with `*`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Bucket names, or patterns with `*`. */
  readonly buckets?: readonly string[];
  readonly accounts?: readonly string[];
  /** OU ids, or paths of names from the root (`Root/Workloads`); what lies below is taken too. */
  readonly ous?: readonly string[];
  readonly regions?: readonly string[];
}
