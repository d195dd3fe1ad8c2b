import type { TreeNode } from "./tree.ts";

/** A part of a span during which it did not wait for any child. */
export interface PathSegment {
  spanId: string;
  startNanos: number;
  endNanos: number;
}

/**
 * What the trace's time was spent on: going backward from the root's end, the child that ended last is always
 * the one that was waited for; the time between children is self time. Speeding up anything else doesn't
 * shorten the trace. The segments are in chronological order and don't overlap.
 */
export function criticalPath(root: TreeNode | undefined): PathSegment[] {
  if (!root) return [];
  const segments: PathSegment[] = [];
  const stack: Visit[] = [{ node: root, from: root.startNanos, until: nodeEnd(root) }];
  while (stack.length > 0) {
    const { node, from, until } = stack.pop()!;
    let time = until;
    const waitedFor: Visit[] = [];
    // If a child outlives its parent, or the remaining time, nothing waited for the rest of it.
    for (const child of [...node.children].sort((a, b) => nodeEnd(b) - nodeEnd(a))) {
      const end = Math.min(nodeEnd(child), until);
      if (end > time || end <= from || child.startNanos >= time) continue;
      const start = Math.max(child.startNanos, from);
      addOwn(node, end, time);
      waitedFor.push({ node: child, from: start, until: end });
      time = start;
    }
    addOwn(node, from, time);
    stack.push(...waitedFor);
  }
  return segments.sort((a, b) => a.startNanos - b.startNanos);

  function addOwn(node: TreeNode, startNanos: number, endNanos: number): void {
    if (node.span && endNanos > startNanos) {
      segments.push({ spanId: node.spanId, startNanos, endNanos });
    }
  }
}

interface Visit {
  node: TreeNode;
  from: number;
  until: number;
}

function nodeEnd(node: TreeNode): number {
  return node.startNanos + node.durationNanos;
}
