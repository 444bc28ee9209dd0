/** How long versions are locked at both ends. */
import { oregon, virginia, type DemoBucket } from './bucket.ts';

const vault = 'acme-dr-payments-insurance';

/** One vault that locks for a year, and sources that lock less, as much, and nothing. */
export const retention: readonly DemoBucket[] = [
  {
    name: 'acme-payments-claims',
    ...virginia('payments'),
    objectLock: 30,
    governance: true,
    routes: [{ to: vault, prefix: 'claims/' }],
  },
  {
    name: 'acme-payments-policies',
    ...virginia('payments'),
    objectLock: 365,
    routes: [{ to: vault, prefix: 'policies/' }],
  },
  { name: 'acme-payments-quotes', ...virginia('payments'), routes: [{ to: vault, prefix: 'quotes/' }] },
  { name: vault, ...oregon('recovery'), objectLock: 365 },
];
