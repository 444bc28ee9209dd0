/** The data lake and analytics: objects without replicas, who pays, Bucket Keys, disabled rules, filters. */
import { frankfurt, ireland, oregon, sydney, virginia, type DemoBucket } from './bucket.ts';

const backfill: readonly DemoBucket[] = [
  {
    name: 'acme-lake-telemetry',
    ...ireland('lake'),
    lifecycle: { archive: 90 },
    routes: [{ to: 'acme-dr-lake-telemetry' }],
    objects: { prefix: 'telemetry/', before: 40, fresh: 5, after: 25 },
  },
  { name: 'acme-dr-lake-telemetry', ...frankfurt('recovery'), blocksSseC: true, lifecycle: { archive: 90 } },
  {
    name: 'acme-lake-events',
    ...ireland('lake'),
    blocksSseC: true,
    lifecycle: { archive: 90 },
    routes: [{ to: 'acme-dr-lake-events' }],
    objects: { prefix: 'events/', after: 40 },
  },
  { name: 'acme-dr-lake-events', ...frankfurt('recovery'), blocksSseC: true, lifecycle: { archive: 90 } },
  {
    name: 'acme-lake-clickstream',
    ...ireland('lake'),
    routes: [{ to: 'acme-dr-lake-clickstream' }],
    objects: { prefix: 'clicks/', bulk: { all: 3400, missing: 1200 } },
  },
  { name: 'acme-dr-lake-clickstream', ...frankfurt('recovery'), encryption: 'kms' },
  // Nothing is wrong here: what has no replica is too young, or of a class that can't be replicated.
  {
    name: 'acme-lake-exports',
    ...ireland('lake'),
    routes: [{ to: 'acme-dr-lake-exports' }],
    objects: { prefix: 'exports/', archived: 5, fresh: 7, after: 10 },
  },
  { name: 'acme-dr-lake-exports', ...frankfurt('recovery') },
  {
    name: 'acme-lake-partitions',
    ...ireland('lake'),
    role: 'partitions',
    routes: [{ to: 'acme-dr-lake-exports', prefix: 'partitions/' }],
  },
  {
    name: 'acme-lake-sensors',
    ...ireland('lake'),
    role: 'sensors',
    routes: [{ to: 'acme-dr-lake-exports' }],
  },
];

const payers: readonly DemoBucket[] = [
  {
    name: 'acme-lake-publications',
    ...virginia('lake'),
    ownership: 'ObjectWriter',
    routes: [{ to: 'acme-analytics-publications' }],
  },
  { name: 'acme-analytics-publications', ...oregon('analytics'), fate: 'requester pays' },
  {
    name: 'acme-lake-maps',
    ...virginia('lake'),
    routes: [{ to: 'acme-lake-maps-copy', ownerOverride: true }],
  },
  {
    name: 'acme-lake-maps-copy',
    ...oregon('lake'),
    ownership: 'BucketOwnerPreferred',
    fate: 'requester pays',
  },
  {
    name: 'acme-lake-catalogue',
    ...virginia('lake'),
    routes: [{ to: 'acme-analytics-catalogue' }],
    objects: { prefix: 'catalogue/', after: 6 },
  },
  { name: 'acme-analytics-catalogue', ...oregon('analytics') },
];

const bucketKeys: readonly DemoBucket[] = [
  { name: 'acme-lake-raw', ...ireland('lake'), encryption: 'kms without bucket key' },
  { name: 'acme-lake-curated', ...ireland('lake'), encryption: 'kms' },
  { name: 'acme-lake-staging', ...ireland('lake'), encryption: 'kms by alias' },
  { name: 'acme-analytics-scratch', ...virginia('analytics'), encryption: 'kms under aws/s3' },
  // DSSE-KMS knows no Bucket Keys.
  {
    name: 'acme-security-forensics',
    ...ireland('security'),
    tags: { data: 'evidence' },
    encryption: 'dsse',
  },
  { name: 'acme-security-intake', ...ireland('security'), encryption: 'dsse with bucket key' },
];

const rules: readonly DemoBucket[] = [
  {
    name: 'acme-analytics-models',
    ...sydney('analytics'),
    routes: [{ to: 'acme-dr-analytics-models', disabled: true }],
    objects: { prefix: 'models/', before: 6 },
  },
  { name: 'acme-dr-analytics-models', ...oregon('recovery') },
  {
    name: 'acme-analytics-features',
    ...sydney('analytics'),
    tags: { recovery: '15-minutes' },
    failureEvents: { prefix: 'retired/' },
    role: 'features',
    routes: [
      { to: 'acme-dr-analytics-features', prefix: 'live/' },
      { to: 'acme-dr-analytics-features', id: 'retired', prefix: 'retired/', disabled: true },
    ],
    objects: { prefix: 'live/', after: 6 },
  },
  { name: 'acme-dr-analytics-features', ...oregon('recovery') },
  {
    name: 'acme-analytics-experiments',
    ...sydney('analytics'),
    role: 'experiments',
    routes: [{ to: 'acme-dr-analytics-features', prefix: 'experiments/' }],
  },
  // Listings show no tags, so nobody can say which of these objects the rule takes.
  {
    name: 'acme-analytics-reports',
    ...virginia('analytics'),
    routes: [{ to: 'acme-dr-analytics-reports', tag: { Key: 'retain', Value: 'yes' } }],
    objects: { prefix: 'reports/', after: 4 },
  },
  { name: 'acme-dr-analytics-reports', ...oregon('recovery') },
];

export const data: readonly DemoBucket[] = [...backfill, ...payers, ...bucketKeys, ...rules];
