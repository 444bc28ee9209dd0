/** What the replication roles of the demo may do. */
import { policy } from './document.ts';

/** How a role's permissions differ from the usual ones. */
export interface Permissions {
  /** Actions that were left out. */
  readonly without?: readonly string[];
  /** Whose configuration it may read. */
  readonly configurationOf?: string;
  /** Which versions it may read. */
  readonly versionsOf?: string;
  /** Objects that it may write besides those of the company. */
  readonly writes?: readonly string[];
  /** What it may do with keys. */
  readonly keys?: readonly Allowed[];
}

/** Of the source, of its versions, and of what belongs to them. */
export const readConfiguration = ['s3:GetReplicationConfiguration', 's3:ListBucket'];
export const readVersions = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl'];
export const readMore = [
  's3:GetObjectVersionTagging',
  's3:GetObjectVersionAnnotationForReplication',
  's3:GetObjectRetention',
  's3:GetObjectLegalHold',
];

const write = [
  's3:ReplicateObject',
  's3:ReplicateDelete',
  's3:ReplicateTags',
  's3:ObjectOwnerOverrideToBucketOwner',
];

/** Keys may be used, all or those of a Region. */
export function useKeys(Resource = '*'): Allowed {
  return { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], Resource };
}

/** Keys of a Region may decrypt what carries one of these encryption contexts. */
export function decryptFor(Resource: string, contexts: readonly string[]): Allowed {
  const Condition = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': contexts } };
  return { Effect: 'Allow', Action: ['kms:Decrypt'], Resource, Condition };
}

interface Allowed {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** What a replication role needs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export function replicationPermissions({
  without = [],
  configurationOf = 'arn:aws:s3:::acme-*',
  versionsOf = 'arn:aws:s3:::acme-*/*',
  writes = [],
  keys = [useKeys()],
}: Permissions = {}): string {
  const statements = [
    allow(readConfiguration, configurationOf),
    allow(readVersions, versionsOf),
    allow(readMore, 'arn:aws:s3:::acme-*/*'),
    allow(write, ['arn:aws:s3:::acme-*/*', ...writes]),
    ...keys,
  ];
  return policy(...lacking(statements, without));
}

/** What a batch job's role needs where S3 makes the manifest: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html */
export function batchPermissions({ without = [] }: Pick<Permissions, 'without'> = {}): string {
  const source = ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'];
  const statements = [
    allow(['s3:InitiateReplication'], 'arn:aws:s3:::acme-*/*'),
    allow(source, 'arn:aws:s3:::acme-*'),
    allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], 'arn:aws:s3:::acme-*/batch/*'),
  ];
  return policy(...lacking(statements, without));
}

function allow(Action: readonly string[], Resource: Allowed['Resource']): Allowed {
  return { Effect: 'Allow', Action, Resource };
}

/** IAM takes no statement without an action. */
function lacking(statements: readonly Allowed[], without: readonly string[]): readonly Allowed[] {
  return statements
    .map((one) => ({ ...one, Action: one.Action.filter((name) => !without.includes(name)) }))
    .filter(({ Action }) => Action.length > 0);
}

/** Convenient, and far too much. */
export const everything = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, useKeys());

/** What teams may at most give their roles. */
export const boundaries = {
  // From before there was replication.
  TeamBoundary: policy({
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*', 's3:Put*', 'kms:*'],
    Resource: '*',
  }),
  ReplicatingTeamBoundary: policy({
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*', 's3:Put*', 's3:Replicate*', 'kms:*'],
    Resource: '*',
  }),
} as const;
