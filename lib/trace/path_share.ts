import type { PathSegment } from "./critical_path.ts";
import { type Branch, foldEqual, isFold } from "./fold.ts";
import type { TraceSpan } from "./spans.ts";
import { type TreeNode, walk } from "./tree.ts";

/** The part of the critical path that a span has, or equal spans have together. */
export interface PathShare {
  /** The span with the largest part. */
  span: TraceSpan;
  /** How many equal spans these are. */
  count: number;
  nanos: number;
}

/**
 * What the trace spent the most time on. Equal spans below one parent count together: 140 short calls can be
 * the reason why a trace is slow. Undefined if the path is empty.
 */
export function largestPathShare(
  roots: readonly TreeNode[],
  path: readonly PathSegment[],
): PathShare | undefined {
  const own = new Map<string, number>();
  for (const { spanId, startNanos, endNanos } of path) {
    own.set(spanId, (own.get(spanId) ?? 0) + endNanos - startNanos);
  }
  const ownNanos = ({ spanId }: TreeNode) => own.get(spanId) ?? 0;
  let largest: PathShare | undefined;
  const consider = (branch: Branch) => {
    const nodes = isFold(branch) ? branch.nodes : [branch];
    const nanos = nodes.reduce((sum, node) => sum + ownNanos(node), 0);
    if (nanos <= (largest?.nanos ?? 0)) return;
    const { span } = nodes.reduce((a, b) => ownNanos(b) > ownNanos(a) ? b : a);
    if (span) largest = { span, count: nodes.length, nanos };
  };
  foldEqual(roots).forEach(consider);
  for (const { children } of walk(roots)) foldEqual(children).forEach(consider);
  return largest;
}
