/** The lines of an account's routes: what listings say of their objects, and what CloudWatch does. */
import { readBackfill, type ObjectLimits } from './backfill.ts';
import type { Sessions } from './ends.ts';
import { readMetrics, type MetricFacts } from './metrics.ts';
import type { AccountWork, RouteWork } from './share.ts';
import type { ObjectsLine } from '../model/estate.ts';
import type { ObjectFacts, ObservedFacts } from '../model/facts.ts';

/** Reads the given facts of all routes out of an account's buckets; a route of which there is nothing to read has no line. */
export async function readObjects(
  work: AccountWork,
  sessions: Sessions,
  facts: readonly string[],
  limits: ObjectLimits,
): Promise<readonly ObjectsLine[]> {
  const metrics = readMetrics(work.routes, sessions(work.account), facts);
  const lines = work.routes.map(async (route): Promise<ObjectsLine> => {
    const [measured, listed] = await Promise.all([
      metrics,
      facts.includes('backfill') ? listings(route, sessions, limits) : {},
    ]);
    const own: ObservedFacts<MetricFacts> = measured.get(route) ?? {};
    return { kind: 'objects', source: route.source.name, index: route.index, facts: { ...listed, ...own } };
  });
  const read = await Promise.all([...lines]);
  return read.filter((line) => Object.keys(line.facts).length > 0);
}

/** Of a destination that no scanned account owns there is nothing to list. */
async function listings(
  { destination, ...route }: RouteWork,
  sessions: Sessions,
  limits: ObjectLimits,
): Promise<ObservedFacts<Pick<ObjectFacts, 'backfill'>>> {
  if (destination === null) return {};
  return { backfill: await readBackfill({ ...route, destination }, sessions, limits) };
}
