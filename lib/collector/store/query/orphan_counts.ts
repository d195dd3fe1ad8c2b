import type { SpanStore } from "../index/span_store.ts";
import { ROW } from "../tables/span_layout.ts";
import { traceNumber } from "./trace_order.ts";
import { isRoot } from "./trace_summary.ts";

/** For each trace, how many of its spans have a parent that is not kept; 0 for a trace that isn't kept. */
export function orphanCounts(store: SpanStore, traceIds: readonly string[]): number[] {
  return traceIds.map((traceId) => {
    const trace = traceNumber(store, traceId);
    return trace === undefined ? 0 : orphanCount(store, trace);
  });
}

function orphanCount(store: SpanStore, trace: number): number {
  const { ring } = store.rows;
  let count = 0;
  for (const row of store.rowsOf(trace)) {
    const at = ring.at(row);
    if (!isRoot(ring.words, at) && store.rows.find(trace, ring.words, at + ROW.parentSpanId) < 0) {
      count++;
    }
  }
  return count;
}
