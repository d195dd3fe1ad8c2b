/**
 * The responses of the collector's query API, in addition to Jaeger's. Absolute times are nanoseconds since
 * 1970 as decimal strings, durations are nanoseconds as numbers, ids are lower-case hex.
 */
import type { TraceExpression } from "../query/match.ts";
import type { TraceOrder } from "../query/trace_order.ts";
import type { Compression } from "../otlp/content_encoding.ts";
import type { ConnectionCounts } from "../http_server/connection_counts.ts";
import type { AnyValue, EntityRef, KeyValue, TracesData } from "../otlp/json.ts";
import type { SeverityName } from "../otlp/severity.ts";
import type { Signal } from "../otlp/signal.ts";

/** One row of the trace list. */
export interface TraceSummary {
  traceId: string;
  /** The earliest start of its spans; absent if none has a time. */
  startTimeUnixNano?: string;
  /** From the earliest start to the latest end of its spans. */
  durationNanos: number;
  spanCount: number;
  errorCount: number;
  /** The span without a parent; until it arrives, the earliest span. */
  root: { spanId: string; name: string; serviceName: string; kind: number };
  /** Whether `root` has no parent. */
  hasRoot: boolean;
  services: { name: string; spanCount: number; errorCount: number }[];
}

/** A part of the trace list. */
export interface TraceList {
  traces: TraceSummary[];
  /** How many traces match, shown or not; counting stops at the search limit. */
  matched: number;
  /** How many traces are stored. */
  kept: number;
}

/** A trace of the list, for a chart. */
export interface TracePoint extends Pick<TraceSummary, "traceId" | "durationNanos" | "errorCount"> {
  startTimeUnixNano: string;
  /** Of its root span. */
  name: string;
  serviceName: string;
}

/** Traces of the list, for a chart. */
export interface TracePoints extends Pick<TraceList, "matched"> {
  points: TracePoint[];
}

/** One trace with all of its data. */
export interface TraceDetail {
  summary: TraceSummary;
  hints: Hint[];
  /** At most the first thousand. */
  logs: LogEntry[];
  data: TracesData;
}

/** Conditions on a span's fields, resource and scope; only Jaeger's searches have them. */
export interface SpanFieldQuery {
  /** An attribute of a span's resource only. */
  resourceAttributes?: Record<string, string>;
  /** The name and version of a span's scope. */
  scopeName?: string;
  scopeVersion?: string;
  /** A span's kind, by OTLP's numbers. */
  spanKind?: number;
  /** A span's status must be one of these, by OTLP's numbers. */
  statusCodes?: number[];
}

/** A filter for traces; a trace matches if one of its spans meets all conditions on spans. */
export interface TraceQuery extends SpanFieldQuery {
  serviceName?: string;
  /** The span's name. */
  operationName?: string;
  /** An attribute of a span, its resource, its scope, an event or a link. Values are compared as text. */
  attributes?: Record<string, string>;
  /** The duration of a span. */
  minDurationNanos?: number;
  maxDurationNanos?: number;
  /** The start time of a span. */
  startTimeMinUnixNano?: string;
  startTimeMaxUnixNano?: string;
  /** `error`: a span with status ERROR; `ok`: a trace without one. */
  status?: "error" | "ok";
  /** Text in a span's name, service, status message, attribute value or event, in any case. */
  text?: string;
  /** The start time of the whole trace. Searches for spans ignore this, the ids, and the order. */
  traceStartMinUnixNano?: string;
  traceStartMaxUnixNano?: string;
  /** Only these traces. */
  traceIds?: string[];
  /** The conditions of the user's query, in addition to the others. */
  expression?: TraceExpression;
  /** The maximum number of traces. */
  limit: number;
  /** If unset, the most recently received are first. */
  order?: TraceOrder;
  /** Only traces that follow this one in the list; used for its next page. */
  before?: string;
}

/** A log record with its resource and scope. */
export interface LogEntry {
  /** Increases in order of arrival. */
  sequence: number;
  /** `time_unix_nano`, or else `observed_time_unix_nano`; absent without either. */
  timeUnixNano?: string;
  severityNumber: number;
  severityText: string;
  body: AnyValue;
  /** If not empty, the record is an event. */
  eventName: string;
  attributes: KeyValue[];
  /** Empty if the record belongs to no span. */
  traceId: string;
  spanId: string;
  serviceName: string;
  scopeName: string;
  scopeVersion: string;
  scopeAttributes: KeyValue[];
  resource: KeyValue[];
  /** What most senders leave out; as received, and absent if the record lacks it. */
  observedTimeUnixNano?: string;
  flags?: number;
  droppedAttributesCount?: number;
  scopeSchemaUrl?: string;
  resourceSchemaUrl?: string;
  entityRefs?: EntityRef[];
}

/** A filter for log records. */
export interface LogQuery {
  traceId?: string;
  spanId?: string;
  serviceName?: string;
  minSeverityNumber?: number;
  /** Text in the body, the event name, the severity, or an attribute value, in any case. */
  text?: string;
  /** The time of a record. */
  timeMinUnixNano?: string;
  timeMaxUnixNano?: string;
  limit: number;
  /** Only records of a lower sequence number. */
  before?: number;
}

/** Log records, newest first. */
export interface LogList {
  logs: LogEntry[];
  kept: number;
}

/** How many log records there are over time, by severity. */
export interface LogVolume {
  /** When the first step begins, in milliseconds since 1970. */
  startMillis: number;
  stepMillis: number;
  /** The names of severities that occur, the least severe first, with the number of records in each step. */
  severities: { name: LogSeverity; counts: number[] }[];
  /** How many records match; counting stops at a limit, the newest first. */
  total: number;
}

/** The range of a severity number; 0 has none. */
export type LogSeverity = SeverityName | "unspecified";

/** The kind of metric, by OTLP's names. */
export type MetricType = "gauge" | "sum" | "histogram" | "exponentialHistogram" | "summary";

/** The kind of a metric's stream. Together with name, source and attributes, it identifies the stream. */
export interface MetricTraits {
  unit: string;
  type: MetricType;
  /** 1 DELTA, 2 CUMULATIVE, 0 if it has none. */
  aggregationTemporality: number;
  isMonotonic: boolean;
}

/**
 * All metrics with the same name, from any number of services. The traits are those of the newest point.
 */
export interface MetricSummary extends MetricTraits {
  name: string;
  description: string;
  /** The distinct traits of its series; more than one if senders disagree. */
  kinds: MetricTraits[];
  serviceNames: string[];
  seriesCount: number;
  /** Absent if no point has a time. */
  lastTimeUnixNano?: string;
  conflicts: MetricConflict[];
  overlaps: MetricOverlap[];
}

/**
 * Metrics with the same name, scope and resource that differ in kind. The data model calls this a
 * semantic error.
 */
export interface MetricConflict {
  serviceName: string;
  kinds: MetricTraits[];
}

/**
 * Points of a service's series with one time but different values: several processes write the same
 * stream, which the data model does not allow. All are kept.
 */
export interface MetricOverlap {
  serviceName: string;
  points: number;
}

/** What identifies the points of a metric stream that share one set of attributes. */
export interface SeriesIdentity extends MetricTraits {
  serviceName: string;
  /** Distinguishes processes with the same service name: `service.instance.id`, or empty. */
  serviceInstanceId: string;
  resource: KeyValue[];
  scopeName: string;
  scopeVersion: string;
  scopeSchemaUrl: string;
  scopeAttributes: KeyValue[];
  attributes: KeyValue[];
}

/** The points of a metric stream that share one set of attributes. */
export interface MetricSeries extends SeriesIdentity {
  points: MetricPoint[];
}

/** A data point. Only members of the metric's type that were sent are set. */
export interface MetricPoint {
  /** Undefined if it was not sent. */
  startTimeUnixNano?: string;
  timeUnixNano?: string;
  /** The series has ended: there is no value. */
  hasNoRecordedValue?: true;
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
  /** Values up to this distance from zero count as zeros; undefined if it is 0. */
  zeroThreshold?: number;
  positive?: { offset: number; bucketCounts: number[] };
  negative?: { offset: number; bucketCounts: number[] };
  /** Summaries. */
  quantiles?: { quantile: number; value: number }[];
  exemplars?: Exemplar[];
}

/** A single measurement that links to its trace. */
export interface Exemplar {
  /** Undefined if they were not sent. */
  timeUnixNano?: string;
  value?: number;
  traceId: string;
  spanId: string;
  filteredAttributes: KeyValue[];
}

/** A metric with its series. */
export interface MetricData extends MetricSummary {
  series: MetricSeries[];
}

/** An attribute that a query can use. */
export interface FieldSuggestion {
  name: string;
  /** Some of its values, as text. */
  values: string[];
}

/** A metric with the likely problems of its senders. */
export interface MetricDetail extends MetricData {
  hints: Hint[];
}

/** Request rate, errors and duration of a route, computed from SERVER and CONSUMER spans. */
export interface RouteStats {
  serviceName: string;
  /** The span's name, by convention `{method} {route}`. */
  name: string;
  count: number;
  errorCount: number;
  /** Requests per second, over the whole window. */
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

/** Calls from one service to another, from spans with a parent in another service. */
export interface ServiceEdge {
  parent: string;
  child: string;
  callCount: number;
  errorCount: number;
}

/** How calls are counted: by parents, like Jaeger, or by kinds and remote names, like Zipkin. */
export type CallRule = "parents" | "zipkin";

/** All services and their map. */
export interface Services {
  services: ServiceStats[];
  edges: ServiceEdge[];
}

/** How many items of a signal are stored, and what happened to the others. */
export interface SignalStats {
  /** Stored spans, log records or data points. */
  kept: number;
  /** Accepted since the start. */
  received: number;
  /** Rejected as invalid since the start. */
  rejected: number;
  /** Duplicates, which count once. */
  duplicated: number;
  /** Accepted and later evicted. */
  evicted: number;
}

/** A trace in a file of its own. */
export interface TraceFile extends TraceDetail, Pick<StoreStats, "looks"> {}

/** The content of the store. */
export interface StoreStats {
  signals: Record<Signal, SignalStats>;
  /** Traces stored and evicted. */
  traces: { kept: number; evicted: number };
  /**
   * Metric series stored, and series evicted for new ones; those without a new point for longest go
   * first.
   */
  series: { kept: number; evicted: number };
  /** The size in bytes, and its limit. */
  bytes: number;
  maxBytes: number;
  maxTraces: number;
  /** The services at the index of their look; see `assignLooks()`. */
  looks: readonly (string | null)[];
  /** The file; undefined if everything is in memory. */
  file?: string;
  /** Undefined if there were none. */
  failures?: StoreFailures;
}

/** Failures of the store itself. */
export interface StoreFailures {
  /** How often it failed and restarted. */
  count: number;
  /** Stored spans, data points and log records that were lost. */
  lost: Record<Signal, number>;
}

/** Whether a request was accepted whole, in part, or not at all. */
export type ExportOutcome = "accepted" | "partial" | "refused";

/** One received export request, whatever its outcome. */
export interface ExportRecord {
  /** Increases in order of arrival. */
  id: number;
  outcome: ExportOutcome;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** Address and port of the sender. */
  peer: string;
  userAgent: string;
  /** The requested signal; undefined if the path doesn't name one. */
  signal?: Signal;
  protocol: "http/protobuf" | "http/json" | "grpc" | "unknown";
  compression: Compression | "none";
  /** The size over the wire. */
  wireBytes: number;
  /** The decompressed size. */
  bodyBytes: number;
  /** Accepted, rejected and duplicate spans, log records or data points. */
  accepted: number;
  rejected: number;
  duplicated: number;
  /** `service.name` of its resources; empty if one is missing. */
  serviceNames: string[];
  /** HTTP status, or the status code for gRPC. */
  status: number;
  /** Why it was rejected, entirely or in part. */
  reason?: string;
  /** Where decoding the body failed. */
  byteOffset?: number;
  /** The time until the response. */
  durationMillis: number;
  hints: Hint[];
}

/** A likely problem of received telemetry, with the evidence. */
export interface Hint {
  id: HintId;
  /** One line. */
  title: string;
  /** Why it matters and how to fix it. */
  advice: string;
  evidence: HintEvidence;
  /** The tutorial's page and anchor: `3-manual.md#step-8-...`. */
  tutorial: string;
}

/** The span or request that a hint refers to. */
export interface HintEvidence {
  traceId?: string;
  spanId?: string;
  exportId?: number;
  /** The affected value. */
  detail: string;
}

export type HintId =
  | "parent-missing"
  | "service-name-missing"
  | "error-without-exception"
  | "span-name-cardinality"
  | "old-convention"
  | "metric-conflict"
  | "metric-overlap"
  | "span-id-shared"
  | "repeated-calls"
  | "wrong-port";

/** The result of importing a file. */
export interface ImportResult {
  /** Spans, log records and data points; duplicates are not counted. */
  accepted: number;
  rejected: number;
  duplicated: number;
  /** What was rejected, and why. */
  message?: string;
}

/** The target of forwarding. */
export interface ForwardStats {
  url: string;
  sentRequests: number;
  failedRequests: number;
  droppedRequests: number;
  /** Items in partially accepted requests that the endpoint rejected. */
  rejectedItems: Record<Signal, number>;
  queuedBytes: number;
  lastError?: string;
}

/** Connections to one of the collector's ports, since the start. */
export interface ConnectionStats extends ConnectionCounts {
  /** Open now. */
  open: number;
}

/** The addresses of the servers: OTLP over HTTP and gRPC, and the page with its APIs. */
export type PortName = "http" | "grpc" | "page";

/** Addresses, limits and counts, for the page's header. */
export interface CollectorStats {
  version: string;
  startedAt: number;
  httpUrl: string;
  grpcUrl: string;
  store: StoreStats;
  /** Received requests since the start. */
  exports: Record<ExportOutcome, number>;
  connections: Record<PortName, ConnectionStats>;
  forward?: ForwardStats;
}

/**
 * The live stream's events by name. A client that was away too long gets `resync` and reloads. Each event
 * has an id, so that a client that reconnects gets the events that it missed.
 */
export interface LiveEvents {
  /** New or changed traces. */
  traces: TraceSummary[];
  /** How many log records arrived, and the last sequence number. */
  logs: { count: number; lastSequence: number };
  /** Names of metrics with new points. */
  metrics: string[];
  exports: ExportRecord[];
  stats: CollectorStats;
  resync: Record<never, never>;
}
