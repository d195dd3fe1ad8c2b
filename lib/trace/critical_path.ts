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
 *
 * The algorithm is that of CRISP (USENIX ATC 2022), but a child that overlaps one that is
 * already on the path is clipped instead of skipped: clocks that round to milliseconds make children overlap
 * that ran one after the other.
 */
export function criticalPath(root: TreeNode | undefined): PathSegment[] {
  if (!root) return [];
  const segments: PathSegment[] = [];
  const stack: Visit[] = [{ node: root, from: root.startNanos, until: nodeEnd(root) }];
  while (stack.length > 0) {
    const { node, from, until } = stack.pop()!;
    let time = until;
    const waitedFor: Visit[] = [];
    for (const child of [...node.children].sort(byEndThenStart)) {
      // Nothing waited for the time outside of the parent, or during a child that ended later.
      const end = Math.min(nodeEnd(child), time);
      const start = Math.max(child.startNanos, from);
      if (end <= start) continue;
      addOwn(node, end, time);
      waitedFor.push({ node: child, from: start, until: end });
      time = start;
    }
    addOwn(node, from, time);
    // As arguments of one call, 100,000 children could be too many.
    for (const visit of waitedFor) stack.push(visit);
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

/** The last end first; of equal ends, the one that took longer. */
function byEndThenStart(a: TreeNode, b: TreeNode): number {
  return nodeEnd(b) - nodeEnd(a) || a.startNanos - b.startNanos;
}

function nodeEnd(node: TreeNode): number {
  return node.startNanos + node.durationNanos;
}
