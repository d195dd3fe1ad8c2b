import { graphlib, layout } from "@dagrejs/dagre";
import type { ServiceEdge } from "../../../collector/model.ts";
import { serviceLabel } from "../../format/service_label.ts";
import { countOf, formatCount } from "../../format/number.ts";

/** A service on the map; x and y are its center, in pixels. */
export interface MapNode {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Calls between two services, with the corners of their line, and the label's center and width. */
export interface MapEdge extends ServiceEdge {
  points: { x: number; y: number }[];
  label: string;
  x: number;
  y: number;
  width: number;
}

/** The services with their calls, laid out from callers to called. */
export interface ServiceMap {
  nodes: MapNode[];
  edges: MapEdge[];
  width: number;
  height: number;
}

const NODE_HEIGHT = 44;
const NODE_GAP = 24;
const NODE_PADDING = 44;
const MIN_NODE_WIDTH = 96;
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 12;
const RANK_GAP = 48;

/** How the map fits its container. */
export interface MapOptions {
  /** Whether it goes from top to bottom instead of from left to right. */
  isNarrow: boolean;
  /** The width for services without calls, which are in rows below the others. */
  roomPixels: number;
  /** The width of a label in pixels. */
  measure: (label: string) => number;
  /** What is below a service's name; nothing by default. */
  noteOf?: (name: string) => string;
}

/** The label of a line: "3 calls", "✕ 3 calls, 1 failed". */
export function edgeLabel({ callCount, errorCount }: ServiceEdge): string {
  const calls = countOf(callCount, "call");
  return errorCount > 0 ? `✕ ${calls}, ${formatCount(errorCount)} failed` : calls;
}

/** Lays the map out, from callers to called. */
export function layOutMap(
  names: readonly string[],
  edges: readonly ServiceEdge[],
  { isNarrow, roomPixels, measure, noteOf = () => "" }: MapOptions,
): ServiceMap {
  const calls = edges.filter(({ parent, child }) => parent !== child);
  const connected = new Set(calls.flatMap(({ parent, child }) => [parent, child]));
  const widthOf = (name: string) =>
    Math.max(
      measure(serviceLabel(name)) + NODE_PADDING,
      measure(noteOf(name)) + NODE_PADDING,
      MIN_NODE_WIDTH,
    );
  const map = layOutCalls(connected, calls, { isNarrow, measure, widthOf });
  const top = connected.size > 0 ? map.height + NODE_GAP : 0;
  const alone = layOutRows(names.filter((name) => !connected.has(name)), {
    top,
    roomPixels,
    widthOf,
  });
  const nodes = [...map.nodes, ...alone];
  return {
    nodes,
    edges: map.edges,
    width: Math.max(map.width, ...alone.map(({ x, width }) => x + width / 2)),
    height: Math.max(map.height, ...alone.map(({ y, height }) => y + height / 2)),
  };
}

function layOutCalls(
  names: ReadonlySet<string>,
  calls: readonly ServiceEdge[],
  { isNarrow, measure, widthOf }: Pick<MapOptions, "isNarrow" | "measure"> & Widths,
): ServiceMap {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: isNarrow ? "TB" : "LR", nodesep: NODE_GAP, ranksep: RANK_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  // The library stores nodes in plain objects, in which "constructor" and "__proto__" would already exist.
  const idOf = new Map([...names].map((name, index) => [name, `n${index}`]));
  for (const [name, id] of idOf) {
    graph.setNode(id, { width: widthOf(name), height: NODE_HEIGHT });
  }
  for (const call of calls) {
    // The layout leaves room for the label, so that nothing overlaps or clips it.
    const width = measure(edgeLabel(call)) + LABEL_PADDING;
    const label = { width, height: LABEL_HEIGHT, labelpos: "c" };
    graph.setEdge(idOf.get(call.parent)!, idOf.get(call.child)!, label);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    nodes: [...idOf].map(([name, id]) => {
      const { x, y, width, height } = graph.node(id);
      return { name, x: x ?? 0, y: y ?? 0, width, height };
    }),
    edges: calls.flatMap((edge) => {
      const line = graph.edge(idOf.get(edge.parent)!, idOf.get(edge.child)!);
      if (!line?.points) return [];
      const { points, x = 0, y = 0 } = line;
      const label = edgeLabel(edge);
      return [{ ...edge, points, label, x, y, width: measure(label) + LABEL_PADDING }];
    }),
    width,
    height,
  };
}

interface Widths {
  widthOf: (name: string) => number;
}

function layOutRows(
  names: readonly string[],
  { top, roomPixels, widthOf }: Widths & { top: number; roomPixels: number },
): MapNode[] {
  let left = 0;
  let y = top + NODE_HEIGHT / 2;
  return names.map((name) => {
    const width = widthOf(name);
    if (left > 0 && left + width > roomPixels) {
      left = 0;
      y += NODE_HEIGHT + NODE_GAP;
    }
    const node = { name, x: left + width / 2, y, width, height: NODE_HEIGHT };
    left += width + NODE_GAP;
    return node;
  });
}
