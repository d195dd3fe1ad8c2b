import type { TreeNode } from "../../../trace/tree.ts";

/** Spans with the same name, service and ancestors, merged. */
export interface FlameFrame {
  /** The longest of these spans, which a click opens. */
  spanId: string;
  name: string;
  serviceName: string;
  count: number;
  errorCount: number;
  /** The sum of their durations. */
  totalNanos: number;
  depth: number;
  /** Left edge and width as shares of the total, 0 to 1. */
  left: number;
  width: number;
}

/**
 * The trace as a flame graph: time adds up by name. If parallel children took longer in total than their
 * parent, their widths shrink to fit.
 */
export function flameFrames(roots: readonly TreeNode[]): FlameFrame[] {
  const frames: FlameFrame[] = [];
  const stack: Level[] = [{ nodes: roots, depth: 0, left: 0, width: 1, totalNanos: 0 }];
  while (stack.length > 0) {
    const { nodes, depth, left, width, totalNanos } = stack.pop()!;
    const groups = groupByName(nodes);
    const sum = groups.reduce((total, group) => total + group.totalNanos, 0);
    const whole = Math.max(sum, totalNanos) || 1;
    let edge = left;
    for (const { nodes, ...group } of groups) {
      const share = width * group.totalNanos / whole;
      frames.push({ ...group, depth, left: edge, width: share });
      const children = nodes.flatMap(({ children }) => children);
      if (children.length > 0) {
        stack.push({
          nodes: children,
          depth: depth + 1,
          left: edge,
          width: share,
          totalNanos: group.totalNanos,
        });
      }
      edge += share;
    }
  }
  return frames;
}

interface Level {
  nodes: readonly TreeNode[];
  depth: number;
  left: number;
  width: number;
  totalNanos: number;
}

type Group = Omit<FlameFrame, "depth" | "left" | "width"> & { nodes: TreeNode[] };

/** The largest first. */
function groupByName(nodes: readonly TreeNode[]): Group[] {
  const groups = new Map<string, Group>();
  for (const node of nodes) {
    const name = node.span?.name ?? "parent has not arrived";
    const serviceName = node.span?.serviceName ?? "";
    const key = JSON.stringify([serviceName, name]);
    const group = groups.get(key) ??
      { spanId: "", name, serviceName, count: 0, errorCount: 0, totalNanos: 0, nodes: [] };
    groups.set(key, group);
    group.nodes.push(node);
    group.count++;
    group.errorCount += node.span?.isError ? 1 : 0;
    group.totalNanos += node.durationNanos;
  }
  for (const group of groups.values()) {
    group.spanId = group.nodes.reduce((a, b) => b.durationNanos > a.durationNanos ? b : a).spanId;
  }
  return [...groups.values()].sort((a, b) => b.totalNanos - a.totalNanos);
}
