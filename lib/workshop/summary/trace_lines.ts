import type { ArrivedSpan } from "../backends/jaeger.ts";

const MAX_LINES = 30;
const STATUS_ERROR = 2;

/**
 * A trace as a tree in text: a line for each span, below its parent, with its service and duration. It is part
 * of the summary, because the backend that has the trace is gone afterwards.
 */
export function traceLines(spans: readonly ArrivedSpan[]): string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const inOrder = [...spans].sort((a, b) => a.startedAt - b.startedAt);
  const lines: string[] = [];
  const seen = new Set<ArrivedSpan>();

  function add(span: ArrivedSpan, depth: number): void {
    // A damaged trace can have a circle.
    if (seen.has(span)) return;
    seen.add(span);
    const { name, service, durationMillis, status, events } = span;
    const error = status === STATUS_ERROR ? ", ERROR" : "";
    const named = events.map(({ name }) => name).join(", ");
    lines.push(
      `${"  ".repeat(depth)}${name} (${service}), ${durationMillis.toFixed(1)} ms${error}` +
        (named === "" ? "" : `, events: ${named}`),
    );
    for (const child of inOrder) {
      if (child.parentSpanId === span.spanId) add(child, depth + 1);
    }
  }

  for (const span of inOrder) if (!ids.has(span.parentSpanId)) add(span, 0);
  for (const span of inOrder) add(span, 0);
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `... and ${more} more spans`] : lines;
}
