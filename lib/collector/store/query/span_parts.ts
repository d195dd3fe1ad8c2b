import type { TraceQuery } from "../../model.ts";
import type { SpanStore } from "../index/span_store.ts";
import { matchingTraces, traceNumber } from "./find_traces.ts";
import { SpanFilter } from "./span_filter.ts";
import { TracesDataBuilder } from "./traces_data.ts";

/** A part is read in some milliseconds, however long the whole is. */
const PART_BYTES = 2 ** 19;

/** Whose spans are wanted: a trace's, by its id, or those of all traces that match. */
export type SpansQuestion = string | TraceQuery;

/** Some of the spans that are wanted. */
export interface SpansPart {
  /** In JSON, the elements of the list `resourceSpans`; not empty. */
  elements: Uint8Array<ArrayBuffer>;
  /** Where to go on; undefined at the end. */
  next?: SpansCursor;
}

/** A place among the spans that are wanted. */
export interface SpansCursor {
  /** The number of a trace. */
  trace: number;
  /** The next one of its spans, and how many are left. */
  row: number;
  left: number;
  /** How many traces were begun. */
  begun: number;
}

/**
 * The next spans from a cursor on; undefined if there are none. Traces that go meanwhile are left out
 * from there on.
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

/** Where each trace begins, but for the first where the cursor is. */
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
  for await (const trace of matchingTraces(store, question, filter, cursor?.trace)) {
    if (begun++ >= question.limit) return;
    yield startOf(trace, begun);
  }
}

/**
 * All spans that are wanted, part by part, as they are taken; undefined if there are none.
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
