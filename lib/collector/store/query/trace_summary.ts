import type { TraceSummary } from "../../model.ts";
import { hexOfWords, nanosBetween, timeOfWords } from "../tables/words.ts";
import { IS_ERROR, KIND_MASK, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { durationAt, hasTime, startPlace, startsBefore } from "./trace_extent.ts";

/** Summarizes a trace for the trace list, from the spans received so far. */
export function summarizeTrace(store: SpanStore, trace: number): TraceSummary {
  const { words } = store.rows.ring;
  const services = new Map<string, { name: string; spanCount: number; errorCount: number }>();
  let spanCount = 0;
  let errorCount = 0;
  let earliest = -1;
  let root = -1;
  // The latest end, relative to the first span, because the earliest start is known only at the end.
  let origin = -1;
  let latestNanos = 0;
  for (const row of store.rowsOf(trace)) {
    const at = store.rows.ring.at(row);
    spanCount++;
    const isError = (words[at + ROW.facts]! & STATUS_MASK) === IS_ERROR;
    const name = store.serviceAt(at);
    const service = services.get(name) ?? { name, spanCount: 0, errorCount: 0 };
    services.set(name, service);
    service.spanCount++;
    if (isError) {
      errorCount++;
      service.errorCount++;
    }
    if (earliest < 0 || startsBefore(words, at, earliest)) earliest = at;
    if (isRoot(words, at) && (root < 0 || startsBefore(words, at, root))) root = at;
    if (!hasTime(words, at)) continue;
    if (origin < 0) origin = at;
    const sinceOrigin = nanosBetween(words, startPlace(words, origin), startPlace(words, at));
    latestNanos = Math.max(latestNanos, sinceOrigin + durationAt(words, at));
  }
  const first = root < 0 ? earliest : root;
  return {
    traceId: store.traces.idOf(trace),
    ...origin >= 0 && { startTimeUnixNano: timeOfWords(words, startPlace(words, earliest)) },
    durationNanos: origin < 0 ? 0 : latestNanos +
      nanosBetween(words, startPlace(words, earliest), startPlace(words, origin)),
    spanCount,
    errorCount,
    root: {
      spanId: hexOfWords(words, first + ROW.spanId, 2),
      name: store.nameAt(first),
      serviceName: store.serviceAt(first),
      kind: words[first + ROW.facts]! & KIND_MASK,
    },
    hasRoot: root >= 0,
    services: [...services.values()].sort((a, b) => b.spanCount - a.spanCount),
  };
}

/** Whether the span at `at` has no parent. */
export function isRoot(words: Uint32Array, at: number): boolean {
  return words[at + ROW.parentSpanId] === 0 && words[at + ROW.parentSpanId + 1] === 0;
}
