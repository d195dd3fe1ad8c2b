import type { TraceList, TraceQuery } from "../../model.ts";
import { IS_ERROR, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import { QueryFilter } from "./query_filter.ts";
import { SpanFilter } from "./span_filter.ts";
import type { SpanStore } from "../index/span_store.ts";
import { TimeSlice } from "../../time_slice.ts";
import { isNarrowed, newestFirst, orderedTraces, traceNumber } from "./trace_order.ts";
import { summarizeTrace } from "./trace_summary.ts";

/**
 * Finds traces and summarizes each for the list, in the query's order. Without one, the most recently
 * received are first.
 */
export async function findTraces(store: SpanStore, query: TraceQuery): Promise<TraceList> {
  const traces: TraceList["traces"] = [];
  const filter = new SpanFilter(store, query);
  const { expression } = query;
  const isAll = filter.isEmpty && !expression && query.status === undefined &&
    query.before === undefined && !isNarrowed(query);
  const ordered = query.order || isNarrowed(query) ? await orderedTraces(store, query) : undefined;
  let matched = 0;
  for await (const trace of matchingTraces(store, query, filter, ordered)) {
    if (matched++ < query.limit) traces.push(summarizeTrace(store, trace));
    // Stop counting if the count is already known or would be expensive.
    if (matched >= query.limit && (isAll || expression || filter.isDeep)) break;
  }
  const kept = store.traces.liveCount;
  return { traces, matched: isAll ? kept : matched, kept };
}

/**
 * The numbers of the traces that match, in the order of `candidates`: by default, the newest first,
 * after the one that the query names. Traces that arrive meanwhile are ignored; traces that are
 * evicted meanwhile are left out.
 */
export async function* matchingTraces(
  store: SpanStore,
  { before, status, expression }: TraceQuery,
  filter: SpanFilter,
  candidates: Iterable<number> = newestFirst(
    store,
    before === undefined ? store.traces.ring.end : traceNumber(store, before) ?? -1,
  ),
): AsyncGenerator<number> {
  const own = expression && new QueryFilter(store, expression);
  const slice = new TimeSlice();
  for (const trace of candidates) {
    if ((trace & 15) === 0 && slice.isOver) await slice.pause();
    if (!store.traces.isLive(trace)) continue;
    if (status === "ok" && hasError(store, trace)) continue;
    const isMatch = own
      ? await matchesQuery(store, trace, filter, own, slice)
      : filter.isEmpty || await hasMatch(store, trace, filter, slice);
    if (isMatch) yield trace;
  }
}

/** Whether at least one span matches the wanted part, and none matches the unwanted part. */
async function matchesQuery(
  store: SpanStore,
  trace: number,
  filter: SpanFilter,
  own: QueryFilter,
  slice: TimeSlice,
): Promise<boolean> {
  let isFound = false;
  let looked = 0;
  for (const row of store.rowsOf(trace)) {
    const at = store.rows.ring.at(row);
    isFound ||= (filter.isEmpty || filter.matches(at)) && own.matches(at);
    if (isFound && !own.hasUnwanted) return true;
    if (own.isUnwanted(at)) return false;
    if ((++looked & 15) !== 0 || !slice.isOver) continue;
    await slice.pause();
    if (!store.traces.isLive(trace)) return false;
  }
  return isFound;
}

async function hasMatch(
  store: SpanStore,
  trace: number,
  filter: SpanFilter,
  slice: TimeSlice,
): Promise<boolean> {
  let looked = 0;
  for (const row of store.rowsOf(trace)) {
    if (filter.matches(store.rows.ring.at(row))) return true;
    if ((++looked & 63) !== 0 || !slice.isOver) continue;
    await slice.pause();
    if (!store.traces.isLive(trace)) return false;
  }
  return false;
}

function hasError(store: SpanStore, trace: number): boolean {
  for (const row of store.rowsOf(trace)) {
    const { words } = store.rows.ring;
    if ((words[store.rows.ring.at(row) + ROW.facts]! & STATUS_MASK) === IS_ERROR) return true;
  }
  return false;
}
