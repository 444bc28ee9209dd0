/** Adds routes up by account and Region, with the worst that was found on each. */
import type { Estate } from './estate.ts';
import type { Found } from './judge.ts';
import type { Topology, TopologyEdge, TopologyNode, TopologyPair } from '../model/audit.ts';
import type { Route } from '../model/estate.ts';
import { findingRoute } from './finding.ts';

/** How many pairs an edge lists; the rest are counted only. */
const pairsPerEdge = 1000;

type State = TopologyPair['state'];

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly counts: Record<State, number>;
  readonly pairs: TopologyPair[];
}

export class TopologyCount {
  readonly #nodes = new Map<string, { node: Omit<TopologyNode, 'buckets'>; buckets: Set<string> }>();
  readonly #edges = new Map<string, Edge>();
  readonly #estate: Estate;

  constructor(estate: Estate) {
    this.#estate = estate;
  }

  /** Counts a bucket's routes in the light of what was found. */
  add(routes: readonly Route[], found: readonly Found[]): void {
    for (const route of routes) this.#route(route, stateOf(route, found));
  }

  finish(): Topology {
    return {
      nodes: [...this.#nodes.values()]
        .map(({ node, buckets }) => ({ ...node, buckets: buckets.size }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      edges: [...this.#edges.values()]
        .map(edgeOf)
        .sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)),
    };
  }

  #route(route: Route, state: State): void {
    const { source, destination } = route;
    const from = this.#node(source.account, source.region, source.name);
    const to = this.#node(destination.account, destination.region, destination.name);
    const key = `${from} ${to}`;
    const edge = this.#edges.get(key) ?? {
      from,
      to,
      counts: { healthy: 0, broken: 0, warned: 0, unknown: 0 },
      pairs: [],
    };
    this.#edges.set(key, edge);
    edge.counts[state] += 1;
    if (edge.pairs.length < pairsPerEdge) {
      const { replicationRule } = findingRoute(route);
      edge.pairs.push({ source: source.name, destination: destination.name, replicationRule, state });
    }
  }

  #node(account: string | null, region: string | null, bucket: string): string {
    const id = `${account ?? '?'}/${region ?? '?'}`;
    const accountName = account === null ? null : (this.#estate.account(account)?.name ?? null);
    const entry = this.#nodes.get(id) ?? { node: { id, account, accountName, region }, buckets: new Set() };
    entry.buckets.add(bucket);
    this.#nodes.set(id, entry);
    return id;
  }
}

/** What is found of the source concerns each of its routes. A bucket rule (a Bucket Key, say) breaks no route. */
function stateOf(route: Route, found: readonly Found[]): State {
  let state: State = 'healthy';
  for (const one of found) {
    if (one.route !== route && (one.route !== null || one.selected.rule.scope !== 'source')) continue;
    const { severity, waiver } = one.finding;
    // What somebody has taken on is no surprise, and not healthy either.
    if (one.outcome === 'fail' && severity === 'error' && !waiver) return 'broken';
    if (one.outcome === 'fail') state = 'warned';
    else if (state === 'healthy') state = 'unknown';
  }
  return state;
}

function edgeOf({ from, to, counts, pairs }: Edge): TopologyEdge {
  const { healthy, broken, warned, unknown } = counts;
  return { from, to, routes: healthy + broken + warned + unknown, broken, warned, unknown, pairs };
}
