/**
 * Which call tells each fact, which IAM action allows it, and which answer means "not configured".
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 *
 * The types hold it together: a fact that is missing here does not compile, and neither does a nullable fact that lacks
 * the answer that makes it `null`.
 */
import type {
  AccountFacts,
  BucketFacts,
  DestinationFacts,
  KeyFacts,
  ObjectFacts,
  RoleFacts,
} from './model/facts.ts';

/** The calls that need not name a fact: who we are, which accounts there are, which buckets they have. */
export const surveyCalls = {
  'sts:GetCallerIdentity': null,
  'sts:AssumeRole': 'sts:AssumeRole',
  'organizations:ListAccounts': 'organizations:ListAccounts',
  'organizations:ListRoots': 'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent': 'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent': 'organizations:ListAccountsForParent',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
} as const;

/** Where AWS answers without an error that nothing is set. */
export const emptyAnswer = '(an empty answer)';

/** What tells a fact. */
export interface Told {
  /** The operation, as IAM names its service. */
  readonly call: `${string}:${string}`;
  /** The IAM action that allows it. */
  readonly action: `${string}:${string}`;
  /** Further calls that the fact takes, with their actions. */
  readonly also?: readonly { readonly call: `${string}:${string}`; readonly action: `${string}:${string}` }[];
  /** The error code, or {@link emptyAnswer}, that means "not configured". */
  readonly absent?: string;
}

/** A nullable fact must say which answer makes it `null`; another must not. */
type Telling<T> = Told & (null extends T ? { readonly absent: string } : { readonly absent?: never });

export type Tellings<F> = { readonly [K in keyof F]: Telling<F[K]> };

const bucket: Tellings<BucketFacts> = {
  replication: {
    call: 's3:GetBucketReplication',
    action: 's3:GetReplicationConfiguration',
    absent: 'ReplicationConfigurationNotFoundError',
  },
  encryption: {
    call: 's3:GetBucketEncryption',
    action: 's3:GetEncryptionConfiguration',
    absent: 'ServerSideEncryptionConfigurationNotFoundError',
  },
  versioning: { call: 's3:GetBucketVersioning', action: 's3:GetBucketVersioning', absent: emptyAnswer },
  objectLock: {
    call: 's3:GetObjectLockConfiguration',
    action: 's3:GetBucketObjectLockConfiguration',
    absent: 'ObjectLockConfigurationNotFoundError',
  },
  requestPayment: { call: 's3:GetBucketRequestPayment', action: 's3:GetBucketRequestPayment' },
  lifecycle: {
    call: 's3:GetBucketLifecycleConfiguration',
    action: 's3:GetLifecycleConfiguration',
    absent: 'NoSuchLifecycleConfiguration',
  },
  intelligentTiering: {
    call: 's3:ListBucketIntelligentTieringConfigurations',
    action: 's3:GetIntelligentTieringConfiguration',
  },
  inventory: { call: 's3:ListBucketInventoryConfigurations', action: 's3:GetInventoryConfiguration' },
  notification: { call: 's3:GetBucketNotificationConfiguration', action: 's3:GetBucketNotification' },
  // What a log target must not have stands in the target's own configuration.
  logging: {
    call: 's3:GetBucketLogging',
    action: 's3:GetBucketLogging',
    also: [
      { call: 's3:GetObjectLockConfiguration', action: 's3:GetBucketObjectLockConfiguration' },
      { call: 's3:GetBucketEncryption', action: 's3:GetEncryptionConfiguration' },
    ],
    absent: emptyAnswer,
  },
  tagging: { call: 's3:GetBucketTagging', action: 's3:GetBucketTagging', absent: 'NoSuchTagSet' },
  ownershipControls: {
    call: 's3:GetBucketOwnershipControls',
    action: 's3:GetBucketOwnershipControls',
    absent: 'OwnershipControlsNotFoundError',
  },
  policy: { call: 's3:GetBucketPolicy', action: 's3:GetBucketPolicy', absent: 'NoSuchBucketPolicy' },
  policyStatus: {
    call: 's3:GetBucketPolicyStatus',
    action: 's3:GetBucketPolicyStatus',
    absent: 'NoSuchBucketPolicy',
  },
  publicAccessBlock: {
    call: 's3:GetPublicAccessBlock',
    action: 's3:GetBucketPublicAccessBlock',
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
};

const destination: Tellings<DestinationFacts> = {
  ...bucket,
  presence: { call: 's3:HeadBucket', action: 's3:ListBucket' },
};

const policiesOfRole = [
  { call: 'iam:ListRolePolicies', action: 'iam:ListRolePolicies' },
  { call: 'iam:GetRolePolicy', action: 'iam:GetRolePolicy' },
  { call: 'iam:GetPolicy', action: 'iam:GetPolicy' },
  { call: 'iam:GetPolicyVersion', action: 'iam:GetPolicyVersion' },
] as const;

const role: Tellings<RoleFacts> = {
  definition: { call: 'iam:GetRole', action: 'iam:GetRole', absent: 'NoSuchEntity' },
  policies: {
    call: 'iam:ListAttachedRolePolicies',
    action: 'iam:ListAttachedRolePolicies',
    also: policiesOfRole,
    absent: 'NoSuchEntity',
  },
};

const objects: Tellings<ObjectFacts> = {
  backfill: { call: 's3:ListObjectVersions', action: 's3:ListBucketVersions' },
  failedOperations: {
    call: 'cloudwatch:GetMetricData',
    action: 'cloudwatch:GetMetricData',
    absent: emptyAnswer,
  },
  lag: { call: 'cloudwatch:GetMetricData', action: 'cloudwatch:GetMetricData', absent: emptyAnswer },
};

/** KMS answers NotFound for a key that is not there; a key of another account that is not there is AccessDenied. */
const key: Tellings<KeyFacts> = {
  description: { call: 'kms:DescribeKey', action: 'kms:DescribeKey', absent: 'NotFound' },
  policy: { call: 'kms:GetKeyPolicy', action: 'kms:GetKeyPolicy', absent: 'NotFound' },
  grants: { call: 'kms:ListGrants', action: 'kms:ListGrants', absent: 'NotFound' },
};

const policiesOfAccount = [
  { call: 'organizations:ListPolicies', action: 'organizations:ListPolicies' },
  { call: 'organizations:ListTargetsForPolicy', action: 'organizations:ListTargetsForPolicy' },
  { call: 'organizations:DescribePolicy', action: 'organizations:DescribePolicy' },
] as const;

const account: Tellings<AccountFacts> = {
  serviceControlPolicies: {
    call: 'organizations:ListPoliciesForTarget',
    action: 'organizations:ListPoliciesForTarget',
    also: policiesOfAccount,
    absent: 'AWSOrganizationsNotInUse',
  },
  resourceControlPolicies: {
    call: 'organizations:ListPoliciesForTarget',
    action: 'organizations:ListPoliciesForTarget',
    also: policiesOfAccount,
    absent: 'AWSOrganizationsNotInUse',
  },
  publicAccessBlock: {
    call: 's3control:GetPublicAccessBlock',
    action: 's3:GetAccountPublicAccessBlock',
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
  regions: { call: 'account:ListRegions', action: 'account:ListRegions' },
  batchRoles: {
    call: 'iam:ListRoles',
    action: 'iam:ListRoles',
    also: [
      { call: 'iam:GetRole', action: 'iam:GetRole' },
      { call: 'iam:ListAttachedRolePolicies', action: 'iam:ListAttachedRolePolicies' },
      ...policiesOfRole,
    ],
  },
};

/** By what they are of, as a rule's `needs` names it. */
export const tellings = {
  bucket,
  source: bucket,
  destination,
  destinations: destination,
  role,
  objects,
  sourceKey: key,
  replicaKey: key,
  sourceAccount: account,
  roleAccount: account,
  destinationAccount: account,
  sourceKeyAccount: account,
  replicaKeyAccount: account,
};

/** What a fact can be of. */
export type End = keyof typeof tellings;

/** The call and action that tell a fact; throws where there is no such fact, which the types of a rule forbid. */
export function tellingOf(end: End, fact: string): Told {
  const known: Readonly<Record<string, Told | undefined>> = tellings[end];
  const telling = known[fact];
  if (!telling) throw new Error(`No call tells the fact '${end}.${fact}'.`);
  return telling;
}
