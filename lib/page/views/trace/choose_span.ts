import { hrefWith, navigate } from "../../state/place.ts";
import type { TraceSpan } from "./spans.ts";
import { type TreeNode, walk } from "./tree.ts";

/** Says in the address that no span is to be shown; no span has this as its id. */
const NONE = "none";

/** Shows a span beside the view. */
export function chooseSpan(spanId: string): void {
  navigate(hrefWith({ span: spanId }), { replace: true });
}

/** Shows no span beside the view. */
export function closeSpan(): void {
  chooseSpan(NONE);
}

/** What to look at first: the first span with an error, or else the first that arrived of all. */
export function firstToShow(roots: readonly TreeNode[]): TraceSpan | undefined {
  let first: TraceSpan | undefined;
  for (const { span } of walk(roots)) {
    if (span?.isError) return span;
    first ??= span;
  }
  return first;
}
