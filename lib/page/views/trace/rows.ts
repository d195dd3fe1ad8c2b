import type { TreeNode } from "../../../trace/tree.ts";

/** A line of the waterfall. */
export interface SpanRow {
  node: TreeNode;
  /** 1 for roots, as in `aria-level`. */
  level: number;
  /** Row of the parent; -1 for roots. */
  parentIndex: number;
  positionInSet: number;
  setSize: number;
}

/** The visible lines, given the span ids of collapsed nodes. */
export function visibleRows(
  roots: readonly TreeNode[],
  collapsed: ReadonlySet<string>,
): SpanRow[] {
  const rows: SpanRow[] = [];
  const stack: SpanRow[] = [];
  push(roots, 1, -1);
  while (stack.length > 0) {
    const row = stack.pop()!;
    rows.push(row);
    if (!collapsed.has(row.node.spanId)) push(row.node.children, row.level + 1, rows.length - 1);
  }
  return rows;

  function push(nodes: readonly TreeNode[], level: number, parentIndex: number): void {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]!;
      stack.push({ node, level, parentIndex, positionInSet: index + 1, setSize: nodes.length });
    }
  }
}
