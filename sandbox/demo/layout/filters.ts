/** What replication rules say: which objects they take, which of two is followed, and where replicas are put. */
import { ireland, oregon, virginia, type DemoBucket, type DemoRoute } from './bucket.ts';

const to = 'acme-dr-analytics-office';
const invoices: DemoRoute = { to, id: 'invoices', prefix: 'invoices/', storageClass: 'STANDARD_IA' };
const everything: DemoRoute = { to, id: 'everything' };

/** The higher number goes first: in one of the first two the exception for invoices holds for nothing. */
const order: readonly DemoBucket[] = [
  {
    name: 'acme-analytics-sales',
    ...virginia('analytics'),
    routes: [invoices, everything],
    objects: { prefix: 'invoices/', after: 4 },
  },
  {
    name: 'acme-analytics-leads',
    ...virginia('analytics'),
    tags: { coverage: 'whole' },
    routes: [everything, invoices],
    objects: { prefix: 'leads/', after: 4 },
  },
  {
    name: 'acme-analytics-forecasts',
    ...virginia('analytics'),
    routes: [everything, { to, id: 'everything-again' }],
  },
  // That the rule for tags is beside another, and that an inventory has what listings do not show, is as it should be.
  {
    name: 'acme-analytics-contracts',
    ...virginia('analytics'),
    inventoryInto: 'acme-analytics-scratch',
    routes: [
      { to, id: 'signed', prefix: 'signed/' },
      { to, id: 'archive', tag: { Key: 'archive', Value: 'yes' }, storageClass: 'STANDARD_IA' },
    ],
  },
];

const prefixes: readonly DemoBucket[] = [
  {
    name: 'acme-analytics-books',
    ...virginia('analytics'),
    tags: { coverage: 'whole' },
    routes: [
      { to, id: 'tax', prefix: 'Tax' },
      { to, id: 'customs', prefix: 'Customs/' },
      { to, id: 'orders', prefix: '/orders/' },
      { to, id: 'returns', prefix: 'returns/' },
    ],
  },
];

const classes: readonly DemoBucket[] = [
  {
    name: 'acme-analytics-history',
    ...virginia('analytics'),
    routes: [
      { to, id: 'deep', prefix: '2022/', storageClass: 'DEEP_ARCHIVE' },
      { to, id: 'instant', prefix: '2023/', storageClass: 'GLACIER_IR' },
      { to, id: 'one-zone', prefix: '2024/', storageClass: 'ONEZONE_IA' },
      { to, id: 'infrequent', prefix: '2025/', storageClass: 'STANDARD_IA' },
    ],
  },
  { name: to, ...oregon('recovery') },
];

/** Written years ago. Its delete markers reach a destination that is locked. */
const old: readonly DemoBucket[] = [
  {
    name: 'acme-shared-wiki',
    ...ireland('shared'),
    routes: [{ to: 'acme-dr-backups-zurich', prefix: 'wiki/', version1: true }],
  },
];

export const filters: readonly DemoBucket[] = [...order, ...prefixes, ...classes, ...old];
