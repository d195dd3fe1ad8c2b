/** Where labels keep what is derived from them; see `labels.ts`. */
export const KEY = Symbol("key");
export const UNNAMED = Symbol("unnamed");
export const OF_HISTOGRAM = Symbol("of histogram");

/** The labels of a series; the metric's name is `__name__`. They never change once they are used. */
export interface Labels extends ReadonlyMap<string, string> {
  [KEY]?: string;
  [UNNAMED]?: Labels;
  [OF_HISTOGRAM]?: Labels;
}

/** The label that holds a metric's name. */
export const NAME = "__name__";

/** The label that holds the upper bound of a classic histogram's bucket. */
export const BUCKET = "le";

/** The samples of a series, in ascending order of time. */
export interface SampleSeries {
  labels: Labels;
  /** Milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
  /** When each sample stops being valid because its series ended; Infinity if it did not. */
  ends: Float64Array;
}

/** The times at which a query is evaluated, in milliseconds since 1970. */
export interface Steps {
  start: number;
  step: number;
  count: number;
}

/** A series with a value, or no value, at each step. */
export interface Column {
  labels: Labels;
  values: Float64Array;
  /** 1 at each step with a value. */
  has: Uint8Array;
}

/** The result of an expression at all steps. */
export type Value =
  | { kind: "scalar"; values: Float64Array }
  | { kind: "string"; text: string }
  | { kind: "vector"; columns: Column[] };

/** A query cannot be evaluated: it is invalid, too expensive, or not supported. */
export class QueryError extends Error {
  override name = "QueryError";
  /**
   * Prometheus's error type: `bad_data` for a query that cannot be parsed, `execution` for other errors.
   */
  readonly type: "bad_data" | "execution";

  constructor(type: "bad_data" | "execution", message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }
}

/** Short columns share buffers: thousands of small ones take longer to create than the rest of a query. */
const BUFFER_BYTES = 2 ** 16;
const MAX_SHARED_BYTES = 2 ** 12;
let shared = { buffer: new ArrayBuffer(BUFFER_BYTES), used: 0 };

/** A column with no values yet. */
export function emptyColumn(labels: Labels, count: number): Column {
  const valueBytes = count * Float64Array.BYTES_PER_ELEMENT;
  // The next column's values are aligned, too.
  const bytes = valueBytes + Math.ceil(count / 8) * 8;
  if (bytes > MAX_SHARED_BYTES) {
    return { labels, values: new Float64Array(count), has: new Uint8Array(count) };
  }
  if (shared.used + bytes > BUFFER_BYTES) {
    shared = { buffer: new ArrayBuffer(BUFFER_BYTES), used: 0 };
  }
  const { buffer, used } = shared;
  shared.used += bytes;
  return {
    labels,
    values: new Float64Array(buffer, used, count),
    has: new Uint8Array(buffer, used + valueBytes, count),
  };
}

/** The time of a step, in milliseconds since 1970. */
export function timeAt({ start, step }: Steps, i: number): number {
  return start + i * step;
}
