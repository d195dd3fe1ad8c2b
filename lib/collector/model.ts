/**
 * What the collector's query API answers beyond Jaeger's. Absolute times are nanoseconds since 1970
 * as decimal strings, durations are nanoseconds as numbers, ids are lower-case hex.
 */
import type { AnyValue, KeyValue, TracesData } from "../otlp/json.ts";
import type { Signal } from "../otlp/signal.ts";

/** One row of the trace list. */
export interface TraceSummary {
  traceId: string;
  startTimeUnixNano: string;
  /** From the first start to the last end of its spans. */
  durationNanos: number;
  spanCount: number;
  errorCount: number;
  /** The span without parent; while it has not arrived, the earliest one. */
  root: { spanId: string; name: string; serviceName: string; kind: number };
  /** Whether `root` has no parent. */
  hasRoot: boolean;
  services: { name: string; spanCount: number; errorCount: number }[];
}

/** A part of the trace list, the newest first. */
export interface TraceList {
  traces: TraceSummary[];
  /** How many traces match, shown or not; counting stops at the limit of the search. */
  matched: number;
  /** How many traces are kept. */
  kept: number;
}

/** One trace with all that belongs to it. */
export interface TraceDetail {
  summary: TraceSummary;
  hints: Hint[];
  /** The first thousand. */
  logs: LogEntry[];
  data: TracesData;
}

/** Which traces to find; a trace matches if one of its spans fulfils all that is said of spans. */
export interface TraceQuery {
  serviceName?: string;
  /** The span's name. */
  operationName?: string;
  /** Of a span; resource attributes count too. Values are compared as text. */
  attributes?: Record<string, string>;
  /** Of a span. */
  minDurationNanos?: number;
  maxDurationNanos?: number;
  /** Of a span's start. */
  startTimeMinUnixNano?: string;
  startTimeMaxUnixNano?: string;
  /** `error`: a span with status ERROR; `ok`: a trace without one. */
  status?: "error" | "ok";
  /** Stands, in any case, in a span's name, service, status message, attribute value or event. */
  text?: string;
  /** How many traces at most. */
  limit: number;
  /** Only traces that arrived before this one: for the next part of the list. */
  before?: string;
}

/** A log record with what it belongs to. */
export interface LogEntry {
  /** Grows with arrival. */
  sequence: number;
  /** `time_unix_nano`, else `observed_time_unix_nano`. */
  timeUnixNano: string;
  severityNumber: number;
  severityText: string;
  body: AnyValue;
  /** Marks an event, where it is not empty. */
  eventName: string;
  attributes: KeyValue[];
  /** Empty where the record belongs to no span. */
  traceId: string;
  spanId: string;
  serviceName: string;
  scopeName: string;
  resource: KeyValue[];
}

/** Which log records to find. */
export interface LogQuery {
  traceId?: string;
  spanId?: string;
  serviceName?: string;
  minSeverityNumber?: number;
  /** Stands, in any case, in the body or an attribute value. */
  text?: string;
  limit: number;
  /** Only records of a lower sequence number. */
  before?: number;
}

/** Log records, the newest first. */
export interface LogList {
  logs: LogEntry[];
  kept: number;
}

/** What kind of metric, by OTLP's names. */
export type MetricType = "gauge" | "sum" | "histogram" | "exponentialHistogram" | "summary";

/** A metric of any number of services. */
export interface MetricSummary {
  name: string;
  description: string;
  unit: string;
  type: MetricType;
  /** 1 DELTA, 2 CUMULATIVE, 0 where it has none. */
  aggregationTemporality: number;
  isMonotonic: boolean;
  serviceNames: string[];
  seriesCount: number;
  lastTimeUnixNano: string;
}

/** The points of one set of attributes of one metric of one service. */
export interface MetricSeries {
  serviceName: string;
  /** Which of several processes with that name: `service.instance.id`, or empty. */
  serviceInstanceId: string;
  scopeName: string;
  attributes: KeyValue[];
  points: MetricPoint[];
}

/** A point in time; the members that the metric's type has are set. */
export interface MetricPoint {
  startTimeUnixNano: string;
  timeUnixNano: string;
  /** Gauges and sums. */
  value?: number;
  /** Histograms and summaries. */
  count?: number;
  sum?: number;
  min?: number;
  max?: number;
  /** Histograms: `bucketCounts` has one more than `explicitBounds`. */
  explicitBounds?: number[];
  bucketCounts?: number[];
  /** Exponential histograms. */
  scale?: number;
  zeroCount?: number;
  positive?: { offset: number; bucketCounts: number[] };
  negative?: { offset: number; bucketCounts: number[] };
  /** Summaries. */
  quantiles?: { quantile: number; value: number }[];
  exemplars?: Exemplar[];
}

/** A single measurement that leads to its trace. */
export interface Exemplar {
  timeUnixNano: string;
  value: number;
  traceId: string;
  spanId: string;
  filteredAttributes: KeyValue[];
}

/** A metric with its series. */
export interface MetricData extends MetricSummary {
  series: MetricSeries[];
}

/** Request rate, errors and duration of a route, computed from SERVER and CONSUMER spans. */
export interface RouteStats {
  serviceName: string;
  /** The span's name, by convention `{method} {route}`. */
  name: string;
  count: number;
  errorCount: number;
  /** Per second, from the first to the last span of the window. */
  rate: number;
  p50Nanos: number;
  p95Nanos: number;
  p99Nanos: number;
}

/** A service with its routes. */
export interface ServiceStats {
  name: string;
  spanCount: number;
  errorCount: number;
  routes: RouteStats[];
}

/** Calls from one service to another, from spans whose parent is of another service. */
export interface ServiceEdge {
  parent: string;
  child: string;
  callCount: number;
  errorCount: number;
}

/** All services and their map. */
export interface Services {
  services: ServiceStats[];
  edges: ServiceEdge[];
}

/** What is kept of a signal, and what became of the rest. */
export interface SignalStats {
  /** Spans, log records or data points that are kept. */
  kept: number;
  /** Accepted since the start. */
  received: number;
  /** Refused as invalid since the start. */
  rejected: number;
  /** Came a second time, and count once. */
  duplicated: number;
  /** Accepted and given up for newer ones. */
  evicted: number;
}

/** What the store holds. */
export interface StoreStats {
  signals: Record<Signal, SignalStats>;
  /** Traces kept and given up. */
  traces: { kept: number; evicted: number };
  /** Metric series kept, and refused because there were too many. */
  series: { kept: number; refused: number };
  /** Bytes held, and the most that may be. */
  bytes: number;
  maxBytes: number;
  maxTraces: number;
  /** The file; undefined while all is in memory. */
  file?: string;
  /** Undefined while there were none. */
  failures?: StoreFailures;
}

/** What went wrong with the store itself. */
export interface StoreFailures {
  /** How often it failed and was started again. */
  count: number;
  /** Spans, data points and log records that were kept and are lost. */
  lost: Record<Signal, number>;
}

/** One export request that was received, whatever became of it. */
export interface ExportRecord {
  /** Grows with arrival. */
  id: number;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** Address and port of the sender. */
  peer: string;
  userAgent: string;
  /** What was asked for; undefined where the path names no signal. */
  signal?: Signal;
  protocol: "http/protobuf" | "http/json" | "grpc" | "unknown";
  compression: "gzip" | "none";
  /** As it came over the wire. */
  wireBytes: number;
  /** After decompression. */
  bodyBytes: number;
  /** Accepted, rejected and repeated spans, log records or data points. */
  accepted: number;
  rejected: number;
  duplicated: number;
  /** `service.name` of its resources; empty where one is missing. */
  serviceNames: string[];
  /** HTTP status, or for gRPC its status code. */
  status: number;
  /** Why it was refused, in whole or in part. */
  reason?: string;
  /** Where in the body decoding failed. */
  byteOffset?: number;
  /** How long until it was answered. */
  durationMillis: number;
  hints: Hint[];
}

/** What is likely wrong with what was received, with what shows it. */
export interface Hint {
  id: HintId;
  /** One line. */
  title: string;
  /** Why it matters and how to mend it. */
  advice: string;
  evidence: HintEvidence;
  /** The tutorial's page and anchor: `3-manual.md#step-8-...`. */
  tutorial: string;
}

/** The span or request that shows what a hint says. */
export interface HintEvidence {
  traceId?: string;
  spanId?: string;
  exportId?: number;
  /** The value in question. */
  detail: string;
}

export type HintId =
  | "parent-missing"
  | "service-name-missing"
  | "error-without-exception"
  | "span-name-cardinality"
  | "old-convention"
  | "wrong-port";

/** What became of a file that was imported. */
export interface ImportResult {
  /** Spans, log records and data points; repeated ones are not counted. */
  accepted: number;
  rejected: number;
  duplicated: number;
  /** What could not be taken, and why. */
  message?: string;
}

/** Where telemetry is passed on to. */
export interface ForwardStats {
  url: string;
  sentRequests: number;
  failedRequests: number;
  droppedRequests: number;
  /** Items of requests that the endpoint took but in part. */
  rejectedItems: Record<Signal, number>;
  queuedBytes: number;
  lastError?: string;
}

/** Connections to one of the collector's ports, since the start. */
export interface ConnectionStats {
  /** Open now. */
  open: number;
  accepted: number;
  /** Failed to be accepted: the client was gone, or the process was out of files. */
  notAccepted: number;
  /** Ended by an error of the network. */
  lost: number;
  /** Closed to make room for others. */
  evicted: number;
  /** Closed for saying nothing, doing nothing, or taking too long. */
  timedOut: number;
  /** Closed for what no client may do, such as floods. */
  refused: number;
  /** How often accepting paused, since the process was out of files or memory. */
  pauses: number;
}

/** What the collector listens with: OTLP over HTTP and gRPC, and the page with its APIs. */
export type PortName = "http" | "grpc" | "page";

/** Addresses, limits and counts: the head of the page. */
export interface CollectorStats {
  version: string;
  startedAt: number;
  httpUrl: string;
  grpcUrl: string;
  store: StoreStats;
  exports: { accepted: number; refused: number };
  connections: Record<PortName, ConnectionStats>;
  forward?: ForwardStats;
}

/**
 * The live stream's events by name. A client that was away too long gets `resync` and reads anew.
 * Each event has an id, so that a client that comes back gets what it missed.
 */
export interface LiveEvents {
  /** Traces that are new or changed. */
  traces: TraceSummary[];
  /** How many log records came, up to which sequence number. */
  logs: { count: number; lastSequence: number };
  /** Names of metrics with new points. */
  metrics: string[];
  exports: ExportRecord[];
  stats: CollectorStats;
  resync: Record<never, never>;
}
