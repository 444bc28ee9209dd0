/** Shared services with several destinations, the playground, and buckets that belong to others. */
import {
  frankfurt,
  ireland,
  oregon,
  sydney,
  virginia,
  zurich,
  type DemoBucket,
  type DemoRoute,
} from './bucket.ts';

const healthy: readonly DemoBucket[] = [
  {
    name: 'acme-shared-artifacts',
    ...ireland('shared'),
    routes: [
      { to: 'acme-artifacts-frankfurt' },
      { to: 'acme-artifacts-oregon', prefix: 'releases/' },
      { to: 'acme-artifacts-sydney', prefix: 'releases/' },
    ],
    objects: { prefix: 'releases/', after: 20 },
  },
  { name: 'acme-artifacts-frankfurt', ...frankfurt('recovery') },
  { name: 'acme-artifacts-oregon', ...oregon('recovery') },
  { name: 'acme-artifacts-sydney', ...sydney('shared') },
  {
    name: 'acme-shared-backups',
    ...ireland('shared'),
    tags: { recovery: 'other-account' },
    routes: [{ to: 'acme-dr-backups-zurich', deleteMarkers: true }],
    objects: { prefix: 'backups/', after: 8 },
  },
  { name: 'acme-dr-backups-zurich', ...zurich('recovery'), objectLock: true },
  {
    name: 'acme-shared-terraform-state',
    ...ireland('shared'),
    tags: { recovery: 'other-account' },
    encryption: 'kms',
    routes: [
      {
        to: 'acme-shared-terraform-state-copy',
        replicaKey: 'in destination Region',
        timeControl: true,
        measured: { latency: 4000 },
      },
    ],
    objects: { prefix: 'state/', after: 6 },
  },
  { name: 'acme-shared-terraform-state-copy', ...frankfurt('shared'), encryption: 'kms' },
  // A resource control policy keeps the playground free of what is not its own.
  {
    name: 'acme-shared-images',
    ...zurich('shared'),
    routes: [{ to: 'acme-playground-notes-copy', prefix: 'samples/' }],
  },
];

/** A right-to-left mark hides in the name. */
const rightToLeft: DemoRoute = {
  to: 'acme-playground-notes-copy',
  id: 'nightly\u200fcopy',
  metricsOff: true,
};

const playground: readonly DemoBucket[] = [
  {
    name: 'acme-playground-notes',
    ...virginia('playground'),
    tags: { note: '<img src=x onerror=alert(1)>' },
    routes: [rightToLeft],
    objects: { prefix: 'notes/<b>/', after: 3 },
  },
  { name: 'acme-playground-notes-copy', ...oregon('playground') },
];

const others: readonly DemoBucket[] = [
  {
    name: 'acme-analytics-partner-feed',
    ...virginia('analytics'),
    role: 'broad',
    routes: [{ to: 'initech-inbound' }],
  },
  { name: 'initech-inbound', ...virginia('partner') },
  {
    name: 'acme-shop-robots',
    ...ireland('shop'),
    role: 'unscoped',
    routes: [{ to: 'acme-robotics-inbox' }],
  },
  { name: 'acme-robotics-inbox', ...frankfurt('robotics') },
  { name: 'acme-hosting-www', ...virginia('hosting') },
];

export const shared: readonly DemoBucket[] = [...healthy, ...playground, ...others];
