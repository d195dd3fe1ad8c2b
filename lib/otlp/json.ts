/**
 * OTLP as JSON: ids in lower-case hex, 64-bit integers as decimal strings, enums as integers, fields
 * with their default value left out. The types follow from the table in `messages.ts`.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
import type { MessageJson } from "./messages.ts";

/** A value; without any member, it is the empty value. */
export type AnyValue = MessageJson<"AnyValue">;

/** An attribute. */
export type KeyValue = MessageJson<"KeyValue">;

/** The source of the telemetry. */
export type Resource = MessageJson<"Resource">;

/** The attributes of a resource that identify and describe an entity. */
export type EntityRef = MessageJson<"EntityRef">;

/** The part of the source that created it. */
export type InstrumentationScope = MessageJson<"InstrumentationScope">;

/** A span. */
export type Span = MessageJson<"Span">;

/** An event during a span. */
export type SpanEvent = MessageJson<"SpanEvent">;

/** A related span of this or another trace. */
export type SpanLink = MessageJson<"SpanLink">;

/** The spans of one scope. */
export type ScopeSpans = MessageJson<"ScopeSpans">;

/** The spans of one resource. */
export type ResourceSpans = MessageJson<"ResourceSpans">;

/** Spans, as in export requests and in responses of Jaeger's query API. */
export type TracesData = MessageJson<"TracesData">;

/** A log record. */
export type LogRecord = MessageJson<"LogRecord">;

/** The log records of one scope. */
export type ScopeLogs = MessageJson<"ScopeLogs">;

/** The log records of one resource. */
export type ResourceLogs = MessageJson<"ResourceLogs">;

/** Log records, as in export requests. */
export type LogsData = MessageJson<"LogsData">;

/** A metric; exactly one of the five kinds of data is set. */
export type Metric = MessageJson<"Metric">;

/** Fields that all kinds of data points share. */
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

/** Metrics, as in export requests. */
export type MetricsData = MessageJson<"MetricsData">;
