import type {
  CallRule,
  FieldSuggestion,
  LogList,
  LogQuery,
  LogVolume,
  MetricSummary,
  ServiceEdge,
  Services,
  StoreStats,
  TraceList,
  TraceQuery,
  TraceSummary,
} from "../model.ts";
import type { Signal } from "../../otlp/signal.ts";
import type { MetricJson, MetricSamples } from "./metric_forms.ts";

/** A period, in nanoseconds since 1970 as decimal strings. */
export interface CallPeriod {
  startUnixNano: string;
  endUnixNano: string;
}

/** Where a store keeps its data, and its limits. */
export interface StoreOptions {
  /** Beyond this, the oldest traces are evicted, always whole. */
  maxTraces: number;
  /** For all signals together, indexes included. */
  maxBytes: number;
  /** A database file that keeps everything. If unset, everything is kept in memory. */
  file?: string;
  /**
   * Whether to replace a damaged file with a new one that holds what can be saved; the old file is kept.
   */
  isRecovering?: boolean;
  /** Called while a file is read at startup, which takes a second for about half a million spans. */
  onProgress?: (progress: { segments: number; total: number }) => void;
  /** Called with what happened to a file that was damaged or empty, and when the store fails. */
  onNotice?: (message: string) => void;
}

/** Selects points of a metric by time, in milliseconds since 1970. */
export interface PointPeriod {
  from: number;
  to: number;
  /** Whether to return only the newest point of each series. */
  isNewestOnly: boolean;
}

/** The store cannot answer now: it failed and is restarting, or it is closed. */
export class StoreUnavailableError extends Error {
  override name = "StoreUnavailableError";
}

/** The outcome of an export request. */
export interface AddResult {
  /** Spans, log records or data points. */
  accepted: number;
  /** Invalid spans, log records or data points, for the partial success. */
  rejected: number;
  /**
   * Why items were rejected, or a warning, and how to fix it. Undefined if there is nothing to report.
   */
  message?: string;
  /** Items that were received before and are not counted again. */
  duplicated: number;
  /** The `service.name` of each resource, without repeats; empty for a resource that has none. */
  serviceNames: string[];
  /**
   * The request reduced to the accepted items. Only set if asked for, and if only a part was accepted.
   */
  kept?: Uint8Array<ArrayBuffer>;
}

/** How a request is stored. */
export interface AddOptions {
  /** Whether to return the accepted part; see {@linkcode AddResult.kept}. */
  returnsKept?: boolean;
}

/** The part of a store that receivers need. */
export type Intake = Pick<Store, "add" | "pendingBytes">;

/**
 * Spans, read part by part so that a long trace holds nobody up. Each part is a non-empty run of JSON
 * elements for the list `resourceSpans`.
 */
export type SpanParts = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** What changed since the last notification. */
export interface StoreChanges {
  /** The newest ones, at most 200. */
  traces: TraceSummary[];
  /** Whether more traces changed than are listed. */
  isTruncated: boolean;
  logCount: number;
  lastLogSequence: number;
  metricNames: string[];
  stats: StoreStats;
}

/**
 * Keeps received telemetry within its limits and answers questions about it. A worker does the work;
 * bytes passed to it are transferred, not copied.
 */
export interface Store extends AsyncDisposable {
  /**
   * Bytes of requests that were handed over but are not stored yet. Receivers use it to detect overload.
   */
  readonly pendingBytes: number;

  /**
   * Stores an export request in protobuf. Resolves when the request can be queried and, with a file,
   * survives the process.
   *
   * @throws {MalformedError} If the bytes are not such a request; then none of it is stored.
   */
  add(
    signal: Signal,
    request: Uint8Array<ArrayBuffer>,
    options?: AddOptions,
  ): Promise<AddResult>;

  /** The names of all services. */
  services(): Promise<string[]>;
  /** The names and kinds of a service's spans. */
  operations(serviceName: string): Promise<{ name: string; kind: number }[]>;
  findTraces(query: TraceQuery): Promise<TraceList>;
  /** The spans of the traces that match; undefined if none match. */
  findSpans(query: TraceQuery): Promise<SpanParts | undefined>;
  /** The spans of one trace; undefined if it is not kept. */
  trace(traceId: string): Promise<SpanParts | undefined>;
  traceSummary(traceId: string): Promise<TraceSummary | undefined>;
  /** For each trace, how many of its spans have a parent that is not kept. */
  orphanCounts(traceIds: readonly string[]): Promise<number[]>;
  /** Rate, errors and durations of the last `windowSeconds`, and the calls between services. */
  serviceStats(windowSeconds: number): Promise<Services>;
  /** Calls between services in a period, counted the way a given product counts them. */
  serviceCalls(period: CallPeriod, rule: CallRule): Promise<ServiceEdge[]>;
  /** The names of everything a service calls, in lower case. */
  remoteServices(serviceName: string): Promise<string[]>;

  /** The attributes of the newest spans, as suggestions for a query. */
  spanFields(): Promise<FieldSuggestion[]>;

  findLogs(query: LogQuery): Promise<LogList>;
  /** How many records match, over time and by severity; ignores `limit` and `before`. */
  logVolume(query: LogQuery): Promise<LogVolume>;

  metrics(): Promise<MetricSummary[]>;
  /** A metric with all of its points. */
  metricJson(name: string): Promise<MetricJson | undefined>;
  /** A metric with the points in a period, and the series that have one. */
  samples(name: string, period: PointPeriod): Promise<MetricSamples | undefined>;

  stats(): Promise<StoreStats>;
  /** Calls back when something changes, at most ten times a second; dispose to stop. */
  subscribe(listener: (changes: StoreChanges) => void): Disposable;

  /** All kept data of a signal, oldest first: one line of OTLP JSON per request. */
  exportLines(signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Deletes everything, or one trace. */
  clear(traceId?: string): Promise<void>;
}
