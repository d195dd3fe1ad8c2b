import type {
  CallRule,
  FieldSuggestion,
  LogList,
  LogQuery,
  MetricData,
  MetricSummary,
  ServiceEdge,
  Services,
  StoreStats,
  TraceList,
  TraceQuery,
  TraceSummary,
} from "../model.ts";
import type { Signal } from "../../otlp/signal.ts";

/** A period, in nanoseconds since 1970 as decimal strings. */
export interface CallPeriod {
  startUnixNano: string;
  endUnixNano: string;
}

/** Limits and place of a store. */
export interface StoreOptions {
  /** The oldest whole traces go first. */
  maxTraces: number;
  /** For all signals together, indexes included. */
  maxBytes: number;
  /** A database file that keeps everything; in memory without it. */
  file?: string;
  /** Whether a damaged file is replaced by a new one with what can be saved; the old one is kept. */
  isRecovering?: boolean;
  /** Told while a file is read at the start, which takes a second for about half a million spans. */
  onProgress?: (progress: { segments: number; total: number }) => void;
  /** Told what became of a file that was not as it should be, and of a store that failed. */
  onNotice?: (message: string) => void;
}

/** Which points of a metric are asked for, by times in milliseconds since 1970. */
export interface PointPeriod {
  from: number;
  to: number;
  /** Whether only the newest point of each series is. */
  isNewestOnly: boolean;
}

/** The store cannot answer now: it has failed and is being started again, or it is closed. */
export class StoreUnavailableError extends Error {
  override name = "StoreUnavailableError";
}

/** What became of an export request. */
export interface AddResult {
  /** Spans, log records or data points. */
  accepted: number;
  /** Invalid ones, for the partial success. */
  rejected: number;
  /** Why, and how to mend it; undefined if nothing was rejected and there is nothing to warn of. */
  message?: string;
  /** Came before, and were not counted again. */
  duplicated: number;
  /** `service.name` of each resource, once; empty where a resource has none. */
  serviceNames: string[];
  /**
   * The request with what was accepted alone. Where that is asked for, and only a part was accepted.
   */
  kept?: Uint8Array<ArrayBuffer>;
}

/** How a request is stored. */
export interface AddOptions {
  /** Whether what was accepted is wanted back; see {@linkcode AddResult.kept}. */
  returnsKept?: boolean;
}

/** What receivers need of a store. */
export type Intake = Pick<Store, "add" | "pendingBytes">;

/**
 * Spans, part by part as they are taken, so that nobody is held up by a long trace: each part is in JSON
 * what stands in the list `resourceSpans`, and is not empty.
 */
export type SpanParts = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** What changed since the last time. */
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
 * Keeps what was received within its limits and answers questions about it. The work is done by a
 * worker; bytes that are handed over are transferred, not copied.
 */
export interface Store extends AsyncDisposable {
  /** Of requests that were handed over and are not stored yet: what receivers judge overload by. */
  readonly pendingBytes: number;

  /**
   * Stores an export request in protobuf; resolves when it can be queried and, with a file, survives
   * the process.
   *
   * @throws {MalformedError} If the bytes are no such request; then nothing of it is stored.
   */
  add(
    signal: Signal,
    request: Uint8Array<ArrayBuffer>,
    options?: AddOptions,
  ): Promise<AddResult>;

  /** The names of all services. */
  services(): Promise<string[]>;
  /** Names and kinds of a service's spans. */
  operations(serviceName: string): Promise<{ name: string; kind: number }[]>;
  findTraces(query: TraceQuery): Promise<TraceList>;
  /** The spans of the traces that match; undefined if none does. */
  findSpans(query: TraceQuery): Promise<SpanParts | undefined>;
  /** The spans of one trace; undefined if it is not kept. */
  trace(traceId: string): Promise<SpanParts | undefined>;
  traceSummary(traceId: string): Promise<TraceSummary | undefined>;
  /** Rate, errors and durations of the last `windowSeconds`, and the calls between services. */
  serviceStats(windowSeconds: number): Promise<Services>;
  /** Calls between services in a period, counted by a product's rule. */
  serviceCalls(period: CallPeriod, rule: CallRule): Promise<ServiceEdge[]>;
  /** The names of what a service calls, in lower case. */
  remoteServices(serviceName: string): Promise<string[]>;

  /** The attributes of the newest spans: suggestions for a query. */
  spanFields(): Promise<FieldSuggestion[]>;

  findLogs(query: LogQuery): Promise<LogList>;

  metrics(): Promise<MetricSummary[]>;
  /** With a period, only the points in it, and the series that have one. */
  metric(name: string, period?: PointPeriod): Promise<MetricData | undefined>;

  stats(): Promise<StoreStats>;
  /** Calls back at most ten times a second, while something changes; dispose to stop. */
  subscribe(listener: (changes: StoreChanges) => void): Disposable;

  /** Everything of a signal that is kept, a line of OTLP JSON a request, the oldest first. */
  exportLines(signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Forgets everything, or one trace. */
  clear(traceId?: string): Promise<void>;
}
