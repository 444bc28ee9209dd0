/** The replication roles of the demo: what configurations name, and what is there. */

import type { AccountName } from './organization.ts';
import {
  batchPermissions,
  decryptFor,
  everything,
  replicationPermissions,
  useKeys,
  type boundaries,
} from './permissions.ts';

export interface DemoRole {
  readonly name: string;
  /** The path in the replication configurations. */
  readonly path: string;
  /** The path under which it was made; null: never made. */
  readonly madeAt: string | null;
  readonly trusts: readonly string[];
  /** Its policy, where it is not the usual one. */
  readonly may?: string;
  readonly boundary?: keyof typeof boundaries;
  /** Its trust does not say for whose buckets. */
  readonly unscoped?: true;
  /** The bucket for which its trust is, where it is not for all of its account. */
  readonly trustsFor?: string;
  /** Accounts besides its own for which its trust is. */
  readonly trustsAlso?: readonly AccountName[];
  /** The account whose role the replication configurations name, where it is not the source's. */
  readonly account?: AccountName;
}

const s3 = 's3.amazonaws.com';
const batch = 'batchoperations.s3.amazonaws.com';
const keysOfSources = 'arn:aws:kms:eu-west-1:*:key/*';
const keysOfReplicas = 'arn:aws:kms:eu-central-1:*:key/*';

/** A role for the buckets of one team. */
function plain(team: string): DemoRole & { readonly path: '/' } {
  return { name: `${team}-replication`, path: '/', madeAt: '/', trusts: [s3] };
}

export const roles = {
  usual: { name: 's3-replication', path: '/service-role/', madeAt: '/service-role/', trusts: [s3] },
  gone: { name: 'flow-logs-replication', path: '/', madeAt: null, trusts: [s3] },
  moved: { name: 'vpn-logs-replication', path: '/service-role/', madeAt: '/', trusts: [s3] },
  batchOnly: { name: 's3-batch-backfill', path: '/', madeAt: '/', trusts: [batch] },
  broad: { name: 'partner-replication', path: '/', madeAt: '/', trusts: [s3], may: everything },
  unscoped: { name: 'robots-replication', path: '/', madeAt: '/', trusts: [s3], unscoped: true },
  // The role of the log archive's own buckets.
  foreign: { name: 's3-replication-and-batch', path: '/', madeAt: null, trusts: [s3], account: 'logs' },
  both: {
    name: 's3-replication-and-batch',
    path: '/',
    madeAt: '/',
    trusts: [s3, batch],
    trustsAlso: ['network'],
  },
  // From when the partner took them, before there was a role for it.
  coupons: {
    ...plain('coupons'),
    may: replicationPermissions({
      without: ['s3:GetObjectVersionTagging'],
      writes: ['arn:aws:s3:::initech-inbound/*'],
    }),
  },
  // Written before objects had annotations.
  wishlists: {
    ...plain('wishlists'),
    may: replicationPermissions({ without: ['s3:GetObjectVersionAnnotationForReplication'] }),
  },
  receipts: { ...plain('receipts'), may: replicationPermissions({ without: ['s3:GetObjectLegalHold'] }) },
  // The objects' ARN is not the bucket's.
  partitions: {
    ...plain('partitions'),
    may: replicationPermissions({ configurationOf: 'arn:aws:s3:::acme-lake-partitions/*' }),
  },
  sensors: {
    ...plain('sensors'),
    may: replicationPermissions({ versionsOf: 'arn:aws:s3:::acme-lake-sensors/live/*' }),
  },
  payouts: {
    ...plain('payouts'),
    may: replicationPermissions({ without: ['kms:Encrypt', 'kms:GenerateDataKey'] }),
  },
  loans: { ...plain('loans'), may: replicationPermissions({ keys: [useKeys(keysOfReplicas)] }) },
  // For what was written since the Bucket Key was switched on.
  contracts: {
    ...plain('contracts'),
    may: replicationPermissions({
      keys: [useKeys(keysOfReplicas), decryptFor(keysOfSources, ['arn:aws:s3:::acme-payments-contracts'])],
    }),
  },
  settlements: {
    ...plain('settlements'),
    may: replicationPermissions({
      keys: [
        useKeys(keysOfReplicas),
        decryptFor(keysOfSources, [
          'arn:aws:s3:::acme-payments-settlements',
          'arn:aws:s3:::acme-payments-settlements/*',
        ]),
      ],
    }),
  },
  // Made for one bucket, and then used for another too.
  billing: { ...plain('billing'), trustsFor: 'acme-org-billing-reports' },
  experiments: { ...plain('experiments'), boundary: 'TeamBoundary' },
  features: { ...plain('features'), boundary: 'ReplicatingTeamBoundary' },
} as const satisfies Readonly<Record<string, DemoRole>>;

/** The role of an account for batch jobs. */
export function batchRole(may: string): DemoRole {
  return { name: 's3-batch-replication', path: '/', madeAt: '/', trusts: [batch], may };
}

/** Where there is one, with what it may do: the network account has none, and the data lake's was made for copies. */
export const batchRoles: readonly (readonly [AccountName, string])[] = [
  ...(['shop', 'payments', 'analytics', 'shared', 'security'] as const).map(
    (account) => [account, batchPermissions()] as const,
  ),
  ['lake', batchPermissions({ without: ['s3:InitiateReplication'] })],
];

export type RoleName = keyof typeof roles;
