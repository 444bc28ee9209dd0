/**
 * Whether roles can run a job of S3 Batch Replication.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html
 */
import { takesAction } from './statement.ts';
import { decide } from '../../src/iam/decide.ts';
import { isMalformed, parsePolicy, type Kind, type Malformed, type Policy } from '../../src/iam/policy.ts';
import { onBucket, onObjects, type Place, type Replicator } from '../../src/iam/replication.ts';
import type { Layers, Request } from '../../src/iam/request.ts';
import { mayAssume } from '../../src/iam/trust.ts';
import type { PolicyDocument, PolicyLevels, RoleWithPolicies } from '../../src/model/aws.ts';
import type { BucketRef, Observed, ReplicationRule } from '../../src/rule.ts';

/** S3 Batch Operations, as trust policies name it. */
export const service = 'batchoperations.s3.amazonaws.com';
export const initiate = 's3:InitiateReplication';

/** What a job would be about. */
export interface Job {
  readonly source: BucketRef & { readonly policy: Observed<string | null> };
  readonly sourceAccount: {
    readonly organization: string | null;
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
  const { Filter, Prefix } = job.rule;
  const place = placeOf(job);
  const replicator = replicatorOf(role, place);
  const layers = layersOf(role, job);
  const asked = (request: Request): Asked => ({
    action: request.action,
    outcome: decide(request, layers).outcome,
  });
  const prefix = Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '';
  const generated = ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'].map((action) =>
    asked(onBucket(replicator, place, action)),
  );
  // A manifest of one's own does not have to be generated.
  const ownManifest = ['s3:GetObject', 's3:GetObjectVersion'].every((action) => somewhere(role, action));
  const all = [asked(onObjects(replicator, place, initiate, prefix)), ...(ownManifest ? [] : generated)];
  const named = (wanted: (outcome: Asked['outcome']) => boolean): readonly string[] =>
    all.filter(({ outcome }) => wanted(outcome)).map(({ action }) => action);
  return {
    role,
    lacks: [
      ...named((outcome) => outcome !== 'allowed' && outcome !== 'undetermined'),
      ...(somewhere(role, 's3:PutObject') ? [] : ['s3:PutObject']),
    ],
    open: named((outcome) => outcome === 'undetermined'),
  };
}

interface Asked {
  readonly action: string;
  readonly outcome: ReturnType<typeof decide>['outcome'];
}

/** Whether the role's own policies allow an action in some bucket: which one manifest and report will be in nobody knows. */
function somewhere({ Policies: { Inline, Attached, Boundary } }: RoleWithPolicies, action: string): boolean {
  const allows = (documents: readonly PolicyDocument[]): boolean =>
    documents
      .map((document) => parsed(document, 'identity'))
      .flatMap((policy) => (isMalformed(policy) ? [] : policy.statements))
      .some((statement) => statement.effect === 'Allow' && takesAction(statement, action));
  return allows([...Inline, ...Attached]) && (Boundary === null || allows([Boundary]));
}

function placeOf({ source, sourceAccount: { organization } }: Job): Place {
  const { arn, account, region } = source;
  return { arn, account, region, organization: organization === null ? 'unknown' : { id: organization } };
}

function replicatorOf({ Arn, Tags }: RoleWithPolicies, { account, organization }: Place): Replicator {
  return {
    arn: Arn,
    account,
    organization,
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  };
}

/** All that AWS weighs when the role, which is in the source's account, asks something of the source. */
function layersOf({ Policies: { Inline, Attached, Boundary } }: RoleWithPolicies, job: Job): Layers {
  const { source, sourceAccount } = job;
  return {
    identity: [...Inline, ...Attached].map((document) => parsed(document, 'identity')),
    boundary: Boundary === null ? null : parsed(Boundary, 'identity'),
    serviceControl: levels(sourceAccount.serviceControlPolicies, 'identity'),
    resourceControl: levels(sourceAccount.resourceControlPolicies, 'resource'),
    resource: !source.policy.known
      ? 'unread'
      : source.policy.value === null
        ? null
        : parsePolicy(source.policy.value, source.name, 'resource'),
    grants: [],
  };
}

function levels(read: Observed<PolicyLevels | null>, kind: Kind): Layers['serviceControl'] {
  if (!read.known) return 'unread';
  return (read.value ?? []).map((level) => level.map((document) => parsed(document, kind)));
}

function parsed({ Name, Document }: PolicyDocument, kind: Kind): Policy | Malformed {
  return parsePolicy(Document, Name, kind);
}
