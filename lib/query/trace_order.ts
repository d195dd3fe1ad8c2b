/** What a list of traces can be sorted by. */
export const TRACE_SORT_KEYS = [
  "start",
  "service",
  "name",
  "errors",
  "spans",
  "duration",
] as const;
export type TraceSortKey = typeof TRACE_SORT_KEYS[number];

/** The order of a list of traces. Traces that are equal in it are sorted by arrival, newest first. */
export interface TraceOrder {
  by: TraceSortKey;
  isDescending: boolean;
}

/** Reads an order from its text, such as `name`, or `-duration` for the longest first; undefined if it is none. */
export function readTraceOrder(text: string): TraceOrder | undefined {
  const isDescending = text.startsWith("-");
  const by = TRACE_SORT_KEYS.find((key) => key === text.slice(isDescending ? 1 : 0));
  return by && { by, isDescending };
}

/** The text of an order, for {@linkcode readTraceOrder}. */
export function traceOrderText({ by, isDescending }: TraceOrder): string {
  return `${isDescending ? "-" : ""}${by}`;
}
