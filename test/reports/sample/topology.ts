/** The sample's routes, added up. */
import type {
  AccountCoverage,
  Topology,
  TopologyEdge,
  TopologyNode,
  TopologyPair,
} from '../../../src/model/audit.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { scanned } from './coverage.ts';
import { regions } from './finding.ts';

/** A node for each account and Region that a finding's route touches, an edge for each two that are joined. */
export function topologyOf(
  accounts: readonly AccountCoverage[],
  findings: readonly Finding[],
  next: () => number,
): Topology {
  const nodes = new Map<string, TopologyNode>();
  for (const [index, account] of scanned(accounts).entries()) {
    add(nodes, accounts, account.id, regions[index % regions.length] ?? null, account.buckets);
  }
  const edges = new Map<string, TopologyEdge>();
  for (const finding of findings) {
    if (finding.route === undefined) continue;
    const { destination } = finding.route;
    const from = add(nodes, accounts, finding.resource.account, finding.resource.region, 0);
    const to = add(nodes, accounts, destination.account, destination.region, 0);
    const key = `${from} ${to}`;
    edges.set(key, grown(edges.get(key) ?? empty(from, to), pairOf(finding, next)));
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function add(
  nodes: Map<string, TopologyNode>,
  accounts: readonly AccountCoverage[],
  account: string | null,
  region: string | null,
  buckets: number,
): string {
  const id = `${account ?? '?'}/${region ?? '?'}`;
  const accountName = accounts.find((each) => each.id === account)?.name ?? null;
  const before = nodes.get(id)?.buckets ?? 0;
  nodes.set(id, { id, account, accountName, region, buckets: before + Math.max(buckets, 1) });
  return id;
}

function empty(from: string, to: string): TopologyEdge {
  return { from, to, routes: 0, broken: 0, warned: 0, unknown: 0, pairs: [] };
}

function grown(edge: TopologyEdge, pair: TopologyPair): TopologyEdge {
  return {
    ...edge,
    routes: edge.routes + 1,
    broken: edge.broken + (pair.state === 'broken' ? 1 : 0),
    warned: edge.warned + (pair.state === 'warned' ? 1 : 0),
    unknown: edge.unknown + (pair.state === 'unknown' ? 1 : 0),
    pairs: edge.pairs.length < 1000 ? [...edge.pairs, pair] : edge.pairs,
  };
}

function pairOf(finding: Finding, next: () => number): TopologyPair {
  const failing = finding.severity === 'error' ? 'broken' : 'warned';
  const told = finding.outcome === 'unknown' ? 'unknown' : failing;
  return {
    source: finding.resource.bucket,
    destination: finding.route?.destination.bucket ?? '',
    replicationRule: finding.route?.replicationRule ?? '',
    state: next() < 0.3 ? 'healthy' : told,
  };
}
