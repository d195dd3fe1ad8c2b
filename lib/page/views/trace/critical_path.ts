import type { TreeNode } from "./tree.ts";

/** A part of a span during which nothing below it was waited for. */
export interface PathSegment {
  spanId: string;
  startNanos: number;
  endNanos: number;
}

/**
 * What the trace's time was spent on: from the root's end backwards, always the child that ended last
 * is what was waited for; the time between children is the span's own. Speeding up anything else
 * does not make the trace shorter. The segments come in the order of time and do not overlap.
 */
export function criticalPath(root: TreeNode | undefined): PathSegment[] {
  if (!root) return [];
  const segments: PathSegment[] = [];
  const stack: Visit[] = [{ node: root, from: root.startNanos, until: nodeEnd(root) }];
  while (stack.length > 0) {
    const { node, from, until } = stack.pop()!;
    let time = until;
    const waitedFor: Visit[] = [];
    // A child that outlives its parent, or the time that is left, was not waited for after that.
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
