import type { TraceSortKey } from "../../../query/trace_order.ts";
import type { TraceQuery } from "../../model.ts";
import { TimeSlice } from "../../time_slice.ts";
import type { SpanStore } from "../index/span_store.ts";
import { IS_ERROR, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import { wordsOfHex } from "../tables/words.ts";
import { startsBefore, traceExtent } from "./trace_extent.ts";
import { isRoot } from "./trace_summary.ts";

/** The number of a trace, from its id in hex; undefined if it is not kept. */
export function traceNumber(store: SpanStore, traceId: string): number | undefined {
  const id = wordsOfHex(traceId, 4);
  return id && store.traces.find(id);
}

/** The traces that were received before the one with number `end`, the newest first. */
export function* newestFirst(store: SpanStore, end: number): Generator<number> {
  for (let trace = end - 1; trace >= store.traces.ring.first; trace--) yield trace;
}

/** Whether a query has conditions on whole traces: their start, or their ids. */
export function isNarrowed(
  { traceIds, traceStartMinUnixNano, traceStartMaxUnixNano }: TraceQuery,
): boolean {
  return [traceIds, traceStartMinUnixNano, traceStartMaxUnixNano].some((condition) =>
    condition !== undefined
  );
}

/**
 * The traces that meet the query's conditions on whole traces, in its order, after the trace that
 * it names. A trace that changes meanwhile keeps its place.
 */
export async function orderedTraces(store: SpanStore, query: TraceQuery): Promise<number[]> {
  const { order, before } = query;
  const traces = await narrowed(store, query);
  if (order) {
    const keys = await keysOf(store, traces, order.by);
    const sign = order.isDescending ? -1 : 1;
    traces.sort((a, b) => sign * compare(keys.get(a)!, keys.get(b)!) || b - a);
  }
  if (before === undefined) return traces;
  const place = traces.indexOf(traceNumber(store, before) ?? -1);
  return place < 0 ? [] : traces.slice(place + 1);
}

async function narrowed(store: SpanStore, query: TraceQuery): Promise<number[]> {
  const { traceIds, traceStartMinUnixNano, traceStartMaxUnixNano } = query;
  const min = traceStartMinUnixNano === undefined ? undefined : BigInt(traceStartMinUnixNano);
  const max = traceStartMaxUnixNano === undefined ? undefined : BigInt(traceStartMaxUnixNano);
  const all = traceIds?.flatMap((id) => traceNumber(store, id) ?? []) ??
    newestFirst(store, store.traces.ring.end);
  const found: number[] = [];
  const slice = new TimeSlice();
  for (const trace of all) {
    if ((trace & 15) === 0 && slice.isOver) await slice.pause();
    if (!store.traces.isLive(trace)) continue;
    if (min !== undefined || max !== undefined) {
      const [upper, lower] = traceExtent(store, trace).startWords;
      const start = BigInt(upper) << 32n | BigInt(lower);
      if (min !== undefined && start < min || max !== undefined && start > max) continue;
    }
    found.push(trace);
  }
  return found;
}

type Key = readonly [number, number] | number | string;

async function keysOf(
  store: SpanStore,
  traces: readonly number[],
  by: TraceSortKey,
): Promise<Map<number, Key>> {
  const keys = new Map<number, Key>();
  const slice = new TimeSlice();
  for (const trace of traces) {
    if ((trace & 15) === 0 && slice.isOver) await slice.pause();
    keys.set(trace, store.traces.isLive(trace) ? keyOf(store, trace, by) : 0);
  }
  return keys;
}

function keyOf(store: SpanStore, trace: number, by: TraceSortKey): Key {
  switch (by) {
    case "start":
      return traceExtent(store, trace).startWords;
    case "duration":
      return traceExtent(store, trace).durationNanos;
    case "spans":
      return store.spanCountOf(trace);
    case "errors":
      return errorCount(store, trace);
    case "name":
      return store.nameAt(rootAt(store, trace)).toLowerCase();
    case "service":
      return store.serviceAt(rootAt(store, trace)).toLowerCase();
  }
}

function compare(a: Key, b: Key): number {
  if (typeof a === "object" && typeof b === "object") return a[0] - b[0] || a[1] - b[1];
  return a < b ? -1 : a > b ? 1 : 0;
}

function errorCount(store: SpanStore, trace: number): number {
  const { ring } = store.rows;
  let count = 0;
  for (const row of store.rowsOf(trace)) {
    if ((ring.words[ring.at(row) + ROW.facts]! & STATUS_MASK) === IS_ERROR) count++;
  }
  return count;
}

/** The row of the span that a trace is named after: its root, or else its earliest span. */
function rootAt(store: SpanStore, trace: number): number {
  const { words } = store.rows.ring;
  let earliest = -1;
  let root = -1;
  for (const row of store.rowsOf(trace)) {
    const at = store.rows.ring.at(row);
    if (earliest < 0 || startsBefore(words, at, earliest)) earliest = at;
    if (isRoot(words, at) && (root < 0 || startsBefore(words, at, root))) root = at;
  }
  return root < 0 ? earliest : root;
}
