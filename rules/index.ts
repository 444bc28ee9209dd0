/** The catalogue, by id. */
import bucketKeyLostAtDestination from './bucket-key-lost-at-destination.ts';
import bucketKeyOff from './bucket-key-off.ts';
import bucketKeyWithDsse from './bucket-key-with-dsse.ts';
import defaultKeyAlias from './default-key-alias.ts';
import destinationBlocksSseC from './destination-blocks-sse-c.ts';
import destinationKmsDefaultIgnored from './destination-kms-default-ignored.ts';
import destinationMissing from './destination-missing.ts';
import destinationNameClaimable from './destination-name-claimable.ts';
import destinationObjectLockMissing from './destination-object-lock-missing.ts';
import destinationOutsideOrganization from './destination-outside-organization.ts';
import destinationPolicyMissing from './destination-policy-missing.ts';
import destinationPolicyPrincipalMismatch from './destination-policy-principal-mismatch.ts';
import destinationPublic from './destination-public.ts';
import destinationRequesterPays from './destination-requester-pays.ts';
import destinationUnverifiable from './destination-unverifiable.ts';
import destinationVersioningOff from './destination-versioning-off.ts';
import encryptionContextKeyTypo from './encryption-context-key-typo.ts';
import encryptionContextWithoutBucketArn from './encryption-context-without-bucket-arn.ts';
import encryptionContextWithoutObjectArn from './encryption-context-without-object-arn.ts';
import keyPolicyNetworkCondition from './key-policy-network-condition.ts';
import kmsObjectsNotSelected from './kms-objects-not-selected.ts';
import kmsViaServiceMismatch from './kms-via-service-mismatch.ts';
import networkConditionBlocksRole from './network-condition-blocks-role.ts';
import objectWriterOwnership from './object-writer-ownership.ts';
import objectsNotBackfilled from './objects-not-backfilled.ts';
import ownerOverrideInSameAccount from './owner-override-in-same-account.ts';
import replicaKeyAlias from './replica-key-alias.ts';
import replicaKeyAwsManaged from './replica-key-aws-managed.ts';
import replicaKeyInSourceAccount from './replica-key-in-source-account.ts';
import replicaKeyPolicyMissing from './replica-key-policy-missing.ts';
import replicaKeyRegionMismatch from './replica-key-region-mismatch.ts';
import replicaKeyUnusable from './replica-key-unusable.ts';
import replicaKeyWrongType from './replica-key-wrong-type.ts';
import replicasOwnedBySource from './replicas-owned-by-source.ts';
import replicationDisabled from './replication-disabled.ts';
import replicationMetricsOff from './replication-metrics-off.ts';
import replicationRequired from './replication-required.ts';
import retentionDeniedByPolicy from './retention-denied-by-policy.ts';
import roleCannotChangeOwner from './role-cannot-change-owner.ts';
import roleCannotDecryptBucketKey from './role-cannot-decrypt-bucket-key.ts';
import roleCannotDecryptSource from './role-cannot-decrypt-source.ts';
import roleCannotEncryptReplica from './role-cannot-encrypt-replica.ts';
import roleCannotReadAnnotations from './role-cannot-read-annotations.ts';
import roleCannotReadRetention from './role-cannot-read-retention.ts';
import roleCannotReadSourceConfiguration from './role-cannot-read-source-configuration.ts';
import roleCannotReadSourceObjects from './role-cannot-read-source-objects.ts';
import roleCannotReadTags from './role-cannot-read-tags.ts';
import roleCannotReplicate from './role-cannot-replicate.ts';
import roleCannotReplicateDeletes from './role-cannot-replicate-deletes.ts';
import roleInOtherAccount from './role-in-other-account.ts';
import roleMissing from './role-missing.ts';
import roleNotTrustingS3 from './role-not-trusting-s3.ts';
import roleOverbroad from './role-overbroad.ts';
import roleTrustConditionMismatch from './role-trust-condition-mismatch.ts';
import roleTrustUnscoped from './role-trust-unscoped.ts';
import sourceKeyUnusable from './source-key-unusable.ts';
import sourceVersioningOff from './source-versioning-off.ts';
import type { Rule } from '../src/rule.ts';

/** Every rule that replint brings, sorted by id. */
export const rules: readonly Rule[] = [
  bucketKeyLostAtDestination,
  bucketKeyOff,
  bucketKeyWithDsse,
  defaultKeyAlias,
  destinationBlocksSseC,
  destinationKmsDefaultIgnored,
  destinationMissing,
  destinationNameClaimable,
  destinationObjectLockMissing,
  destinationOutsideOrganization,
  destinationPolicyMissing,
  destinationPolicyPrincipalMismatch,
  destinationPublic,
  destinationRequesterPays,
  destinationUnverifiable,
  destinationVersioningOff,
  encryptionContextKeyTypo,
  encryptionContextWithoutBucketArn,
  encryptionContextWithoutObjectArn,
  keyPolicyNetworkCondition,
  kmsObjectsNotSelected,
  kmsViaServiceMismatch,
  networkConditionBlocksRole,
  objectWriterOwnership,
  objectsNotBackfilled,
  ownerOverrideInSameAccount,
  replicaKeyAlias,
  replicaKeyAwsManaged,
  replicaKeyInSourceAccount,
  replicaKeyPolicyMissing,
  replicaKeyRegionMismatch,
  replicaKeyUnusable,
  replicaKeyWrongType,
  replicasOwnedBySource,
  replicationDisabled,
  replicationMetricsOff,
  replicationRequired,
  retentionDeniedByPolicy,
  roleCannotChangeOwner,
  roleCannotDecryptBucketKey,
  roleCannotDecryptSource,
  roleCannotEncryptReplica,
  roleCannotReadAnnotations,
  roleCannotReadRetention,
  roleCannotReadSourceConfiguration,
  roleCannotReadSourceObjects,
  roleCannotReadTags,
  roleCannotReplicate,
  roleCannotReplicateDeletes,
  roleInOtherAccount,
  roleMissing,
  roleNotTrustingS3,
  roleOverbroad,
  roleTrustConditionMismatch,
  roleTrustUnscoped,
  sourceKeyUnusable,
  sourceVersioningOff,
];
