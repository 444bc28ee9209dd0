/** Payments: Object Lock, KMS, and what the policy on critical data asks for. */
import { frankfurt, ireland, oregon, virginia, type DemoBucket, type ReplicaKey } from './bucket.ts';

const locked: readonly DemoBucket[] = [
  {
    name: 'acme-payments-ledger',
    ...virginia('payments'),
    objectLock: true,
    routes: [{ to: 'acme-dr-payments-ledger' }],
  },
  { name: 'acme-dr-payments-ledger', ...oregon('recovery') },
  {
    name: 'acme-payments-statements',
    ...virginia('payments'),
    objectLock: 365,
    routes: [{ to: 'acme-dr-payments-statements' }],
    objects: { prefix: 'statements/', after: 8 },
  },
  {
    name: 'acme-dr-payments-statements',
    ...oregon('recovery'),
    objectLock: true,
    fate: 'locks for ten years',
  },
  {
    name: 'acme-payments-audits',
    ...virginia('payments'),
    objectLock: 365,
    routes: [{ to: 'acme-dr-payments-audits' }],
  },
  { name: 'acme-dr-payments-audits', ...oregon('recovery'), objectLock: true, fate: 'locks for 30 days' },
  {
    name: 'acme-payments-receipts',
    ...virginia('payments'),
    objectLock: 365,
    role: 'receipts',
    routes: [{ to: 'acme-dr-payments-statements', prefix: 'receipts/' }],
  },
];

const encrypted: readonly DemoBucket[] = [
  {
    name: 'acme-payments-cards',
    ...ireland('payments'),
    encryption: 'kms',
    routes: [{ to: 'acme-dr-payments-cards' }],
    objects: { prefix: 'tokens/', after: 8 },
  },
  { name: 'acme-dr-payments-cards', ...frankfurt('recovery'), encryption: 'kms' },
  {
    name: 'acme-payments-disputes',
    ...ireland('payments'),
    encryption: 'kms',
    routes: [{ to: 'acme-dr-payments-disputes', replicaKey: 'in source Region' }],
  },
  {
    name: 'acme-dr-payments-disputes',
    ...frankfurt('recovery'),
    encryption: 'kms without bucket key',
  },
  {
    name: 'acme-payments-refunds',
    ...ireland('payments'),
    encryption: 'kms',
    routes: [{ to: 'acme-dr-payments-refunds', replicaKey: 'in destination Region' }],
    objects: { prefix: 'refunds/', after: 8 },
  },
  { name: 'acme-dr-payments-refunds', ...frankfurt('recovery'), encryption: 'kms' },
];

/** What the policies of keys say of the role: nothing, too little, and under conditions. Two are healthy. */
const keyPolicies: readonly (readonly [string, ReplicaKey])[] = [
  ['owner', 'for its owner only'],
  ['grant', 'by a grant'],
  ['encrypt', 'only to encrypt'],
  ['region', 'through another Region'],
  ['misspelt', 'of a misspelt context'],
  ['objects', 'of objects only'],
  ['both', 'of bucket and objects'],
];

/** One source, a replication rule for each key that is wrong, and one for a key that is right. */
const keys: readonly DemoBucket[] = [
  {
    name: 'acme-payments-mandates',
    ...ireland('payments'),
    encryption: 'kms',
    routes: [
      { to: 'acme-dr-payments-mandates', prefix: 'right/', replicaKey: 'in destination Region' },
      { to: 'acme-dr-payments-mandates', id: 'alias', prefix: 'alias/', replicaKey: 'by alias' },
      { to: 'acme-dr-payments-mandates', id: 'disabled', prefix: 'disabled/', replicaKey: 'disabled' },
      { to: 'acme-dr-payments-mandates', id: 'signing', prefix: 'signing/', replicaKey: 'for signing' },
      { to: 'acme-dr-payments-mandates', id: 'aws', prefix: 'aws/', replicaKey: 'managed by AWS' },
      { to: 'acme-dr-payments-mandates', id: 'ours', prefix: 'ours/', replicaKey: "of the source's account" },
      { to: 'acme-dr-payments-mandates', id: 'office', prefix: 'office/', replicaKey: 'for the office only' },
      ...keyPolicies.map(([id, replicaKey]) => ({
        to: 'acme-dr-payments-mandates',
        id,
        prefix: `${id}/`,
        replicaKey,
      })),
    ],
  },
  { name: 'acme-dr-payments-mandates', ...frankfurt('recovery'), encryption: 'kms' },
  {
    name: 'acme-payments-chargebacks',
    ...virginia('payments'),
    encryption: 'kms',
    fate: 'key disabled',
    routes: [
      { to: 'acme-dr-payments-mandates', prefix: 'chargebacks/', replicaKey: 'in destination Region' },
    ],
  },
];

/** What roles are allowed to do with keys. */
const roles: readonly DemoBucket[] = (['payouts', 'loans', 'contracts'] as const).map((team) => ({
  name: `acme-payments-${team}`,
  ...ireland('payments'),
  encryption: 'kms',
  role: team,
  routes: [{ to: 'acme-dr-payments-mandates', prefix: `${team}/`, replicaKey: 'in destination Region' }],
}));

const critical: readonly DemoBucket[] = [
  {
    name: 'acme-payments-vault',
    ...virginia('payments'),
    tags: { data: 'critical', team: 'treasury' },
    routes: [{ to: 'acme-payments-vault-copy' }],
    objects: { prefix: 'vault/', after: 4 },
  },
  { name: 'acme-payments-vault-copy', ...virginia('payments'), tags: { data: 'critical' } },
  {
    name: 'acme-payments-settlements',
    ...ireland('payments'),
    tags: { data: 'critical', team: 'treasury' },
    encryption: 'kms',
    lifecycle: { expireNoncurrent: 90 },
    role: 'settlements',
    routes: [{ to: 'acme-dr-payments-settlements', replicaKey: 'in destination Region', timeControl: true }],
    objects: { prefix: 'settlements/', after: 10 },
  },
  {
    name: 'acme-dr-payments-settlements',
    ...frankfurt('recovery'),
    tags: { data: 'critical' },
    encryption: 'kms',
    lifecycle: { expireNoncurrent: 90 },
  },
  // A service control policy keeps in development what is made there; the builds of the shop stay there.
  {
    name: 'acme-payments-dev-fixtures',
    ...ireland('paymentsDev'),
    tags: { data: 'test' },
    failureEvents: 'nobody',
    routes: [{ to: 'acme-artifacts-frankfurt', prefix: 'fixtures/' }],
  },
  { name: 'acme-payments-dev-mocks', ...virginia('paymentsDev'), unversioned: true },
];

export const payments: readonly DemoBucket[] = [...locked, ...encrypted, ...keys, ...roles, ...critical];
