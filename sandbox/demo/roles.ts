/** The replication roles of the demo: what configurations name, and what is there. */

export interface DemoRole {
  readonly name: string;
  /** The path in the replication configurations. */
  readonly path: string;
  /** The path under which it was made; null: never made. */
  readonly madeAt: string | null;
  readonly trusts: readonly string[];
}

const s3 = 's3.amazonaws.com';
const batch = 'batchoperations.s3.amazonaws.com';

export const roles = {
  usual: { name: 's3-replication', path: '/service-role/', madeAt: '/service-role/', trusts: [s3] },
  gone: { name: 'flow-logs-replication', path: '/', madeAt: null, trusts: [s3] },
  moved: { name: 'vpn-logs-replication', path: '/service-role/', madeAt: '/', trusts: [s3] },
  batchOnly: { name: 's3-batch-backfill', path: '/', madeAt: '/', trusts: [batch] },
  both: { name: 's3-replication-and-batch', path: '/', madeAt: '/', trusts: [s3, batch] },
} as const satisfies Readonly<Record<string, DemoRole>>;

export type RoleName = keyof typeof roles;
