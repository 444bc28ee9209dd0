/** The catalogue, by id. */
import batchRoleUnready from './batch-role-unready.ts';
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
import destinationPolicyPrincipalMismatch from './destination-policy-principal-mismatch.ts';
import destinationPublic from './destination-public.ts';
import destinationRequesterPays from './destination-requester-pays.ts';
import destinationUnverifiable from './destination-unverifiable.ts';
import destinationVersioningOff from './destination-versioning-off.ts';
import keyPolicyNetworkCondition from './key-policy-network-condition.ts';
import kmsObjectsNotSelected from './kms-objects-not-selected.ts';
import networkConditionBlocksRole from './network-condition-blocks-role.ts';
import objectWriterOwnership from './object-writer-ownership.ts';
import objectsNotBackfilled from './objects-not-backfilled.ts';
import ownerOverrideInSameAccount from './owner-override-in-same-account.ts';
import replicaKeyAlias from './replica-key-alias.ts';
import replicaKeyAwsManaged from './replica-key-aws-managed.ts';
import replicaKeyInSourceAccount from './replica-key-in-source-account.ts';
import replicaKeyRegionMismatch from './replica-key-region-mismatch.ts';
import replicaKeyUnusable from './replica-key-unusable.ts';
import replicaKeyWrongType from './replica-key-wrong-type.ts';
import replicasOwnedBySource from './replicas-owned-by-source.ts';
import replicationDisabled from './replication-disabled.ts';
import replicationMetricsOff from './replication-metrics-off.ts';
import replicationRequired from './replication-required.ts';
import roleInOtherAccount from './role-in-other-account.ts';
import roleMissing from './role-missing.ts';
import roleNotTrustingS3 from './role-not-trusting-s3.ts';
import roleOverbroad from './role-overbroad.ts';
import roleShared from './role-shared.ts';
import roleTrustUnscoped from './role-trust-unscoped.ts';
import sourceKeyUnusable from './source-key-unusable.ts';
import sourceVersioningOff from './source-versioning-off.ts';
import type { Rule } from '../src/rule.ts';

/** Every rule that replint brings, sorted by id. */
export const rules: readonly Rule[] = [
  batchRoleUnready,
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
  destinationPolicyPrincipalMismatch,
  destinationPublic,
  destinationRequesterPays,
  destinationUnverifiable,
  destinationVersioningOff,
  keyPolicyNetworkCondition,
  kmsObjectsNotSelected,
  networkConditionBlocksRole,
  objectWriterOwnership,
  objectsNotBackfilled,
  ownerOverrideInSameAccount,
  replicaKeyAlias,
  replicaKeyAwsManaged,
  replicaKeyInSourceAccount,
  replicaKeyRegionMismatch,
  replicaKeyUnusable,
  replicaKeyWrongType,
  replicasOwnedBySource,
  replicationDisabled,
  replicationMetricsOff,
  replicationRequired,
  roleInOtherAccount,
  roleMissing,
  roleNotTrustingS3,
  roleOverbroad,
  roleShared,
  roleTrustUnscoped,
  sourceKeyUnusable,
  sourceVersioningOff,
];
