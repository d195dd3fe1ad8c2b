import type { TraceQuery } from "../../model.ts";
import type { SpanStore } from "../index/span_store.ts";
import { matchingTraces } from "./find_traces.ts";
import { newestFirst, traceNumber } from "./trace_order.ts";
import { SpanFilter } from "./span_filter.ts";
import { TracesDataBuilder } from "./traces_data.ts";

/** A part is read in a few milliseconds, however much there is in total. */
const PART_BYTES = 2 ** 19;

/** Which spans to read: those of one trace, by its id, or those of all matching traces. */
export type SpansQuestion = string | TraceQuery;

/** Some of the requested spans. */
export interface SpansPart {
  /** JSON elements of the list `resourceSpans`; not empty. */
  elements: Uint8Array<ArrayBuffer>;
  /** Where to continue; undefined at the end. */
  next?: SpansCursor;
}

/** A position among the requested spans. */
export interface SpansCursor {
  /** The trace's number. */
  trace: number;
  /** The trace's next row, and how many are left. */
  row: number;
  left: number;
  /** How many traces have been started. */
  begun: number;
}

/**
 * Reads the next spans after a cursor; undefined if there are none. If a trace is evicted meanwhile, the
 * rest of it is left out.
 */
export async function spansPart(
  store: SpanStore,
  question: SpansQuestion,
  cursor?: SpansCursor,
): Promise<SpansPart | undefined> {
  const builder = new TracesDataBuilder(store);
  for await (const from of wantedTraces(store, question, cursor)) {
    let { left } = from;
    for (const row of store.rowsFrom(from.row, left)) {
      if (builder.byteLength >= PART_BYTES) {
        return { elements: builder.toElements(), next: { ...from, row, left } };
      }
      builder.add(row);
      left--;
    }
  }
  return builder.isEmpty ? undefined : { elements: builder.toElements() };
}

/** Where each trace begins. The first one continues at the cursor. */
async function* wantedTraces(
  store: SpanStore,
  question: SpansQuestion,
  cursor: SpansCursor | undefined,
): AsyncGenerator<SpansCursor> {
  const startOf = (trace: number, begun: number): SpansCursor => {
    return { trace, row: store.firstRowOf(trace), left: store.spanCountOf(trace), begun };
  };
  if (cursor && store.traces.isLive(cursor.trace)) yield cursor;
  if (typeof question === "string") {
    const trace = cursor ? undefined : traceNumber(store, question);
    if (trace !== undefined) yield startOf(trace, 1);
    return;
  }
  let begun = cursor?.begun ?? 0;
  const filter = new SpanFilter(store, question);
  const rest = cursor && newestFirst(store, cursor.trace);
  for await (const trace of matchingTraces(store, question, filter, rest)) {
    if (begun++ >= question.limit) return;
    yield startOf(trace, begun);
  }
}

/**
 * Reads all requested spans part by part, as the caller takes them; undefined if there are none.
 *
 * @param ask Asks the store for a part.
 */
export async function spanParts(
  ask: (cursor?: SpansCursor) => Promise<SpansPart | undefined>,
): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>> | undefined> {
  const first = await ask();
  return first && following(first, ask);
}

async function* following(
  first: SpansPart,
  ask: (cursor?: SpansCursor) => Promise<SpansPart | undefined>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let part: SpansPart | undefined = first;
  while (part) {
    yield part.elements;
    part = part.next && await ask(part.next);
  }
}
