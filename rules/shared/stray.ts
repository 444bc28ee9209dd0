/** Buckets that a role may write into, though no replication rule of its source leads there. */
import { bucketName } from '../../src/arn.ts';
import type { Policy, Statement } from '../../src/iam/policy.ts';
import type { ReplicationConfiguration } from '../../src/model/aws.ts';

/** The right to write replicas. */
export const writing = 's3:ReplicateObject';
/** Policies are asked for actions in lower case. */
const asked = writing.toLowerCase();

/** A bucket that a statement lets the role write into, though no replication rule leads there. */
export interface Stray {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly bucket: string;
}

interface Source {
  readonly name: string;
  readonly replication: ReplicationConfiguration | null;
}

/** The first; of a Deny it is not asked how far it reaches. */
export function strayOf(own: readonly Policy[], { name, replication }: Source): Stray | null {
  if (own.some((policy) => policy.about(asked).some(({ effect }) => effect === 'Deny'))) return null;
  // A rule that is switched off may be switched on again.
  const rules = replication?.Rules ?? [];
  const meant = new Set([name, ...rules.map(({ Destination }) => bucketName(Destination.Bucket))]);
  for (const policy of own)
    for (const statement of policy.about(asked)) {
      const stray = bucketsOf(statement).find((bucket) => !meant.has(bucket));
      if (stray !== undefined) return { policy, statement, bucket: stray };
    }
  return null;
}

const named = /^arn:[^:]*:s3:::([a-z0-9.-]+)\/.*$/;

/** The buckets that the statement names, without wildcards, and lets be written into. */
function bucketsOf({ effect, resource }: Statement): readonly string[] {
  if (effect !== 'Allow' || resource === null || resource.negated) return [];
  return resource.templates.flatMap(({ text }) => named.exec(text)?.[1] ?? []);
}
