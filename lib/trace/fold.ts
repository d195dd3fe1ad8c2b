import type { TreeNode } from "./tree.ts";

/** This many equal spans below one parent are shown as one; if they are calls, they look like a loop. */
export const MIN_EQUAL = 10;

/** Equal spans below one parent, shown as one: they have the same name, service, and kind. */
export interface Fold {
  /** The first span's id with a `*`, which differs from all span ids. */
  id: string;
  /** The earliest first. */
  nodes: TreeNode[];
  /** The sum of their durations. */
  sumNanos: number;
  /** How many of them failed. */
  errorCount: number;
  /** From the first start to the last end. */
  startNanos: number;
  endNanos: number;
}

/** A node, or several that are folded. */
export type Branch = TreeNode | Fold;

/** Results by list, because a tree is shown many times, and may have 100,000 spans. */
const known = new WeakMap<readonly TreeNode[], readonly Branch[]>();

/**
 * Folds siblings that are equal, whether or not others are between them. A fold takes the place of its first
 * span. Fewer than {@linkcode MIN_EQUAL} equal spans stay as they are.
 */
export function foldEqual(siblings: readonly TreeNode[]): readonly Branch[] {
  if (siblings.length < MIN_EQUAL) return siblings;
  const found = known.get(siblings) ?? fold(siblings);
  known.set(siblings, found);
  return found;
}

/** Whether a branch is a fold. */
export function isFold(branch: Branch): branch is Fold {
  return "nodes" in branch;
}

function fold(siblings: readonly TreeNode[]): readonly Branch[] {
  const groups = Map.groupBy(siblings, keyOf);
  if (groups.size === siblings.length) return siblings;
  const branches: Branch[] = [];
  for (const node of siblings) {
    const group = groups.get(keyOf(node))!;
    if (!node.span || group.length < MIN_EQUAL) branches.push(node);
    else if (group[0] === node) branches.push(toFold(group));
  }
  return branches;
}

/** A missing parent is like nothing else. */
function keyOf({ span, spanId }: TreeNode): string {
  return span ? `${span.kind} ${span.serviceName}\n${span.name}` : spanId;
}

function toFold(nodes: TreeNode[]): Fold {
  let sumNanos = 0;
  let errorCount = 0;
  let startNanos = Infinity;
  let endNanos = 0;
  for (const { span, ...node } of nodes) {
    sumNanos += node.durationNanos;
    errorCount += span?.isError ? 1 : 0;
    startNanos = Math.min(startNanos, node.startNanos);
    endNanos = Math.max(endNanos, node.startNanos + node.durationNanos);
  }
  return { id: `${nodes[0]!.spanId}*`, nodes, sumNanos, errorCount, startNanos, endNanos };
}
