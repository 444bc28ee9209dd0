/** Acme, the company of the demo: its OUs and accounts. */

/** An OU, with the OU that it is in; null is the root. */
export interface DemoUnit {
  readonly name: string;
  readonly parent: string | null;
}

export const units: readonly DemoUnit[] = [
  { name: 'Security', parent: null },
  { name: 'Infrastructure', parent: null },
  { name: 'Workloads', parent: null },
  { name: 'Prod', parent: 'Workloads' },
  { name: 'Dev', parent: 'Workloads' },
  { name: 'Data', parent: null },
  { name: 'Recovery', parent: null },
  { name: 'Sandbox', parent: null },
  { name: 'Acquired', parent: null },
  { name: 'Suspended', parent: null },
];

export interface DemoAccount {
  readonly name: string;
  readonly unit: string;
  /** Nobody made the audit role there. */
  readonly unaudited?: true;
  /** Closed, once everything else is done. */
  readonly closed?: true;
}

/** In this order they are made, so that each has the same id every time. */
export const accounts = {
  security: { name: 'Acme Security Tooling', unit: 'Security' },
  logs: { name: 'Acme Log Archive', unit: 'Security' },
  network: { name: 'Acme Network', unit: 'Infrastructure' },
  shared: { name: 'Acme Shared Services', unit: 'Infrastructure' },
  shop: { name: 'Acme Shop Prod', unit: 'Prod' },
  payments: { name: 'Acme Payments Prod', unit: 'Prod' },
  shopDev: { name: 'Acme Shop Dev', unit: 'Dev' },
  paymentsDev: { name: 'Acme Payments Dev', unit: 'Dev' },
  lake: { name: 'Acme Data Lake', unit: 'Data' },
  analytics: { name: 'Acme Analytics', unit: 'Data' },
  recovery: { name: 'Acme Disaster Recovery', unit: 'Recovery' },
  // Names are what somebody typed: in a report they must stay text.
  playground: { name: '<img src=x onerror=alert(1)>', unit: 'Sandbox' },
  robotics: { name: 'Acme Robotics (acquired)', unit: 'Acquired', unaudited: true },
  hosting: { name: 'Acme Legacy Hosting', unit: 'Suspended', closed: true },
} as const satisfies Readonly<Record<string, DemoAccount>>;

/** A member account, the management account, or the partner company's, which is in no organization of Acme's. */
export type AccountName = keyof typeof accounts | 'management' | 'partner';
