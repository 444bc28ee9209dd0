/** Every bucket of the demo. Each theme plants faults, and beside each fault a healthy twin that its rule may not name. */
import { data } from './layout/data.ts';
import { filters } from './layout/filters.ts';
import { logs } from './layout/logs.ts';
import { payments } from './layout/payments.ts';
import { retention } from './layout/retention.ts';
import { shared } from './layout/shared.ts';
import { shop } from './layout/shop.ts';
import type { DemoBucket } from './layout/bucket.ts';

export const buckets: readonly DemoBucket[] = [
  ...shop,
  ...payments,
  ...retention,
  ...data,
  ...filters,
  ...logs,
  ...shared,
];
