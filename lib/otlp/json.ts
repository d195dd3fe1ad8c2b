/**
 * OTLP as JSON: ids in lower-case hex, 64-bit integers as decimal strings, enums as integers, fields
 * with their default value left out. The types follow from the table in `messages.ts`.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
import type { MessageJson } from "./messages.ts";

/** A value; none of the members is the empty value. */
export type AnyValue = MessageJson<"AnyValue">;

/** An attribute. */
export type KeyValue = MessageJson<"KeyValue">;

/** Who sent it. */
export type Resource = MessageJson<"Resource">;

/** Which attributes of a resource identify and describe an entity. */
export type EntityRef = MessageJson<"EntityRef">;

/** What part of the sender made it. */
export type InstrumentationScope = MessageJson<"InstrumentationScope">;

/** A span. */
export type Span = MessageJson<"Span">;

/** Something that happened during a span. */
export type SpanEvent = MessageJson<"SpanEvent">;

/** A span of this or another trace that a span has to do with. */
export type SpanLink = MessageJson<"SpanLink">;

/** The spans of one scope. */
export type ScopeSpans = MessageJson<"ScopeSpans">;

/** The spans of one resource. */
export type ResourceSpans = MessageJson<"ResourceSpans">;

/** Spans, as an export request holds them and as Jaeger's query API answers. */
export type TracesData = MessageJson<"TracesData">;

/** A log record. */
export type LogRecord = MessageJson<"LogRecord">;

/** The log records of one scope. */
export type ScopeLogs = MessageJson<"ScopeLogs">;

/** The log records of one resource. */
export type ResourceLogs = MessageJson<"ResourceLogs">;

/** Log records, as an export request holds them. */
export type LogsData = MessageJson<"LogsData">;

/** A metric; exactly one of the five kinds of data is set. */
export type Metric = MessageJson<"Metric">;

/** What data points of all kinds have. */
export type DataPoint = Pick<
  NumberDataPoint,
  "attributes" | "startTimeUnixNano" | "timeUnixNano" | "flags"
>;

/** A point of a gauge or sum. */
export type NumberDataPoint = MessageJson<"NumberDataPoint">;

/** A point of a histogram. */
export type HistogramDataPoint = MessageJson<"HistogramDataPoint">;

/** A point of an exponential histogram. */
export type ExponentialHistogramDataPoint = MessageJson<"ExponentialHistogramDataPoint">;

/** One side of an exponential histogram. */
export type Buckets = MessageJson<"Buckets">;

/** A point of a summary. */
export type SummaryDataPoint = MessageJson<"SummaryDataPoint">;

/** A single measurement. */
export type MetricExemplar = MessageJson<"Exemplar">;

/** The metrics of one scope. */
export type ScopeMetrics = MessageJson<"ScopeMetrics">;

/** The metrics of one resource. */
export type ResourceMetrics = MessageJson<"ResourceMetrics">;

/** Metrics, as an export request holds them. */
export type MetricsData = MessageJson<"MetricsData">;
