/** A graph as boxes and lines that the template writes as SVG. */
import { box, path, place, round } from './layout.ts';
import type { PlacedLine, Point } from './layout.ts';
import { count, counted, shown } from '../text.ts';

export type State = 'broken' | 'warned' | 'unknown' | 'healthy';

/** Routes, counted. */
export interface Flow {
  readonly routes: number;
  readonly broken: number;
  readonly warned: number;
  readonly unknown: number;
}

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export interface GraphEdge extends Flow {
  readonly from: string;
  readonly to: string;
  /** Into the findings of these routes. */
  readonly link: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly textX: number;
  readonly nameY: number;
  readonly aboutY: number;
  readonly name: string;
  readonly about: string;
  readonly title: string;
}

interface Arrow {
  readonly path: string;
  readonly state: State;
  readonly link: string;
  readonly words: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly pillX: number;
  readonly pillY: number;
  readonly pillWidth: number;
}

export interface Picture {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** Where the columns of sources and destinations begin. */
  readonly fromX: number;
  readonly toX: number;
  readonly nodes: readonly Box[];
  readonly edges: readonly Arrow[];
}

const signs: Readonly<Record<State, string>> = { broken: '× ', warned: '! ', unknown: '? ', healthy: '' };
const longestName = 25;

/** An edge is as bad as its worst route. */
export function stateOf({ broken, warned, unknown }: Flow): State {
  return broken > 0 ? 'broken' : warned > 0 ? 'warned' : unknown > 0 ? 'unknown' : 'healthy';
}

/** Routes that have nothing against them. */
export function healthy({ routes, broken, warned, unknown }: Flow): number {
  return Math.max(0, routes - broken - warned - unknown);
}

/** `12 routes: 2 broken, 10 healthy`. */
export function flowWords(flow: Flow): string {
  const parts = [
    [flow.broken, 'broken'],
    [flow.warned, 'warned'],
    [flow.unknown, 'unknown'],
    [healthy(flow), 'healthy'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return `${counted(flow.routes, 'route')}: ${said.join(', ')}`;
}

/** Boxes and lines, placed. */
export function picture(
  id: string,
  title: string,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): Picture {
  const placement = place(edges);
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  const boxes = (places: ReadonlyMap<string, Point>): Box[] =>
    nodes.flatMap((node) => {
      const at = places.get(node.id);
      return at === undefined ? [] : [boxOf(node, at)];
    });
  return {
    id,
    title,
    width: placement.width,
    height: placement.height,
    boxWidth: box.width,
    boxHeight: box.height,
    fromX: 16,
    toX: placement.width - 16 - box.width,
    nodes: [...boxes(placement.sources), ...boxes(placement.destinations)],
    edges: edges.map((edge, index) => arrow(edge, names, placement.lines[index])),
  };
}

function boxOf({ name, about }: GraphNode, { x, y }: Point): Box {
  return {
    x: round(x - box.width / 2),
    y: round(y - box.height / 2),
    textX: round(x - box.width / 2 + 12),
    nameY: round(y - 4),
    aboutY: round(y + 14),
    name: clipped(name),
    about: clipped(about, longestName + 8),
    title: `${shown(name)}, ${shown(about)}`,
  };
}

// SVG cuts no text by itself.
function clipped(text: string, longest = longestName): string {
  const safe = shown(text);
  return safe.length > longest ? `${safe.slice(0, longest - 1).trimEnd()}…` : safe;
}

function arrow(edge: GraphEdge, names: ReadonlyMap<string, string>, line: PlacedLine | undefined): Arrow {
  const state = stateOf(edge);
  const wrong = { broken: edge.broken, warned: edge.warned, unknown: edge.unknown, healthy: 0 }[state];
  const label =
    state === 'healthy' ? count(edge.routes) : `${signs[state]}${count(wrong)}/${count(edge.routes)}`;
  const { x, y } = line?.label ?? { x: 0, y: 0 };
  const pillWidth = label.length * 7 + 14;
  const from = shown(names.get(edge.from) ?? edge.from, 80);
  const to = shown(names.get(edge.to) ?? edge.to, 80);
  return {
    path: path(line?.points ?? []),
    state,
    link: edge.link,
    words: `${from} to ${to}, ${flowWords(edge)}`,
    label,
    x: round(x),
    y: round(y + 4),
    pillX: round(x - pillWidth / 2),
    pillY: round(y - 10),
    pillWidth,
  };
}
