import { graphlib, layout } from "@dagrejs/dagre";
import type { ServiceEdge } from "../../../collector/api/model.ts";

/** A service on the map; x and y are its middle, in pixels. */
export interface MapNode {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Calls between two services, with the corners of their line. */
export interface MapEdge extends ServiceEdge {
  points: { x: number; y: number }[];
}

/** The services with their calls, laid out from callers to called. */
export interface ServiceMap {
  nodes: MapNode[];
  edges: MapEdge[];
  width: number;
  height: number;
}

const NODE_HEIGHT = 44;
const CHARACTER_WIDTH = 7.6;
const NODE_PADDING = 36;
const MIN_NODE_WIDTH = 96;
const MAX_NODE_WIDTH = 260;

/** Lays the map out, from left to right, or from top to bottom where it is narrow. */
export function layOutMap(
  names: readonly string[],
  edges: readonly ServiceEdge[],
  { isNarrow = false }: { isNarrow?: boolean } = {},
): ServiceMap {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: isNarrow ? "TB" : "LR", nodesep: 24, ranksep: 84 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set([...names, ...edges.flatMap(({ parent, child }) => [parent, child])]);
  for (const name of known) {
    graph.setNode(name, { width: widthOf(name), height: NODE_HEIGHT });
  }
  for (const { parent, child } of edges) {
    if (parent !== child) graph.setEdge(parent, child);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    nodes: [...known].map((name) => {
      const { x, y, width, height } = graph.node(name);
      return { name, x: x ?? 0, y: y ?? 0, width, height };
    }),
    edges: edges.flatMap((edge) => {
      const line = graph.edge(edge.parent, edge.child);
      return line?.points ? [{ ...edge, points: line.points }] : [];
    }),
    width,
    height,
  };
}

function widthOf(name: string): number {
  const width = NODE_PADDING + name.length * CHARACTER_WIDTH;
  return Math.min(Math.max(width, MIN_NODE_WIDTH), MAX_NODE_WIDTH);
}
