/** Logs and evidence: roles that are missing or trust somebody else, and a bucket that tells not everything. */
import { frankfurt, ireland, virginia, type DemoBucket } from './bucket.ts';

const roleThere: readonly DemoBucket[] = [
  {
    name: 'acme-network-flow-logs',
    ...ireland('network'),
    role: 'gone',
    routes: [{ to: 'acme-logs-flow-logs' }],
    objects: { prefix: 'flows/', before: 10 },
  },
  { name: 'acme-logs-flow-logs', ...frankfurt('logs') },
  {
    name: 'acme-network-vpn-logs',
    ...ireland('network'),
    role: 'moved',
    lifecycle: { expire: 400 },
    routes: [{ to: 'acme-logs-vpn-logs' }],
  },
  { name: 'acme-logs-vpn-logs', ...frankfurt('logs'), lifecycle: { expire: 30 } },
  {
    name: 'acme-network-dns-logs',
    ...ireland('network'),
    routes: [{ to: 'acme-logs-dns-logs' }],
    objects: { prefix: 'dns/', after: 10 },
  },
  { name: 'acme-logs-dns-logs', ...frankfurt('logs'), fate: 'role by its whole name' },
];

/** One source, and a destination for each thing that somebody did to its policy or its owner. */
const policies: readonly DemoBucket[] = [
  {
    name: 'acme-network-config',
    ...ireland('network'),
    routes: [
      { to: 'acme-logs-config-public' },
      { to: 'acme-logs-config-fenced' },
      { to: 'acme-logs-config-fenced-right' },
      { to: 'acme-logs-config-renamed' },
      { to: 'acme-logs-config-foreign', prefix: 'foreign/' },
      { to: 'acme-logs-config-foreign', id: 'ours', prefix: 'ours/', ownerOverride: true },
      { to: 'acme-logs-config-foreign', id: 'theirs', prefix: 'theirs/', ownerOverride: true },
      { to: 'acme-logs-config-pathless' },
      { to: 'acme-logs-config-unopened' },
      { to: 'acme-logs-config-kept', deleteMarkers: true },
    ],
  },
  { name: 'acme-logs-config-public', ...frankfurt('logs'), fate: 'opened to everybody' },
  { name: 'acme-logs-config-fenced', ...frankfurt('logs'), fate: 'fenced in' },
  { name: 'acme-logs-config-fenced-right', ...frankfurt('logs'), fate: 'fenced in but for the role' },
  { name: 'acme-logs-config-renamed', ...frankfurt('logs'), fate: 'role made again' },
  {
    name: 'acme-logs-config-foreign',
    ...frankfurt('logs'),
    ownership: 'BucketOwnerPreferred',
    fate: 'owns a part',
  },
  { name: 'acme-logs-config-pathless', ...frankfurt('logs'), fate: 'role without its path' },
  { name: 'acme-logs-config-unopened', ...frankfurt('logs'), fate: 'policy taken away' },
  { name: 'acme-logs-config-kept', ...frankfurt('logs'), objectLock: true, fate: 'keeps everything' },
  {
    name: 'acme-network-proxy-logs',
    ...ireland('network'),
    role: 'foreign',
    fate: "open to the log archive's role",
    routes: [{ to: 'acme-logs-dns-logs', prefix: 'proxy/' }],
  },
];

const trust: readonly DemoBucket[] = [
  {
    name: 'acme-logs-alb',
    ...ireland('logs'),
    logsInto: 'acme-logs-alb',
    role: 'batchOnly',
    routes: [{ to: 'acme-dr-logs-alb' }],
  },
  { name: 'acme-dr-logs-alb', ...frankfurt('recovery') },
  {
    name: 'acme-logs-cloudtrail',
    ...ireland('logs'),
    logsInto: 'acme-logs-access-logs',
    role: 'both',
    routes: [{ to: 'acme-dr-logs-cloudtrail' }],
    objects: { prefix: 'AWSLogs/', after: 20 },
  },
  { name: 'acme-dr-logs-cloudtrail', ...frankfurt('recovery') },
];

const denied: readonly DemoBucket[] = [
  {
    name: 'acme-security-findings',
    ...ireland('security'),
    inventoryInto: 'acme-security-intake',
    routes: [{ to: 'acme-dr-security-findings' }],
    objects: { prefix: 'findings/', after: 5 },
  },
  { name: 'acme-dr-security-findings', ...frankfurt('recovery'), fate: 'reads partly denied' },
  {
    name: 'acme-security-evidence',
    ...ireland('security'),
    tags: { data: 'evidence' },
    objectLock: 365,
    routes: [{ to: 'acme-dr-security-evidence' }],
    objects: { prefix: 'cases/', after: 5 },
  },
  { name: 'acme-dr-security-evidence', ...frankfurt('recovery'), objectLock: 365 },
];

const plain: readonly DemoBucket[] = [
  { name: 'acme-logs-access-logs', ...ireland('logs'), unversioned: true },
  {
    name: 'acme-org-billing-reports',
    ...virginia('management'),
    role: 'billing',
    routes: [{ to: 'acme-artifacts-oregon', prefix: 'billing/' }],
  },
  {
    name: 'acme-org-stacksets',
    ...virginia('management'),
    role: 'billing',
    routes: [{ to: 'acme-artifacts-oregon', prefix: 'stacksets/' }],
  },
];

export const logs: readonly DemoBucket[] = [...roleThere, ...policies, ...trust, ...denied, ...plain];
