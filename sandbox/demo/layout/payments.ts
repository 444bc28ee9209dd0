/** Payments: Object Lock, KMS, and what the policy on critical data asks for. */
import { frankfurt, ireland, oregon, virginia, type DemoBucket } from './bucket.ts';

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
    objectLock: true,
    routes: [{ to: 'acme-dr-payments-statements' }],
    objects: { prefix: 'statements/', after: 8 },
  },
  { name: 'acme-dr-payments-statements', ...oregon('recovery'), objectLock: true },
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
  { name: 'acme-dr-payments-disputes', ...frankfurt('recovery'), encryption: 'kms' },
  {
    name: 'acme-payments-refunds',
    ...ireland('payments'),
    encryption: 'kms',
    routes: [{ to: 'acme-dr-payments-refunds', replicaKey: 'in destination Region' }],
    objects: { prefix: 'refunds/', after: 8 },
  },
  { name: 'acme-dr-payments-refunds', ...frankfurt('recovery'), encryption: 'kms' },
];

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
    routes: [{ to: 'acme-dr-payments-settlements', replicaKey: 'in destination Region', timeControl: true }],
    objects: { prefix: 'settlements/', after: 10 },
  },
  {
    name: 'acme-dr-payments-settlements',
    ...frankfurt('recovery'),
    tags: { data: 'critical' },
    encryption: 'kms',
  },
  { name: 'acme-payments-dev-fixtures', ...ireland('paymentsDev'), tags: { data: 'test' } },
  { name: 'acme-payments-dev-mocks', ...virginia('paymentsDev'), unversioned: true },
];

export const payments: readonly DemoBucket[] = [...locked, ...encrypted, ...critical];
