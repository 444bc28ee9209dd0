/** A snapshot of accounts in two Regions each, every route of which has one fault or another, with names as short and as long as AWS allows. */
import type { Account, BucketLine } from '../../src/model/estate.ts';
import { healthy } from '../../src/tester.ts';
import { Ends, naming, templateOf, writeAccount, writeOrganizationManifest } from '../snapshot.ts';
import { faults } from './faults.ts';

const regions = [
  ...['us-east-1', 'eu-central-1', 'ap-southeast-2', 'us-west-2', 'eu-west-1', 'ap-northeast-1'],
  ...['sa-east-1', 'ca-central-1', 'eu-north-1'],
];
const accountNames = [
  'payments',
  'web',
  'Forschung & Entwicklung „Süd“',
  '<b>research</b>',
  'データ基盤',
  'x',
];
const bucketNames = ['raw', 'events', 'the-ledger-of-the-department-of-records-and-archives', 'logs'];

const templates = faults.map(templateOf);

/** Writes a snapshot of so many accounts, each with so many buckets that replicate. */
export function writeFaultyOrganization(folder: string, accounts: number, routes: number): void {
  const ends = new Ends(folder);
  for (let at = 0; at < accounts; at += 1)
    writeAccount(
      folder,
      accountId(at),
      Array.from({ length: routes }, (_, bucket) => route(at, bucket, accounts, ends)),
    );
  ends.writeAll();
  writeOrganizationManifest(
    folder,
    Array.from({ length: accounts }, (_, at) => account(at)),
  );
}

function accountId(at: number): string {
  return (100_000_000_000 + at * 7919).toString();
}

function account(at: number): Account {
  const name = `${accountNames[at % accountNames.length] ?? ''} ${at}`;
  return {
    id: accountId(at),
    name,
    state: 'ACTIVE',
    ou: `Root/Workloads/Division ${at % 12}`,
    ouId: `r-exam/ou-exam-0000000${at % 12}`,
    status: 'scanned',
  };
}

/** The bucket's line; what else its route needs is put among the ends of the accounts that have it. */
function route(at: number, bucket: number, accounts: number, ends: Ends): BucketLine {
  const template = templates[(at + bucket * 7) % templates.length];
  if (template === undefined) throw new Error('There are no faults.');
  const other = bucket % 3 === 0 ? at : (at + 1 + (bucket % 2)) % accounts;
  const places = { own: accountId(at), other: accountId(other) };
  const name = bucketName(at, bucket);
  const named = naming(places, {
    'orders-replication': `replicator-${at * 977 + bucket}`,
    'orders-replica': bucket % 2 === 0 ? `${name}-copy` : `vault-${other}-${at}-${bucket * 31}`,
    orders: name,
    [healthy.source.region]: regions[at % regions.length] ?? '',
    [healthy.destination.region]: regions[(other + 4) % regions.length] ?? '',
  });
  ends.add(template.ends.map(named), places);
  return JSON.parse(named(template.source)) as BucketLine;
}

function bucketName(at: number, bucket: number): string {
  return `acme-${at}-${bucketNames[bucket % bucketNames.length] ?? ''}-${bucket}`;
}
