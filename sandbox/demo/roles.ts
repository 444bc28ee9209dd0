/** The replication roles of the demo: what configurations name, and what is there. */

import type { AccountName } from './organization.ts';

export interface DemoRole {
  readonly name: string;
  /** The path in the replication configurations. */
  readonly path: string;
  /** The path under which it was made; null: never made. */
  readonly madeAt: string | null;
  readonly trusts: readonly string[];
  /** It may do everything in S3, everywhere. */
  readonly broad?: true;
  /** Its trust does not say for whose buckets. */
  readonly unscoped?: true;
  /** The account whose role the replication configurations name, where it is not the source's. */
  readonly account?: AccountName;
}

const s3 = 's3.amazonaws.com';
const batch = 'batchoperations.s3.amazonaws.com';

export const roles = {
  usual: { name: 's3-replication', path: '/service-role/', madeAt: '/service-role/', trusts: [s3] },
  gone: { name: 'flow-logs-replication', path: '/', madeAt: null, trusts: [s3] },
  moved: { name: 'vpn-logs-replication', path: '/service-role/', madeAt: '/', trusts: [s3] },
  batchOnly: { name: 's3-batch-backfill', path: '/', madeAt: '/', trusts: [batch] },
  broad: { name: 'partner-replication', path: '/', madeAt: '/', trusts: [s3], broad: true },
  unscoped: { name: 'robots-replication', path: '/', madeAt: '/', trusts: [s3], unscoped: true },
  // The role of the log archive's own buckets.
  foreign: { name: 's3-replication-and-batch', path: '/', madeAt: null, trusts: [s3], account: 'logs' },
  both: { name: 's3-replication-and-batch', path: '/', madeAt: '/', trusts: [s3, batch] },
} as const satisfies Readonly<Record<string, DemoRole>>;

export type RoleName = keyof typeof roles;
