import { hrefWith, navigate } from "../../state/place.ts";
import type { TraceSpan } from "../../../trace/spans.ts";
import { type TreeNode, walk } from "../../../trace/tree.ts";

/** The URL's value for no selected span; it is not a valid span id. */
const NONE = "none";

/** Shows a span beside the view. */
export function chooseSpan(spanId: string): void {
  navigate(hrefWith({ span: spanId }), { replace: true });
}

/** Shows no span beside the view. */
export function closeSpan(): void {
  chooseSpan(NONE);
}

/** The initial span: the first one with an error, or else the first root. */
export function firstToShow(roots: readonly TreeNode[]): TraceSpan | undefined {
  let first: TraceSpan | undefined;
  for (const { span } of walk(roots)) {
    if (span?.isError) return span;
    first ??= span;
  }
  return first;
}
