/** The catalogue, by id. */
import archivedBeforeBackfill from './archived-before-backfill.ts';
import backfillUnobservable from './backfill-unobservable.ts';
import bucketKeyLostAtDestination from './bucket-key-lost-at-destination.ts';
import bucketKeyOff from './bucket-key-off.ts';
import bucketKeyWithDsse from './bucket-key-with-dsse.ts';
import defaultKeyAlias from './default-key-alias.ts';
import deletesReachUnlockedReplica from './deletes-reach-unlocked-replica.ts';
import destinationBlocksSseC from './destination-blocks-sse-c.ts';
import destinationKmsDefaultIgnored from './destination-kms-default-ignored.ts';
import destinationMissing from './destination-missing.ts';
import destinationNameClaimable from './destination-name-claimable.ts';
import destinationObjectLockMissing from './destination-object-lock-missing.ts';
import destinationOutsideOrganization from './destination-outside-organization.ts';
import destinationPolicyPrincipalMismatch from './destination-policy-principal-mismatch.ts';
import destinationPublic from './destination-public.ts';
import destinationRegionDisabled from './destination-region-disabled.ts';
import destinationRequesterPays from './destination-requester-pays.ts';
import destinationUnverifiable from './destination-unverifiable.ts';
import destinationVersioningOff from './destination-versioning-off.ts';
import expirationNotMirrored from './expiration-not-mirrored.ts';
import failureEventsOff from './failure-events-off.ts';
import keyPolicyNetworkCondition from './key-policy-network-condition.ts';
import kmsObjectsNotSelected from './kms-objects-not-selected.ts';
import lifecycleMismatch from './lifecycle-mismatch.ts';
import loggingLoop from './logging-loop.ts';
import networkConditionBlocksRole from './network-condition-blocks-role.ts';
import noncurrentVersionsKeptForever from './noncurrent-versions-kept-forever.ts';
import objectLockRequired from './object-lock-required.ts';
import objectWriterOwnership from './object-writer-ownership.ts';
import objectsNotBackfilled from './objects-not-backfilled.ts';
import oneWayModificationSync from './one-way-modification-sync.ts';
import ownerOverrideInSameAccount from './owner-override-in-same-account.ts';
import regionNotAllowed from './region-not-allowed.ts';
import replicaInSameAccount from './replica-in-same-account.ts';
import replicaInSameRegion from './replica-in-same-region.ts';
import replicaKeyAlias from './replica-key-alias.ts';
import replicaKeyAwsManaged from './replica-key-aws-managed.ts';
import replicaKeyInSourceAccount from './replica-key-in-source-account.ts';
import replicaKeyRegionMismatch from './replica-key-region-mismatch.ts';
import replicaKeyUnusable from './replica-key-unusable.ts';
import replicaKeyWrongType from './replica-key-wrong-type.ts';
import replicasOwnedBySource from './replicas-owned-by-source.ts';
import replicationChain from './replication-chain.ts';
import replicationDisabled from './replication-disabled.ts';
import replicationMetricsOff from './replication-metrics-off.ts';
import replicationRequired from './replication-required.ts';
import replicationTimeControlRequired from './replication-time-control-required.ts';
import roleInOtherAccount from './role-in-other-account.ts';
import roleMissing from './role-missing.ts';
import roleNotTrustingS3 from './role-not-trusting-s3.ts';
import roleOverbroad from './role-overbroad.ts';
import roleTrustUnscoped from './role-trust-unscoped.ts';
import sourceKeyUnusable from './source-key-unusable.ts';
import sourceVersioningOff from './source-versioning-off.ts';
import versioningRequired from './versioning-required.ts';
import type { Rule } from '../src/rule.ts';

/** Every rule that replint brings, sorted by id. */
export const rules: readonly Rule[] = [
  archivedBeforeBackfill,
  backfillUnobservable,
  bucketKeyLostAtDestination,
  bucketKeyOff,
  bucketKeyWithDsse,
  defaultKeyAlias,
  deletesReachUnlockedReplica,
  destinationBlocksSseC,
  destinationKmsDefaultIgnored,
  destinationMissing,
  destinationNameClaimable,
  destinationObjectLockMissing,
  destinationOutsideOrganization,
  destinationPolicyPrincipalMismatch,
  destinationPublic,
  destinationRegionDisabled,
  destinationRequesterPays,
  destinationUnverifiable,
  destinationVersioningOff,
  expirationNotMirrored,
  failureEventsOff,
  keyPolicyNetworkCondition,
  kmsObjectsNotSelected,
  lifecycleMismatch,
  loggingLoop,
  networkConditionBlocksRole,
  noncurrentVersionsKeptForever,
  objectLockRequired,
  objectWriterOwnership,
  objectsNotBackfilled,
  oneWayModificationSync,
  ownerOverrideInSameAccount,
  regionNotAllowed,
  replicaInSameAccount,
  replicaInSameRegion,
  replicaKeyAlias,
  replicaKeyAwsManaged,
  replicaKeyInSourceAccount,
  replicaKeyRegionMismatch,
  replicaKeyUnusable,
  replicaKeyWrongType,
  replicasOwnedBySource,
  replicationChain,
  replicationDisabled,
  replicationMetricsOff,
  replicationRequired,
  replicationTimeControlRequired,
  roleInOtherAccount,
  roleMissing,
  roleNotTrustingS3,
  roleOverbroad,
  roleTrustUnscoped,
  sourceKeyUnusable,
  sourceVersioningOff,
  versioningRequired,
];
