import type {
  MetricConflict,
  MetricOverlap,
  MetricPoint,
  MetricSummary,
  SeriesIdentity,
} from "../model.ts";

/** A metric as JSON, and what a warning needs of it. */
export interface MetricJson {
  name: string;
  conflicts: MetricConflict[];
  overlaps: MetricOverlap[];
  /** The JSON of `MetricData`. */
  json: Uint8Array<ArrayBuffer>;
}

/** A metric with the points in a period. */
export interface MetricSamples {
  summary: MetricSummary;
  series: SeriesSamples[];
}

/** A series with its points in ascending order of time. Its identity is always the same object. */
export interface SeriesSamples {
  identity: SeriesIdentity;
  /** Gauges and sums: milliseconds since 1970, values, and states; see `POINT_STATE`. */
  times: Float64Array;
  values: Float64Array;
  states: Uint8Array;
  /** Other types. */
  points?: MetricPoint[];
}

/** What a data point of a gauge or sum holds. */
export const POINT_STATE = { none: 0, value: 1, end: 2 } as const;

/** Which series of a metric the asker already knows: those of a store up to a number. */
export interface KnownSeries {
  storeId: string;
  lastNumber: number;
}

/** A metric in a form that is fast to send between threads. */
export interface MetricColumns {
  summary: MetricSummary;
  known: KnownSeries;
  /** Series that the asker does not know, by number. */
  identities: Map<number, SeriesIdentity>;
  /** The numbers of the series that have points in the period, and how many points each has. */
  numbers: Float64Array;
  counts: Uint32Array;
  /** The points of gauges and sums, one series after the other; times in milliseconds since 1970. */
  times: Float64Array;
  values: Float64Array;
  states: Uint8Array;
  /** The points of other series, by number; their count is 0. */
  points: Map<number, MetricPoint[]>;
}
