import type { SpanStore } from "../index/span_store.ts";
import { ROW } from "../tables/span_layout.ts";
import { nanosBetween } from "../tables/words.ts";

/** When a trace begins and how long it takes, from the spans received so far. */
export interface TraceExtent {
  /** The time of the earliest start: the upper and lower 32 bits of nanoseconds since 1970. */
  startWords: [number, number];
  /** From the earliest start to the latest end. */
  durationNanos: number;
}

/** The extent of a trace that is kept. */
export function traceExtent(store: SpanStore, trace: number): TraceExtent {
  const { ring } = store.rows;
  const { words } = ring;
  // The first span with a time.
  let origin = ring.at(store.firstRowOf(trace));
  let earliest = origin;
  // Relative to the first span, because the earliest start is known only at the end.
  let latestNanos = 0;
  for (let row = store.firstRowOf(trace), left = store.spanCountOf(trace); left > 0; left--) {
    const at = ring.at(row);
    if (!hasTime(words, origin)) origin = at;
    if (startsBefore(words, at, earliest)) earliest = at;
    if (hasTime(words, at)) {
      const sinceOrigin = nanosBetween(words, startPlace(words, origin), startPlace(words, at));
      latestNanos = Math.max(latestNanos, sinceOrigin + durationAt(words, at));
    }
    row = ring.numberOf(words[at + ROW.next]!);
  }
  const start = startPlace(words, earliest);
  return {
    startWords: [words[start]!, words[start + 1]!],
    durationNanos: latestNanos + nanosBetween(words, start, startPlace(words, origin)),
  };
}

/** The durations of traces. It remembers the last one, because a query looks at trace after trace. */
export class TraceDurations {
  readonly #store: SpanStore;
  #trace: number | undefined;
  #nanos = 0;

  constructor(store: SpanStore) {
    this.#store = store;
  }

  nanosOf(trace: number): number {
    if (this.#trace !== trace) {
      this.#trace = trace;
      this.#nanos = traceExtent(this.#store, trace).durationNanos;
    }
    return this.#nanos;
  }
}

/** A span's duration in nanoseconds; 0 if start or end is missing, or the clock went backward. */
export function durationAt(words: Uint32Array, at: number): number {
  if (words[at + ROW.start] === 0 && words[at + ROW.start + 1] === 0) return 0;
  return Math.max(0, nanosBetween(words, at + ROW.start, at + ROW.end));
}

/** Whether a span has a start and an end. */
export function hasTimes(words: Uint32Array, at: number): boolean {
  return (words[at + ROW.start] !== 0 || words[at + ROW.start + 1] !== 0) &&
    (words[at + ROW.end] !== 0 || words[at + ROW.end + 1] !== 0);
}

/** Where a span's start is in the words; its end if it has no start. */
export function startPlace(words: Uint32Array, at: number): number {
  const hasStart = words[at + ROW.start] !== 0 || words[at + ROW.start + 1] !== 0;
  return at + (hasStart ? ROW.start : ROW.end);
}

/** Whether a span has a start or an end. */
export function hasTime(words: Uint32Array, at: number): boolean {
  const start = startPlace(words, at);
  return words[start] !== 0 || words[start + 1] !== 0;
}

/** Whether the span at `a` starts before the span at `b`. One without a time starts after all others. */
export function startsBefore(words: Uint32Array, a: number, b: number): boolean {
  if (!hasTime(words, a)) return false;
  if (!hasTime(words, b)) return true;
  const [first, second] = [startPlace(words, a), startPlace(words, b)];
  return words[first]! < words[second]! ||
    words[first] === words[second] && words[first + 1]! < words[second + 1]!;
}
