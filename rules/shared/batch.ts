/**
 * Whether roles can run a job of S3 Batch Replication.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html
 */
import { takesAction } from './statement.ts';
import { askBucket, askObjects, isRefused } from '../permission/answer.ts';
import { sourceBucket } from '../permission/places.ts';
import { filterSet } from '../../src/filter.ts';
import { isMalformed, type Malformed } from '../../src/iam/policy.ts';
import { ofDocument } from '../../src/iam/remembered.ts';
import { mayAssume } from '../../src/iam/trust.ts';
import type { PolicyDocument, PolicyLevels, RoleWithPolicies } from '../../src/model/aws.ts';
import type { AccountRef } from '../../src/model/estate.ts';
import type { BucketRef, Observed, ReplicationRule } from '../../src/rule.ts';

/** S3 Batch Operations, as trust policies name it. */
export const service = 'batchoperations.s3.amazonaws.com';
export const initiate = 's3:InitiateReplication';

/** What a job would be about. */
export interface Job {
  readonly source: BucketRef & { readonly policy: Observed<string | null> };
  readonly sourceAccount: AccountRef & {
    readonly serviceControlPolicies: Observed<PolicyLevels | null>;
    readonly resourceControlPolicies: Observed<PolicyLevels | null>;
  };
  readonly rule: ReplicationRule;
}

/** A role that the service may assume. */
export interface Ready {
  readonly role: RoleWithPolicies;
  /** What it surely may not do. */
  readonly lacks: readonly string[];
  /** What nobody can say. */
  readonly open: readonly string[];
  /** The policy of it that is none. */
  readonly malformed: Malformed | null;
}

/** Judges the roles that the service may assume; a trust policy that IAM would not have taken trusts nobody. */
export function readiness(roles: readonly RoleWithPolicies[], job: Job): readonly Ready[] {
  return roles
    .filter((role) => mayAssume(role.AssumeRolePolicyDocument, service) === 'yes')
    .map((role) => ready(role, job));
}

/** The role that lacks the fewest; null where there is none. */
export function nearestOf(judged: readonly Ready[]): Ready | null {
  return judged.toSorted((a, b) => a.lacks.length - b.lacks.length)[0] ?? null;
}

function ready(role: RoleWithPolicies, job: Job): Ready {
  const { source, sourceAccount } = job;
  const { Arn, Policies } = role;
  const target = sourceBucket({
    role: { arn: Arn, account: source.account, definition: role, policies: Policies },
    roleAccount: sourceAccount,
    source,
    sourceAccount,
  });
  // A manifest of one's own does not have to be generated.
  const ownManifest = ['s3:GetObject', 's3:GetObjectVersion'].every((action) => somewhere(role, action));
  const answers =
    target === null
      ? []
      : [
          askObjects(target, initiate, filterSet(job.rule).prefix),
          ...(ownManifest ? [] : generating.map((action) => askBucket(target, action))),
        ];
  const open = answers.filter(({ decision }) => decision.outcome === 'undetermined');
  const report = somewhere(role, 's3:PutObject') ? [] : ['s3:PutObject'];
  // What a malformed policy allows nobody can say.
  const malformed = policiesOf(role).find(isMalformed) ?? null;
  return {
    role,
    lacks: [...answers.filter(isRefused).map(({ action }) => action), ...(malformed === null ? report : [])],
    open: [...open.map(({ action }) => action), ...(malformed === null ? [] : report)],
    malformed,
  };
}

const generating = ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'];

function policiesOf({ Policies: { Inline, Attached, Boundary } }: RoleWithPolicies) {
  const documents = [...Inline, ...Attached, ...(Boundary === null ? [] : [Boundary])];
  return documents.map((document) => ofDocument(document, 'identity'));
}

/** Whether the role's own policies allow an action in some bucket: which one manifest and report will be in nobody knows. */
function somewhere({ Policies: { Inline, Attached, Boundary } }: RoleWithPolicies, action: string): boolean {
  const allows = (documents: readonly PolicyDocument[]): boolean =>
    documents
      .map((document) => ofDocument(document, 'identity'))
      .flatMap((policy) => (isMalformed(policy) ? [] : policy.statements))
      .some((statement) => statement.effect === 'Allow' && takesAction(statement, action));
  return allows([...Inline, ...Attached]) && (Boundary === null || allows([Boundary]));
}
