/** The routes behind a line of the picture; shared by the report and by its client script. */
import type { TopologyPair } from '../../../src/model/audit.ts';
import { shown } from '../text.ts';

export interface Pair {
  readonly state: TopologyPair['state'];
  readonly text: string;
  readonly rule: string;
}

const badness: readonly TopologyPair['state'][] = ['broken', 'warned', 'unknown', 'healthy'];

/** Broken first. */
export function worstPairs(pairs: readonly TopologyPair[]): TopologyPair[] {
  return [...pairs].sort((a, b) => badness.indexOf(a.state) - badness.indexOf(b.state));
}

/** A route as the drill-down shows it. */
export function pairView({ state, source, destination, replicationRule }: TopologyPair): Pair {
  return {
    state,
    text: `${shown(source, 120)} → ${shown(destination, 120)}`,
    rule: shown(replicationRule, 120),
  };
}
