import { formatDuration } from "../../time_text.ts";
import { type SpanRow, visibleRows } from "../../trace/rows.ts";
import { kindName } from "../../trace/spans.ts";
import type { TreeNode } from "../../trace/tree.ts";
import { quoted } from "../answer.ts";
import { serviceText } from "./trace_line.ts";

/** Deeper spans are not indented further. */
const MAX_INDENT = 20;

/** A trace's spans, one line each, indented by depth. Equal spans below one parent are one line. */
export function spanLines(roots: readonly TreeNode[]): string[] {
  return visibleRows(roots, { all: undefined, changed: new Set() }).map((row) =>
    " ".repeat(Math.min(row.level - 1, MAX_INDENT)) + rowText(row)
  );
}

function rowText({ node: { span, spanId, startNanos, durationNanos }, fold }: SpanRow): string {
  if (!span) return `(missing parent ${spanId})`;
  const isFailed = fold ? fold.errorCount > 0 : span.isError;
  const errors = fold && fold.errorCount > 0 ? `, ${fold.errorCount} with errors` : ", error";
  const what = `${quoted(span.name)} ${kindName(span.kind).toLowerCase()} of ` +
    serviceText(span.serviceName) + (isFailed ? errors : "");
  const start = `+${formatDuration(startNanos)}`;
  return fold
    ? `${start} ${fold.nodes.length} × ${what}, ${formatDuration(fold.sumNanos)} in all, ` +
      `the first ${spanId}`
    : `${start} ${formatDuration(durationNanos)} ${what}, ${spanId}`;
}
