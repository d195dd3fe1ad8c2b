import { type Branch, type Fold, foldEqual, isFold } from "./fold.ts";
import { type TreeNode, walk } from "./tree.ts";

/** Which rows are open. Unless changed, nodes are open and folds are closed. */
export interface OpenRows {
  /** Whether all rows are open or closed, apart from the changed ones. */
  all: "open" | "closed" | undefined;
  /** The ids of rows that are the other way round. */
  changed: ReadonlySet<string>;
}

/** A line of the waterfall: a span, a missing parent, or a fold. */
export interface SpanRow {
  /** The node's or the fold's id. */
  id: string;
  /** Of a fold, the first node. */
  node: TreeNode;
  fold: Fold | undefined;
  isParent: boolean;
  isOpen: boolean;
  /** 1 for roots, as in `aria-level`. */
  level: number;
  /** Row of the parent; -1 for roots. */
  parentIndex: number;
  positionInSet: number;
  setSize: number;
}

/** Whether a row is open. */
export function isOpen({ all, changed }: OpenRows, id: string): boolean {
  const isOpenByDefault = all === undefined ? !id.endsWith("*") : all === "open";
  return isOpenByDefault !== changed.has(id);
}

/** The rows with one of them opened or closed. */
export function withRow(open: OpenRows, id: string, isToBeOpen: boolean): OpenRows {
  if (isOpen(open, id) === isToBeOpen) return open;
  const changed = new Set(open.changed);
  if (!changed.delete(id)) changed.add(id);
  return { ...open, changed };
}

/** The visible lines. */
export function visibleRows(roots: readonly TreeNode[], open: OpenRows): SpanRow[] {
  const rows: SpanRow[] = [];
  const stack: SpanRow[] = [];
  push(foldEqual(roots), 1, -1);
  while (stack.length > 0) {
    const row = stack.pop()!;
    rows.push(row);
    if (!row.isParent || !row.isOpen) continue;
    const below = row.fold ? row.fold.nodes : foldEqual(row.node.children);
    push(below, row.level + 1, rows.length - 1);
  }
  return rows;

  function push(branches: readonly Branch[], level: number, parentIndex: number): void {
    for (let index = branches.length - 1; index >= 0; index--) {
      const place = { level, parentIndex, positionInSet: index + 1, setSize: branches.length };
      stack.push({ ...rowOf(branches[index]!, open), ...place });
    }
  }
}

function rowOf(branch: Branch, open: OpenRows) {
  if (isFold(branch)) {
    const { id, nodes } = branch;
    return { id, node: nodes[0]!, fold: branch, isParent: true, isOpen: isOpen(open, id) };
  }
  const id = branch.spanId;
  const isParent = branch.children.length > 0;
  return { id, node: branch, fold: undefined, isParent, isOpen: isOpen(open, id) };
}

/** Whether any row that could be open is closed. */
export function hasClosed(rows: readonly SpanRow[]): boolean {
  return rows.some(({ isParent, isOpen }) => isParent && !isOpen);
}

/** The rows with all those open that lead to a span; unchanged if it is missing or already visible. */
export function withSpanShown(
  roots: readonly TreeNode[],
  open: OpenRows,
  spanId: string,
): OpenRows {
  const parents = new Map<TreeNode, TreeNode>();
  let node: TreeNode | undefined;
  for (const parent of walk(roots)) {
    for (const child of parent.children) parents.set(child, parent);
    if (parent.spanId === spanId) node = parent;
  }
  let shown = open;
  while (node) {
    const parent = parents.get(node);
    const within = foldOf(node, parent?.children ?? roots);
    if (within) shown = withRow(shown, within.id, true);
    if (parent) shown = withRow(shown, parent.spanId, true);
    node = parent;
  }
  return shown;
}

function foldOf(node: TreeNode, siblings: readonly TreeNode[]): Fold | undefined {
  for (const branch of foldEqual(siblings)) {
    if (isFold(branch) && branch.nodes.includes(node)) return branch;
  }
  return undefined;
}
