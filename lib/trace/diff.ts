import { criticalPath } from "./critical_path.ts";
import { longestTree, type TreeNode } from "./tree.ts";

/** What one of two traces has in a place: spans of one service with one name, below the same ancestors. */
export interface DiffSide {
  count: number;
  errorCount: number;
  /** The sum of their durations. */
  sumNanos: number;
  /** Their part of the critical path: how much shorter the trace would be without them. */
  pathNanos: number;
  /** From the first start to the last end, since the start of the trace. */
  startNanos: number;
  endNanos: number;
  /** The longest of them. */
  spanId: string;
}

/** A place in two traces. At least one of the sides is there. */
export interface DiffNode {
  serviceName: string;
  /** Undefined for a missing parent. */
  name: string | undefined;
  a: DiffSide | undefined;
  b: DiffSide | undefined;
  /** In the order of their starts. */
  children: DiffNode[];
}

export type Difference = "only-a" | "only-b" | "slower" | "faster" | "same";

/** A smaller share of the longer time is no difference. */
const LEAST_SHARE = 0.1;
/** Nor is a smaller part of the longer trace. */
const LEAST_TRACE_SHARE = 0.001;

/**
 * Two traces as one tree. Spans match if they and all of their ancestors have the same service and name; spans
 * of one trace that are alike are one place, however many they are.
 */
export function diffTraces(a: readonly TreeNode[], b: readonly TreeNode[]): DiffNode[] {
  const [pathA, pathB] = [pathNanos(a), pathNanos(b)];
  const roots: DiffNode[] = [];
  const stack = [{ a, b, into: roots }];
  while (stack.length > 0) {
    const level = stack.pop()!;
    const [groupsA, groupsB] = [Map.groupBy(level.a, keyOf), Map.groupBy(level.b, keyOf)];
    for (const key of new Set([...groupsA.keys(), ...groupsB.keys()])) {
      const [nodesA, nodesB] = [groupsA.get(key) ?? [], groupsB.get(key) ?? []];
      const { span } = (nodesA[0] ?? nodesB[0])!;
      const node: DiffNode = {
        serviceName: span?.serviceName ?? "",
        name: span?.name,
        a: sideOf(nodesA, pathA),
        b: sideOf(nodesB, pathB),
        children: [],
      };
      level.into.push(node);
      const below = { a: childrenOf(nodesA), b: childrenOf(nodesB), into: node.children };
      if (below.a.length + below.b.length > 0) stack.push(below);
    }
    level.into.sort((a, b) => startOf(a) - startOf(b));
  }
  return roots;
}

/** How much longer the second trace takes in a place; undefined if only one of them has it. */
export function changeNanos({ a, b }: DiffNode): number | undefined {
  return a && b && b.sumNanos - a.sumNanos;
}

/**
 * How the second trace differs in a place. A time differs if it changed by a tenth, and by a thousandth of
 * the longer trace.
 */
export function differenceOf(node: DiffNode, longerTraceNanos: number): Difference {
  const { a, b } = node;
  if (!a) return "only-b";
  if (!b) return "only-a";
  const change = b.sumNanos - a.sumNanos;
  const least = Math.max(
    LEAST_SHARE * Math.max(a.sumNanos, b.sumNanos),
    LEAST_TRACE_SHARE * longerTraceNanos,
  );
  return Math.abs(change) < least || change === 0 ? "same" : change > 0 ? "slower" : "faster";
}

/** A place of a diff, with its depth: 1 for roots. */
export interface PlacedDiff {
  node: DiffNode;
  level: number;
}

/** All places, parents first. */
export function listDiff(roots: readonly DiffNode[]): PlacedDiff[] {
  const places: PlacedDiff[] = [];
  const stack = roots.toReversed().map((node) => ({ node, level: 1 }));
  while (stack.length > 0) {
    const place = stack.pop()!;
    places.push(place);
    for (const node of place.node.children.toReversed()) {
      stack.push({ node, level: place.level + 1 });
    }
  }
  return places;
}

/** Only the places that differ, and those that lead to one. */
export function changedPlaces(
  places: readonly PlacedDiff[],
  longerTraceNanos: number,
): PlacedDiff[] {
  const changed: PlacedDiff[] = [];
  /** The level of the parent of the last place that was added. */
  let parentLevel = 0;
  for (const place of places.toReversed()) {
    const isSame = differenceOf(place.node, longerTraceNanos) === "same";
    if (isSame && place.level !== parentLevel) continue;
    changed.push(place);
    parentLevel = place.level - 1;
  }
  return changed.reverse();
}

/**
 * The places that explain why the second trace took longer or shorter, the most important first: how much
 * their part of the critical path changed. Over all places, these changes add up to that of the traces'
 * longest roots.
 */
export function pathChanges(roots: readonly DiffNode[]): { node: DiffNode; nanos: number }[] {
  return listDiff(roots)
    .map(({ node }) => ({ node, nanos: (node.b?.pathNanos ?? 0) - (node.a?.pathNanos ?? 0) }))
    .filter(({ nanos }) => nanos !== 0)
    .sort((a, b) => Math.abs(b.nanos) - Math.abs(a.nanos));
}

function keyOf({ span }: TreeNode): string {
  return span ? `${span.serviceName}\n${span.name}` : "";
}

function childrenOf(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap(({ children }) => children);
}

/** The time on the critical path of the longest tree, by span. */
function pathNanos(roots: readonly TreeNode[]): Map<string, number> {
  const nanos = new Map<string, number>();
  for (const { spanId, startNanos, endNanos } of criticalPath(longestTree(roots))) {
    nanos.set(spanId, (nanos.get(spanId) ?? 0) + endNanos - startNanos);
  }
  return nanos;
}

function sideOf(
  nodes: readonly TreeNode[],
  path: ReadonlyMap<string, number>,
): DiffSide | undefined {
  const [first] = nodes;
  if (!first) return undefined;
  let longest = first;
  const side = {
    count: 0,
    errorCount: 0,
    sumNanos: 0,
    pathNanos: 0,
    startNanos: Infinity,
    endNanos: 0,
  };
  for (const node of nodes) {
    if (node.durationNanos > longest.durationNanos) longest = node;
    side.count++;
    side.errorCount += node.span?.isError ? 1 : 0;
    side.sumNanos += node.durationNanos;
    side.pathNanos += path.get(node.spanId) ?? 0;
    side.startNanos = Math.min(side.startNanos, node.startNanos);
    side.endNanos = Math.max(side.endNanos, node.startNanos + node.durationNanos);
  }
  return { ...side, spanId: longest.spanId };
}

function startOf({ a, b }: DiffNode): number {
  return Math.min(a?.startNanos ?? Infinity, b?.startNanos ?? Infinity);
}
