import { type SentTrace, SPANS_PER_TRACE } from "../../tests/helpers/traces.ts";

/** Requests at a time: few, because they use the CPU time of the cluster. */
const CONCURRENCY = 6;

/** What a Jaeger has of some traces. */
export interface Stored {
  /** Traces with all their spans. */
  whole: Set<string>;
  /** Traces with more spans than were sent. */
  duplicated: number;
}

/** Asks a Jaeger for each trace that isn't whole yet, and adds to what is known. */
export async function findStored(
  queryUrl: string,
  traces: readonly SentTrace[],
  known: Stored = { whole: new Set(), duplicated: 0 },
): Promise<Stored> {
  const left = traces.filter(({ traceId }) => !known.whole.has(traceId));
  const next = left[Symbol.iterator]();
  await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
    for (const { traceId } of { [Symbol.iterator]: () => next }) {
      const spans = await countSpans(queryUrl, traceId);
      if (spans >= SPANS_PER_TRACE) known.whole.add(traceId);
      if (spans > SPANS_PER_TRACE) known.duplicated++;
    }
  }));
  return known;
}

/** How many spans of a trace a Jaeger returns; 0 if it can't answer at the moment. */
export async function countSpans(queryUrl: string, traceId: string): Promise<number> {
  try {
    const response = await fetch(`${queryUrl}/api/v3/traces/${traceId}`);
    const text = await response.text();
    return response.ok ? text.split('"spanId"').length - 1 : 0;
  } catch (error) {
    if (error instanceof TypeError) return 0;
    throw error;
  }
}
