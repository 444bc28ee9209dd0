/** A small snapshot on disk, written as the collector writes it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, BucketLine, EndLine, Manifest } from '../../src/model/estate.ts';
import { snapshotFormat, writeBuckets, writeEnds, writeManifest } from '../../src/snapshot/snapshot.ts';

export const shop = '111122223333';
export const vault = '444455556666';

/** A folder that is gone when `use` is done. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'replint-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function bucket(name: string, account = shop): BucketLine {
  const read = { known: true, account, at: '2026-01-01T00:00:00.000Z' } as const;
  return {
    kind: 'bucket',
    name,
    account,
    region: 'eu-west-1',
    facts: {
      replication: { ...read, value: null },
      tagging: { ...read, value: [{ Key: 'é\u2028', Value: '\n' }] },
    },
  };
}

export const role: EndLine = {
  kind: 'role',
  arn: `arn:aws:iam::${shop}:role/r`,
  facts: { definition: { known: false, causes: [{ reason: 'throttled', detail: 'Too many.' }] } },
};

export function manifest(accounts: readonly Account[], more: Partial<Manifest> = {}): Manifest {
  return {
    format: snapshotFormat,
    replint: '0.0.0',
    configuration: 'hash',
    started: '2026-01-01T00:00:00.000Z',
    finished: '2026-01-01T00:01:00.000Z',
    organization: {
      id: 'o-exampleorg',
      partition: 'aws',
      caller: { account: shop, arn: `arn:aws:iam::${shop}:user/admin` },
      accounts,
    },
    facts: { bucket: ['replication'] },
    ...more,
  };
}

export function account(id: string): Account {
  return { id, name: id, state: 'ACTIVE', ou: 'Root', ouId: 'r-ab12', status: 'scanned' };
}

/** Writes wave one's file of an account. */
export function writeAccount(folder: string, id: string, buckets: readonly BucketLine[]): void {
  const header = { kind: 'account', format: snapshotFormat, id, configuration: 'hash' } as const;
  writeBuckets(folder, { ...header, status: { status: 'scanned' } }, buckets);
}

/** Two accounts, three buckets, a role. */
export function writeSnapshot(folder: string): void {
  writeAccount(folder, vault, [bucket('replica', vault)]);
  writeAccount(folder, shop, [bucket('orders'), bucket('plain')]);
  writeEnds(folder, shop, [bucket('orders'), role]);
  writeManifest(folder, manifest([account(shop), account(vault)]));
}
