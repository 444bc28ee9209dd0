/** The shop: destinations that lost their versioning or are gone, metrics, and a source that is not versioned. */
import { frankfurt, ireland, oregon, sydney, virginia, type DemoBucket } from './bucket.ts';

/** Below the account-regional namespace a deleted bucket's name stays its account's: it ends in account, Region and `an`. */
export const reservedName = 'acme-dr-archive-{account}-{region}-an';

const versioning: readonly DemoBucket[] = [
  {
    name: 'acme-shop-orders',
    ...ireland('shop'),
    routes: [{ to: 'acme-dr-shop-orders', measured: { failedOperations: 17 } }],
    objects: { prefix: 'orders/2025/', after: 12, late: 9 },
  },
  { name: 'acme-dr-shop-orders', ...frankfurt('recovery'), fate: 'versioning suspended' },
  {
    name: 'acme-shop-invoices',
    ...ireland('shop'),
    tags: { data: 'personal' },
    routes: [{ to: 'acme-dr-shop-invoices', deleteMarkers: true, measured: { failedOperations: 0 } }],
    objects: { prefix: 'invoices/2025/', after: 12 },
  },
  { name: 'acme-dr-shop-invoices', ...frankfurt('recovery') },
  {
    name: 'acme-shop-coupons',
    ...ireland('shop'),
    role: 'coupons',
    routes: [{ to: 'acme-dr-shop-invoices', prefix: 'coupons/' }],
  },
  {
    name: 'acme-shop-wishlists',
    ...ireland('shop'),
    role: 'wishlists',
    routes: [{ to: 'acme-dr-shop-invoices', prefix: 'wishlists/' }],
  },
];

const existence: readonly DemoBucket[] = [
  { name: 'acme-shop-exports', ...ireland('shop'), routes: [{ to: 'acme-dr-shop-exports' }] },
  { name: 'acme-dr-shop-exports', ...virginia('recovery'), fate: 'deleted' },
  { name: 'acme-shop-archive', ...ireland('shop'), routes: [{ to: reservedName }] },
  { name: reservedName, ...virginia('recovery'), fate: 'deleted' },
  { name: 'acme-shop-vouchers', ...ireland('shop'), routes: [{ to: 'acme-dr-shop-vouchers' }] },
  { name: 'acme-dr-shop-vouchers', ...frankfurt('recovery'), fate: 'taken by another account' },
  {
    name: 'acme-shop-images',
    ...ireland('shop'),
    tags: { recovery: '15-minutes' },
    routes: [{ to: 'acme-dr-shop-images', timeControl: true, measured: { latency: 40 } }],
    objects: { prefix: 'images/', after: 15 },
  },
  { name: 'acme-dr-shop-images', ...virginia('recovery') },
];

const metrics: readonly DemoBucket[] = [
  {
    name: 'acme-shop-reviews',
    ...virginia('shop'),
    lifecycle: { expire: 365 },
    routes: [{ to: 'acme-dr-shop-reviews', metricsOff: true }],
    objects: { prefix: 'reviews/', after: 6 },
  },
  { name: 'acme-dr-shop-reviews', ...oregon('recovery') },
  {
    name: 'acme-shop-carts',
    ...virginia('shop'),
    tags: { recovery: 'other-region' },
    lifecycle: { expire: 30 },
    routes: [{ to: 'acme-dr-shop-carts' }],
    objects: { prefix: 'carts/', after: 6 },
  },
  { name: 'acme-dr-shop-carts', ...oregon('recovery'), lifecycle: { expire: 30 } },
];

/** Where objects go from there: into a bucket that replicates its own, both ways, and into a Region that the account does not have. */
const ways: readonly DemoBucket[] = [
  {
    name: 'acme-shop-clicks',
    ...ireland('shop'),
    tags: { recovery: 'other-region' },
    routes: [{ to: 'acme-lake-exports', prefix: 'shop/' }],
  },
  {
    name: 'acme-shop-sessions-ireland',
    ...ireland('shop'),
    tags: { data: 'personal' },
    routes: [
      { to: 'acme-shop-sessions-virginia', id: 'baskets', prefix: 'baskets/', modificationSync: true },
      { to: 'acme-shop-sessions-virginia', id: 'visits', prefix: 'visits/', modificationSync: true },
    ],
  },
  {
    name: 'acme-shop-sessions-virginia',
    ...virginia('shop'),
    routes: [
      { to: 'acme-shop-sessions-ireland', id: 'baskets', prefix: 'baskets/', modificationSync: true },
      { to: 'acme-shop-sessions-ireland', id: 'visits', prefix: 'visits/' },
    ],
  },
  {
    name: 'acme-shop-receipts',
    ...ireland('shop'),
    routes: [{ to: 'acme-dr-backups-zurich', prefix: 'receipts/' }],
  },
];

const development: readonly DemoBucket[] = [
  {
    name: 'acme-shop-dev-uploads',
    ...sydney('shopDev'),
    routes: [{ to: 'acme-shop-dev-uploads-copy' }],
    fate: 'versioning lost',
  },
  { name: 'acme-shop-dev-uploads-copy', ...ireland('shopDev') },
  {
    name: 'acme-shop-dev-builds',
    ...sydney('shopDev'),
    routes: [{ to: 'acme-shop-dev-builds-copy' }],
    objects: { prefix: 'builds/', after: 5 },
  },
  { name: 'acme-shop-dev-builds-copy', ...ireland('shopDev') },
  { name: 'acme-shop-dev-scratch', ...sydney('shopDev'), unversioned: true },
];

export const shop: readonly DemoBucket[] = [...versioning, ...existence, ...metrics, ...ways, ...development];
