/**
 * OTLP as JSON: ids in lower-case hex, 64-bit integers as decimal strings, enums as integers, fields
 * with their default value left out.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

/** A value; none of the members is the empty value. */
export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  /** A decimal string. */
  intValue?: string;
  /** A number, or "NaN", "Infinity", "-Infinity". */
  doubleValue?: number | string;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
  /** In base64. */
  bytesValue?: string;
}

/** An attribute. */
export interface KeyValue {
  key?: string;
  value?: AnyValue;
}

/** Who sent it. */
export interface Resource {
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  entityRefs?: EntityRef[];
}

/** Which attributes of a resource identify and describe an entity. */
export interface EntityRef {
  schemaUrl?: string;
  type?: string;
  idKeys?: string[];
  descriptionKeys?: string[];
}

/** What part of the sender made it. */
export interface InstrumentationScope {
  name?: string;
  version?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
}

/** A span. */
export interface Span {
  traceId?: string;
  spanId?: string;
  traceState?: string;
  parentSpanId?: string;
  flags?: number;
  name?: string;
  /** 1 INTERNAL, 2 SERVER, 3 CLIENT, 4 PRODUCER, 5 CONSUMER. */
  kind?: number;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  events?: SpanEvent[];
  droppedEventsCount?: number;
  links?: SpanLink[];
  droppedLinksCount?: number;
  status?: { message?: string; /** 0 UNSET, 1 OK, 2 ERROR. */ code?: number };
}

/** Something that happened during a span. */
export interface SpanEvent {
  timeUnixNano?: string;
  name?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
}

/** A span of this or another trace that a span has to do with. */
export interface SpanLink {
  traceId?: string;
  spanId?: string;
  traceState?: string;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  flags?: number;
}

/** The spans of one scope. */
export interface ScopeSpans {
  scope?: InstrumentationScope;
  spans?: Span[];
  schemaUrl?: string;
}

/** The spans of one resource. */
export interface ResourceSpans {
  resource?: Resource;
  scopeSpans?: ScopeSpans[];
  schemaUrl?: string;
}

/** Spans, as an export request holds them and as Jaeger's query API answers. */
export interface TracesData {
  resourceSpans?: ResourceSpans[];
}

/** A log record. */
export interface LogRecord {
  timeUnixNano?: string;
  observedTimeUnixNano?: string;
  severityNumber?: number;
  severityText?: string;
  body?: AnyValue;
  attributes?: KeyValue[];
  droppedAttributesCount?: number;
  flags?: number;
  traceId?: string;
  spanId?: string;
  eventName?: string;
}

/** The log records of one scope. */
export interface ScopeLogs {
  scope?: InstrumentationScope;
  logRecords?: LogRecord[];
  schemaUrl?: string;
}

/** The log records of one resource. */
export interface ResourceLogs {
  resource?: Resource;
  scopeLogs?: ScopeLogs[];
  schemaUrl?: string;
}

/** Log records, as an export request holds them. */
export interface LogsData {
  resourceLogs?: ResourceLogs[];
}

/** A metric; exactly one of the five kinds of data is set. */
export interface Metric {
  name?: string;
  description?: string;
  unit?: string;
  gauge?: { dataPoints?: NumberDataPoint[] };
  sum?: {
    dataPoints?: NumberDataPoint[];
    /** 1 DELTA, 2 CUMULATIVE. */
    aggregationTemporality?: number;
    isMonotonic?: boolean;
  };
  histogram?: { dataPoints?: HistogramDataPoint[]; aggregationTemporality?: number };
  exponentialHistogram?: {
    dataPoints?: ExponentialHistogramDataPoint[];
    aggregationTemporality?: number;
  };
  summary?: { dataPoints?: SummaryDataPoint[] };
  metadata?: KeyValue[];
}

/** What data points of all kinds have. */
export interface DataPoint {
  attributes?: KeyValue[];
  startTimeUnixNano?: string;
  timeUnixNano?: string;
  flags?: number;
}

/** A point of a gauge or sum. */
export interface NumberDataPoint extends DataPoint {
  asDouble?: number | string;
  /** A decimal string. */
  asInt?: string;
  exemplars?: MetricExemplar[];
}

/** A point of a histogram. */
export interface HistogramDataPoint extends DataPoint {
  count?: string;
  sum?: number | string;
  bucketCounts?: string[];
  explicitBounds?: (number | string)[];
  exemplars?: MetricExemplar[];
  min?: number | string;
  max?: number | string;
}

/** A point of an exponential histogram. */
export interface ExponentialHistogramDataPoint extends DataPoint {
  count?: string;
  sum?: number | string;
  scale?: number;
  zeroCount?: string;
  positive?: Buckets;
  negative?: Buckets;
  exemplars?: MetricExemplar[];
  min?: number | string;
  max?: number | string;
  zeroThreshold?: number | string;
}

/** One side of an exponential histogram. */
export interface Buckets {
  offset?: number;
  bucketCounts?: string[];
}

/** A point of a summary. */
export interface SummaryDataPoint extends DataPoint {
  count?: string;
  sum?: number | string;
  quantileValues?: { quantile?: number | string; value?: number | string }[];
}

/** A single measurement. */
export interface MetricExemplar {
  filteredAttributes?: KeyValue[];
  timeUnixNano?: string;
  asDouble?: number | string;
  asInt?: string;
  spanId?: string;
  traceId?: string;
}

/** The metrics of one scope. */
export interface ScopeMetrics {
  scope?: InstrumentationScope;
  metrics?: Metric[];
  schemaUrl?: string;
}

/** The metrics of one resource. */
export interface ResourceMetrics {
  resource?: Resource;
  scopeMetrics?: ScopeMetrics[];
  schemaUrl?: string;
}

/** Metrics, as an export request holds them. */
export interface MetricsData {
  resourceMetrics?: ResourceMetrics[];
}
