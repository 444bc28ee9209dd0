/** The catalogue, by id. */
import archivedBeforeBackfill from './archived-before-backfill.ts';
import archivedReplicas from './archived-replicas.ts';
import backfillUnobservable from './backfill-unobservable.ts';
import batchRoleUnready from './batch-role-unready.ts';
import bucketKeyLostAtDestination from './bucket-key-lost-at-destination.ts';
import bucketKeyOff from './bucket-key-off.ts';
import bucketKeyWithDsse from './bucket-key-with-dsse.ts';
import conflictingOverlap from './conflicting-overlap.ts';
import coverageGap from './coverage-gap.ts';
import defaultKeyAlias from './default-key-alias.ts';
import deletesReachUnlockedReplica from './deletes-reach-unlocked-replica.ts';
import destinationAccountMismatch from './destination-account-mismatch.ts';
import destinationBlocksSseC from './destination-blocks-sse-c.ts';
import destinationCountNearQuota from './destination-count-near-quota.ts';
import destinationIsSource from './destination-is-source.ts';
import destinationKmsDefaultIgnored from './destination-kms-default-ignored.ts';
import destinationMissing from './destination-missing.ts';
import destinationNameClaimable from './destination-name-claimable.ts';
import destinationNotGeneralPurpose from './destination-not-general-purpose.ts';
import destinationObjectLockMissing from './destination-object-lock-missing.ts';
import destinationOutsideOrganization from './destination-outside-organization.ts';
import destinationPartitionMismatch from './destination-partition-mismatch.ts';
import destinationPolicyMissing from './destination-policy-missing.ts';
import destinationPolicyPrincipalMismatch from './destination-policy-principal-mismatch.ts';
import destinationPublic from './destination-public.ts';
import destinationRegionDisabled from './destination-region-disabled.ts';
import destinationRequesterPays from './destination-requester-pays.ts';
import destinationUnverifiable from './destination-unverifiable.ts';
import destinationVersioningOff from './destination-versioning-off.ts';
import duplicatePriority from './duplicate-priority.ts';
import duplicateRule from './duplicate-rule.ts';
import duplicateRuleId from './duplicate-rule-id.ts';
import encryptionContextKeyTypo from './encryption-context-key-typo.ts';
import encryptionContextWithoutBucketArn from './encryption-context-without-bucket-arn.ts';
import encryptionContextWithoutObjectArn from './encryption-context-without-object-arn.ts';
import existingObjectFlag from './existing-object-flag.ts';
import expirationNotMirrored from './expiration-not-mirrored.ts';
import failureEventsOff from './failure-events-off.ts';
import incompleteReplicationTimeControl from './incomplete-replication-time-control.ts';
import incompleteV2Rule from './incomplete-v2-rule.ts';
import invalidReplicaStorageClass from './invalid-replica-storage-class.ts';
import keyPolicyNetworkCondition from './key-policy-network-condition.ts';
import kmsObjectsNotSelected from './kms-objects-not-selected.ts';
import kmsSelectorMismatch from './kms-selector-mismatch.ts';
import kmsViaServiceMismatch from './kms-via-service-mismatch.ts';
import legacyConfiguration from './legacy-configuration.ts';
import lifecycleMismatch from './lifecycle-mismatch.ts';
import loggingLoop from './logging-loop.ts';
import mixedConfigurationVersions from './mixed-configuration-versions.ts';
import networkConditionBlocksRole from './network-condition-blocks-role.ts';
import noncurrentVersionsKeptForever from './noncurrent-versions-kept-forever.ts';
import objectLockRequired from './object-lock-required.ts';
import objectWriterOwnership from './object-writer-ownership.ts';
import objectsNotBackfilled from './objects-not-backfilled.ts';
import oneWayModificationSync from './one-way-modification-sync.ts';
import ownerOverrideInSameAccount from './owner-override-in-same-account.ts';
import prefixWithoutDelimiter from './prefix-without-delimiter.ts';
import regionNotAllowed from './region-not-allowed.ts';
import replicaInSameAccount from './replica-in-same-account.ts';
import replicaInSameRegion from './replica-in-same-region.ts';
import replicaKeyAlias from './replica-key-alias.ts';
import replicaKeyAwsManaged from './replica-key-aws-managed.ts';
import replicaKeyInSourceAccount from './replica-key-in-source-account.ts';
import replicaKeyPolicyMissing from './replica-key-policy-missing.ts';
import replicaKeyRegionMismatch from './replica-key-region-mismatch.ts';
import replicaKeyUnusable from './replica-key-unusable.ts';
import replicaKeyWrongType from './replica-key-wrong-type.ts';
import replicasOwnedBySource from './replicas-owned-by-source.ts';
import replicationChain from './replication-chain.ts';
import replicationDisabled from './replication-disabled.ts';
import replicationFailing from './replication-failing.ts';
import replicationLagging from './replication-lagging.ts';
import replicationMetricsOff from './replication-metrics-off.ts';
import replicationRequired from './replication-required.ts';
import replicationRuleDisabled from './replication-rule-disabled.ts';
import replicationTimeControlRequired from './replication-time-control-required.ts';
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
import roleShared from './role-shared.ts';
import roleTrustConditionMismatch from './role-trust-condition-mismatch.ts';
import roleTrustUnscoped from './role-trust-unscoped.ts';
import ruleCountNearQuota from './rule-count-near-quota.ts';
import shadowedRule from './shadowed-rule.ts';
import sourceKeyUnusable from './source-key-unusable.ts';
import sourceVersioningOff from './source-versioning-off.ts';
import suspiciousPrefix from './suspicious-prefix.ts';
import tagFilterWithDeleteMarkers from './tag-filter-with-delete-markers.ts';
import tagOnlyCoverage from './tag-only-coverage.ts';
import unexpectedReplicaRetention from './unexpected-replica-retention.ts';
import versioningRequired from './versioning-required.ts';
import weakReplicaStorageClass from './weak-replica-storage-class.ts';
import weakerSourceRetention from './weaker-source-retention.ts';
import { withControls } from './frameworks/index.ts';
import type { Rule } from '../src/rule.ts';

/** Every rule that replint brings, sorted by id. */
export const rules: readonly Rule[] = [
  archivedBeforeBackfill,
  archivedReplicas,
  backfillUnobservable,
  batchRoleUnready,
  bucketKeyLostAtDestination,
  bucketKeyOff,
  bucketKeyWithDsse,
  conflictingOverlap,
  coverageGap,
  defaultKeyAlias,
  deletesReachUnlockedReplica,
  destinationAccountMismatch,
  destinationBlocksSseC,
  destinationCountNearQuota,
  destinationIsSource,
  destinationKmsDefaultIgnored,
  destinationMissing,
  destinationNameClaimable,
  destinationNotGeneralPurpose,
  destinationObjectLockMissing,
  destinationOutsideOrganization,
  destinationPartitionMismatch,
  destinationPolicyMissing,
  destinationPolicyPrincipalMismatch,
  destinationPublic,
  destinationRegionDisabled,
  destinationRequesterPays,
  destinationUnverifiable,
  destinationVersioningOff,
  duplicatePriority,
  duplicateRule,
  duplicateRuleId,
  encryptionContextKeyTypo,
  encryptionContextWithoutBucketArn,
  encryptionContextWithoutObjectArn,
  existingObjectFlag,
  expirationNotMirrored,
  failureEventsOff,
  incompleteReplicationTimeControl,
  incompleteV2Rule,
  invalidReplicaStorageClass,
  keyPolicyNetworkCondition,
  kmsObjectsNotSelected,
  kmsSelectorMismatch,
  kmsViaServiceMismatch,
  legacyConfiguration,
  lifecycleMismatch,
  loggingLoop,
  mixedConfigurationVersions,
  networkConditionBlocksRole,
  noncurrentVersionsKeptForever,
  objectLockRequired,
  objectWriterOwnership,
  objectsNotBackfilled,
  oneWayModificationSync,
  ownerOverrideInSameAccount,
  prefixWithoutDelimiter,
  regionNotAllowed,
  replicaInSameAccount,
  replicaInSameRegion,
  replicaKeyAlias,
  replicaKeyAwsManaged,
  replicaKeyInSourceAccount,
  replicaKeyPolicyMissing,
  replicaKeyRegionMismatch,
  replicaKeyUnusable,
  replicaKeyWrongType,
  replicasOwnedBySource,
  replicationChain,
  replicationDisabled,
  replicationFailing,
  replicationLagging,
  replicationMetricsOff,
  replicationRequired,
  replicationRuleDisabled,
  replicationTimeControlRequired,
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
  roleShared,
  roleTrustConditionMismatch,
  roleTrustUnscoped,
  ruleCountNearQuota,
  shadowedRule,
  sourceKeyUnusable,
  sourceVersioningOff,
  suspiciousPrefix,
  tagFilterWithDeleteMarkers,
  tagOnlyCoverage,
  unexpectedReplicaRetention,
  versioningRequired,
  weakReplicaStorageClass,
  weakerSourceRetention,
].map(withControls);
