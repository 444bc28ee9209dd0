/** The replication topology: pictures, and the same as a table. */
import type { Topology, TopologyEdge, TopologyNode } from '../../../src/model/audit.ts';
import { count, counted, fragment, shown } from '../text.ts';
import { compareText } from '../survey.ts';
import { flowWords, healthy, picture, stateOf } from './picture.ts';
import type { Flow, GraphEdge, GraphNode, Picture, State } from './picture.ts';
import { pairView, worstPairs } from './topology-pairs.ts';
import type { Pair } from './topology-pairs.ts';

export interface EdgeLine {
  /** Its place in the audit's topology, by which the client script finds its routes. */
  readonly index: number;
  readonly state: State;
  readonly from: string;
  readonly to: string;
  readonly link: string;
  readonly routes: string;
  readonly broken: string;
  readonly warned: string;
  readonly unknown: string;
  readonly healthy: string;
  readonly drill: string;
  readonly pairs: readonly Pair[];
  readonly more: string | null;
}

export interface TopologyView {
  readonly line: string;
  readonly remark: string | null;
  readonly pictures: readonly Picture[];
  readonly edges: readonly EdgeLine[];
  readonly edgesLeftOut: string | null;
}

// Above these a layout is neither quick nor legible: then the Regions are drawn, and the worst edges by account.
const drawn = { nodes: 60, edges: 120, worst: 30 } as const;
const tabled = { edges: 300, pairs: 300, pairsOfAnEdge: 5 } as const;

/** The topology's data. */
export function topologyView(topology: Topology): TopologyView {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = [...topology.edges.entries()]
    .map(([index, edge]) => ({ index, edge }))
    .sort((a, b) => compareFlows(a.edge, b.edge) || a.index - b.index);
  const left = edges.length - tabled.edges;
  const sorted = edges.map(({ edge }) => edge);
  const small = linked(nodes, sorted).length <= drawn.nodes && edges.length <= drawn.edges;
  return {
    line: flowWords(total(sorted)),
    remark: small
      ? null
      : `${counted(nodes.size, 'account and Region', 'accounts and Regions')} are too many for one legible picture: the first adds them up by Region, the second shows the worst connections. The table below goes on from there.`,
    pictures: small ? whole(nodes, sorted) : [byRegion(nodes, sorted), ...worst(nodes, sorted)],
    edges: edgeLines(nodes, edges.slice(0, tabled.edges)),
    edgesLeftOut: left > 0 ? `${counted(left, 'connection')} with fewer faults left out here.` : null,
  };
}

function compareFlows(a: Flow, b: Flow): number {
  return b.broken - a.broken || b.warned - a.warned || b.unknown - a.unknown || b.routes - a.routes;
}

function total(flows: readonly Flow[]): Flow {
  const sum = (key: keyof Flow): number => flows.reduce((all, flow) => all + flow[key], 0);
  return { routes: sum('routes'), broken: sum('broken'), warned: sum('warned'), unknown: sum('unknown') };
}

type Nodes = ReadonlyMap<string, TopologyNode>;

// Buckets that nothing joins are no part of the picture.
function linked(nodes: Nodes, edges: readonly TopologyEdge[]): TopologyNode[] {
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return [...ids]
    .sort(compareText)
    .map((id) => nodes.get(id) ?? { id, account: null, accountName: null, region: null, buckets: 0 });
}

function whole(nodes: Nodes, edges: readonly TopologyEdge[]): Picture[] {
  if (edges.length === 0) return [];
  return [draw('routes', 'By account and Region', nodes, edges)];
}

function worst(nodes: Nodes, edges: readonly TopologyEdge[]): Picture[] {
  const bad = edges.filter((edge) => stateOf(edge) !== 'healthy').slice(0, drawn.worst);
  return bad.length === 0 ? [] : [draw('worst', 'The worst connections', nodes, bad)];
}

function draw(id: string, title: string, nodes: Nodes, edges: readonly TopologyEdge[]): Picture {
  return picture(
    id,
    title,
    linked(nodes, edges).map(graphNode),
    edges.map((edge) => ({ ...edge, link: edgeLink(nodes, edge) })),
  );
}

function graphNode(node: TopologyNode): GraphNode {
  const region = node.region ?? 'Region not known';
  return { id: node.id, name: nodeName(node), about: `${region}, ${counted(node.buckets, 'bucket')}` };
}

function nodeName({ account, accountName }: TopologyNode): string {
  if (account === null) return 'Account not known';
  return accountName === null || accountName === '' ? account : accountName;
}

function edgeLink(nodes: Nodes, { from, to }: TopologyEdge): string {
  const source = nodes.get(from);
  const target = nodes.get(to);
  return fragment({
    account: source?.account ?? '?',
    region: source?.region ?? '?',
    toAccount: target?.account ?? '?',
    toRegion: target?.region ?? '?',
  });
}

function byRegion(nodes: Nodes, edges: readonly TopologyEdge[]): Picture {
  const regionOf = (id: string): string => nodes.get(id)?.region ?? '?';
  const flows = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const [from, to] = [regionOf(edge.from), regionOf(edge.to)];
    const key = JSON.stringify([from, to]);
    const before = flows.get(key);
    const flow = total(before === undefined ? [edge] : [before, edge]);
    flows.set(key, { from, to, link: fragment({ region: from, toRegion: to }), ...flow });
  }
  const joined = linked(nodes, edges);
  const regions = [...new Set(joined.map(({ id }) => regionOf(id)))].sort(compareText);
  const sorted = [...flows.values()].sort(compareFlows);
  const title =
    sorted.length > drawn.edges
      ? `By Region, the worst ${count(drawn.edges)} connections`
      : 'By Region, all accounts';
  return picture(
    'regions',
    title,
    regions.map((region) => regionNode(region, joined)),
    sorted.slice(0, drawn.edges),
  );
}

function regionNode(region: string, nodes: readonly TopologyNode[]): GraphNode {
  const own = nodes.filter((node) => (node.region ?? '?') === region);
  const buckets = own.reduce((sum, node) => sum + node.buckets, 0);
  return {
    id: region,
    name: region === '?' ? 'Region not known' : region,
    about: `${counted(own.length, 'account')}, ${counted(buckets, 'bucket')}`,
  };
}

interface Indexed {
  readonly index: number;
  readonly edge: TopologyEdge;
}

function edgeLines(nodes: Nodes, edges: readonly Indexed[]): EdgeLine[] {
  let budget: number = tabled.pairs;
  return edges.map(({ index, edge }) => {
    const pairs = worstPairs(edge.pairs).slice(0, Math.min(tabled.pairsOfAnEdge, budget));
    budget -= pairs.length;
    return edgeLine(nodes, index, edge, pairs.map(pairView));
  });
}

function edgeLine(nodes: Nodes, index: number, edge: TopologyEdge, pairs: readonly Pair[]): EdgeLine {
  const left = edge.routes - pairs.length;
  return {
    index,
    state: stateOf(edge),
    from: nodeLabel(nodes.get(edge.from), edge.from),
    to: nodeLabel(nodes.get(edge.to), edge.to),
    link: edgeLink(nodes, edge),
    routes: count(edge.routes),
    broken: count(edge.broken),
    warned: count(edge.warned),
    unknown: count(edge.unknown),
    healthy: count(healthy(edge)),
    drill: counted(edge.routes, 'route'),
    pairs,
    more: left > 0 ? `and ${counted(left, 'more route', 'more routes')}` : null,
  };
}

function nodeLabel(node: TopologyNode | undefined, id: string): string {
  if (node === undefined) return shown(id, 120);
  return `${shown(nodeName(node), 80)} / ${shown(node.region ?? 'Region not known', 60)}`;
}
