/**
 * What AWS answers, in AWS's own names, reduced to what the rules read. A reader copies the answer as it is; members that
 * AWS documents as required were checked by the reader, so an answer without them is *unknown*, never half a value.
 */

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html */
export interface ReplicationConfiguration {
  readonly Role: string;
  readonly Rules: readonly ReplicationRule[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html */
export interface ReplicationRule {
  readonly ID?: string | undefined;
  readonly Priority?: number | undefined;
  /** V1 only, deprecated by AWS. */
  readonly Prefix?: string | undefined;
  /** Absent: V1. `{}`: V2, all objects. */
  readonly Filter?: ReplicationRuleFilter | undefined;
  readonly Status: string;
  readonly SourceSelectionCriteria?: SourceSelectionCriteria | undefined;
  readonly ExistingObjectReplication?: { readonly Status?: string | undefined } | undefined;
  readonly Destination: ReplicationDestination;
  readonly DeleteMarkerReplication?: { readonly Status?: string | undefined } | undefined;
}

export interface ReplicationRuleFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly And?:
    { readonly Prefix?: string | undefined; readonly Tags?: readonly Tag[] | undefined } | undefined;
}

export interface SourceSelectionCriteria {
  readonly SseKmsEncryptedObjects?: { readonly Status?: string | undefined } | undefined;
  readonly ReplicaModifications?: { readonly Status?: string | undefined } | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Destination.html */
export interface ReplicationDestination {
  readonly Bucket: string;
  readonly Account?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly AccessControlTranslation?: { readonly Owner?: string | undefined } | undefined;
  readonly EncryptionConfiguration?: { readonly ReplicaKmsKeyID?: string | undefined } | undefined;
  readonly ReplicationTime?:
    | {
        readonly Status?: string | undefined;
        readonly Time?: { readonly Minutes?: number | undefined } | undefined;
      }
    | undefined;
  readonly Metrics?:
    | {
        readonly Status?: string | undefined;
        readonly EventThreshold?: { readonly Minutes?: number | undefined } | undefined;
      }
    | undefined;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html */
export interface EncryptionConfiguration {
  readonly Rules: readonly EncryptionRule[];
}

export interface EncryptionRule {
  readonly ApplyServerSideEncryptionByDefault?:
    { readonly SSEAlgorithm?: string | undefined; readonly KMSMasterKeyID?: string | undefined } | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly BlockedEncryptionTypes?: { readonly EncryptionType?: readonly string[] | undefined } | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export interface Versioning {
  readonly Status: string;
  readonly MFADelete?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ObjectLockConfiguration.html */
export interface ObjectLockConfiguration {
  readonly ObjectLockEnabled?: string | undefined;
  readonly Rule?:
    | {
        readonly DefaultRetention?:
          | {
              readonly Mode?: string | undefined;
              readonly Days?: number | undefined;
              readonly Years?: number | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export interface RequestPayment {
  readonly Payer: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html, as far as it says that objects expire. */
export interface LifecycleConfiguration {
  readonly Rules: readonly LifecycleRule[];
}

export interface LifecycleRule {
  readonly ID?: string | undefined;
  readonly Status: string;
  readonly Expiration?:
    | {
        readonly Days?: number | undefined;
        readonly Date?: string | undefined;
        readonly ExpiredObjectDeleteMarker?: boolean | undefined;
      }
    | undefined;
  readonly NoncurrentVersionExpiration?:
    | { readonly NoncurrentDays?: number | undefined; readonly NewerNoncurrentVersions?: number | undefined }
    | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_OwnershipControls.html */
export interface OwnershipControls {
  readonly Rules: readonly { readonly ObjectOwnership: string }[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PolicyStatus.html */
export interface PolicyStatus {
  readonly IsPublic: boolean;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
export interface RoleDefinition {
  readonly Arn: string;
  /** The trust policy's text, URL-decoded. */
  readonly AssumeRolePolicyDocument: string;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string } | undefined;
  /** None where AWS sends no list: `aws:PrincipalTag` in a condition is about these. */
  readonly Tags: readonly Tag[];
}

/** A policy's text, and the name or ARN by which its account knows it. */
export interface PolicyDocument {
  readonly Name: string;
  readonly Document: string;
}

/** All that IAM attaches to a role. */
export interface RolePolicies {
  readonly Inline: readonly PolicyDocument[];
  readonly Attached: readonly PolicyDocument[];
  readonly Boundary: PolicyDocument | null;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export interface KeyDescription {
  readonly Arn: string;
  readonly KeyState: string;
  readonly KeySpec: string;
  readonly KeyUsage: string;
  /** AWS or CUSTOMER. */
  readonly KeyManager: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export interface KeyGrant {
  readonly GrantId: string;
  readonly GranteePrincipal: string;
  readonly Operations: readonly string[];
  readonly Constraints?:
    | {
        readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
        readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}

/** Policies of the organization on the way from the root to an account, a list a level; the account's own last. */
export type PolicyLevels = readonly (readonly PolicyDocument[])[];
