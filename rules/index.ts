/** The catalogue, by id. */
import bucketKeyOff from './bucket-key-off.ts';
import destinationMissing from './destination-missing.ts';
import destinationNameClaimable from './destination-name-claimable.ts';
import destinationObjectLockMissing from './destination-object-lock-missing.ts';
import destinationOutsideOrganization from './destination-outside-organization.ts';
import destinationRequesterPays from './destination-requester-pays.ts';
import destinationUnverifiable from './destination-unverifiable.ts';
import destinationVersioningOff from './destination-versioning-off.ts';
import kmsObjectsNotSelected from './kms-objects-not-selected.ts';
import objectsNotBackfilled from './objects-not-backfilled.ts';
import replicaKeyRegionMismatch from './replica-key-region-mismatch.ts';
import replicationDisabled from './replication-disabled.ts';
import replicationMetricsOff from './replication-metrics-off.ts';
import replicationRequired from './replication-required.ts';
import roleMissing from './role-missing.ts';
import roleNotTrustingS3 from './role-not-trusting-s3.ts';
import sourceVersioningOff from './source-versioning-off.ts';
import type { Rule } from '../src/rule.ts';

/** Every rule that replint brings, sorted by id. */
export const rules: readonly Rule[] = [
  bucketKeyOff,
  destinationMissing,
  destinationNameClaimable,
  destinationObjectLockMissing,
  destinationOutsideOrganization,
  destinationRequesterPays,
  destinationUnverifiable,
  destinationVersioningOff,
  kmsObjectsNotSelected,
  objectsNotBackfilled,
  replicaKeyRegionMismatch,
  replicationDisabled,
  replicationMetricsOff,
  replicationRequired,
  roleMissing,
  roleNotTrustingS3,
  sourceVersioningOff,
];
