import { endOf, type TraceSpan } from "./spans.ts";

/** A span in the tree, or a placeholder for a missing parent. */
export interface TreeNode {
  /** The id of the span, or of the missing parent. */
  spanId: string;
  /** Undefined for a missing parent. */
  span: TraceSpan | undefined;
  startNanos: number;
  durationNanos: number;
  /** The earliest first. */
  children: TreeNode[];
  /** The number of descendants. */
  descendantCount: number;
}

/**
 * The spans as trees. A missing parent gets a node of its own, above all of its children; spans in a cycle are
 * at the top, so that they aren't lost.
 */
export function buildTree(spans: readonly TraceSpan[]): TreeNode[] {
  const nodes = new Map(spans.map((span) => [span.spanId, toNode(span)]));
  const roots: TreeNode[] = [];
  const missing = new Map<string, TreeNode>();
  for (const node of [...nodes.values()]) {
    const { parentSpanId } = node.span!;
    if (parentSpanId === "") roots.push(node);
    else if (nodes.has(parentSpanId)) nodes.get(parentSpanId)!.children.push(node);
    else placeholder(parentSpanId).children.push(node);
  }
  for (const node of missing.values()) roots.push(node);
  breakCycles(nodes, roots);
  for (const root of roots) complete(root);
  return roots.sort((a, b) => a.startNanos - b.startNanos);

  function placeholder(spanId: string): TreeNode {
    const known = missing.get(spanId);
    if (known) return known;
    const node = { ...toNode(undefined), spanId };
    missing.set(spanId, node);
    return node;
  }
}

/** Visits nodes and their descendants, parents first. */
export function* walk(roots: readonly TreeNode[]): Generator<TreeNode> {
  const stack = [...roots].reverse();
  while (stack.length > 0) {
    const node = stack.pop()!;
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) {
      stack.push(node.children[index]!);
    }
  }
}

/** The longest tree: nothing waited for the others. */
export function longestTree(roots: readonly TreeNode[]): TreeNode | undefined {
  return roots.toSorted((a, b) => b.durationNanos - a.durationNanos)[0];
}

function toNode(span: TraceSpan | undefined): TreeNode {
  return {
    spanId: span?.spanId ?? "",
    span,
    startNanos: span?.startNanos ?? 0,
    durationNanos: span?.durationNanos ?? 0,
    children: [],
    descendantCount: 0,
  };
}

/** Spans that no root leads to are in a cycle: the earliest one becomes a root, cut off from its parent. */
function breakCycles(nodes: Map<string, TreeNode>, roots: TreeNode[]): void {
  const reached = new Set(walk(roots));
  for (const node of nodes.values()) {
    if (reached.has(node)) continue;
    const parent = nodes.get(node.span!.parentSpanId)!;
    parent.children = parent.children.filter((child) => child !== node);
    roots.push(node);
    for (const below of walk([node])) reached.add(below);
  }
}

/** Sorts and counts from the leaves up; a missing parent covers the time of its children. */
function complete(root: TreeNode): void {
  for (const node of [...walk([root])].reverse()) {
    node.children.sort((a, b) => a.startNanos - b.startNanos);
    for (const { descendantCount, span } of node.children) {
      node.descendantCount += descendantCount + (span ? 1 : 0);
    }
    if (node.span) continue;
    const ends = node.children.map(({ span }) => span ? endOf(span) : 0);
    node.startNanos = node.children[0]?.startNanos ?? 0;
    node.durationNanos = ends.reduce((last, end) => Math.max(last, end), 0) - node.startNanos;
  }
}
