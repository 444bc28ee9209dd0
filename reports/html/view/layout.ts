/** Where the picture's boxes and lines go. dagre computes, this only hands over and takes back. */
import * as dagre from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedLine {
  readonly points: readonly Point[];
  readonly label: Point;
}

export interface Placement {
  readonly width: number;
  readonly height: number;
  /** Centres of the boxes, by node. */
  readonly sources: ReadonlyMap<string, Point>;
  readonly destinations: ReadonlyMap<string, Point>;
  /** In the order of the edges asked for. */
  readonly lines: readonly PlacedLine[];
}

interface Graph {
  setGraph(label: object): void;
  graph(): { readonly width?: number; readonly height?: number };
  setNode(name: string, label: object): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  node(name: string): Point;
  edge(from: string, to: string, name: string): Point;
}

// The package's declarations import without endings, which Node's resolution does not follow: they come out as any.
const { Graph, layout } = dagre as unknown as {
  readonly Graph: new (options: { multigraph: boolean }) => Graph;
  readonly layout: (graph: Graph) => void;
};

export const box = { width: 236, height: 48 } as const;
const label = { width: 72, height: 20 } as const;
const margin = 16;
// Room for the columns' headings.
const heading = 28;
const gap = { ranks: 540, nodes: 20, edges: 12 } as const;
// How much of a box's side its lines may use.
const portSide = 30;

interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * Lays out two columns, sources and destinations; who is both stands in both. S3 does not replicate replicas, so no way is
 * longer than one line. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
 */
export function place(edges: readonly Link[]): Placement {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: gap.nodes,
    edgesep: gap.edges,
    ranksep: gap.ranks,
    marginx: margin,
    marginy: margin,
  });
  for (const { from, to } of edges) {
    graph.setNode(`from ${from}`, { ...box });
    graph.setNode(`to ${to}`, { ...box });
  }
  edges.forEach(({ from, to }, index) => {
    graph.setEdge(`from ${from}`, `to ${to}`, { ...label, labelpos: 'c' }, String(index));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height) + heading,
    sources: column(graph, 'from', edges),
    destinations: column(graph, 'to', edges),
    lines: lines(graph, edges),
  };
}

function lowered({ x, y }: Point): Point {
  return { x, y: y + heading };
}

function column(graph: Graph, side: 'from' | 'to', edges: readonly Link[]): Map<string, Point> {
  return new Map(edges.map((edge) => [edge[side], lowered(graph.node(`${side} ${edge[side]}`))]));
}

function lines(graph: Graph, edges: readonly Link[]): PlacedLine[] {
  const labels = edges.map(({ from, to }, index) =>
    lowered(graph.edge(`from ${from}`, `to ${to}`, String(index))),
  );
  const starts = ports(graph, 'from', edges, labels);
  const ends = ports(graph, 'to', edges, labels);
  return labels.map((middle, index) => ({
    points: [starts[index] ?? middle, middle, ends[index] ?? middle],
    label: middle,
  }));
}

/** Where each line meets its box: spread over the side, in the order of the labels, so that lines do not cross there. */
function ports(graph: Graph, side: 'from' | 'to', edges: readonly Link[], labels: readonly Point[]): Point[] {
  const own = new Map<string, number[]>();
  edges.forEach((edge, index) => own.set(edge[side], [...(own.get(edge[side]) ?? []), index]));
  const found: Point[] = [];
  for (const [id, indices] of own) {
    const { x, y } = lowered(graph.node(`${side} ${id}`));
    const edge = side === 'from' ? x + box.width / 2 : x - box.width / 2;
    indices.sort((a, b) => (labels[a]?.y ?? 0) - (labels[b]?.y ?? 0));
    indices.forEach((index, place) => {
      found[index] = { x: edge, y: y - portSide / 2 + (portSide * (place + 0.5)) / indices.length };
    });
  }
  return found;
}

/** A line that leaves and arrives level, as SVG path data. */
export function path([start, middle, end]: readonly Point[]): string {
  if (start === undefined || middle === undefined || end === undefined) return '';
  const flat = label.width / 2;
  const before = { x: middle.x - flat, y: middle.y };
  const after = { x: middle.x + flat, y: middle.y };
  return `M${xy(start)} ${curve(start, before)} L${xy(after)} ${curve(after, end)}`;
}

function curve(from: Point, to: Point): string {
  const bend = (to.x - from.x) / 2;
  return `C${xy({ x: from.x + bend, y: from.y })} ${xy({ x: to.x - bend, y: to.y })} ${xy(to)}`;
}

function xy({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

/** A tenth of a pixel is enough, and spares digits. */
export function round(number: number): number {
  return Math.round(number * 10) / 10;
}
