import { type Fields, type MessageType, messageTypes } from "./message_type.ts";
import type { Signal } from "./signal.ts";

/**
 * The messages of OTLP 1.9: names as in its JSON, numbers and types as in opentelemetry-proto. Anything else is
 * skipped as unknown.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/tree/v1.9.0/opentelemetry/proto
 */
const OTLP = {
  TracesData: { resourceSpans: [1, "ResourceSpans[]"] },
  ResourceSpans: {
    resource: [1, "Resource"],
    scopeSpans: [2, "ScopeSpans[]"],
    schemaUrl: [3, "string"],
  },
  ScopeSpans: {
    scope: [1, "InstrumentationScope"],
    spans: [2, "Span[]"],
    schemaUrl: [3, "string"],
  },
  Span: {
    traceId: [1, "id"],
    spanId: [2, "id"],
    traceState: [3, "string"],
    parentSpanId: [4, "id"],
    flags: [16, "fixed32"],
    name: [5, "string"],
    /** 1 INTERNAL, 2 SERVER, 3 CLIENT, 4 PRODUCER, 5 CONSUMER. */
    kind: [6, "enum"],
    startTimeUnixNano: [7, "fixed64"],
    endTimeUnixNano: [8, "fixed64"],
    attributes: [9, "KeyValue[]"],
    droppedAttributesCount: [10, "uint32"],
    events: [11, "SpanEvent[]"],
    droppedEventsCount: [12, "uint32"],
    links: [13, "SpanLink[]"],
    droppedLinksCount: [14, "uint32"],
    status: [15, "SpanStatus"],
  },
  SpanEvent: {
    timeUnixNano: [1, "fixed64"],
    name: [2, "string"],
    attributes: [3, "KeyValue[]"],
    droppedAttributesCount: [4, "uint32"],
  },
  SpanLink: {
    traceId: [1, "id"],
    spanId: [2, "id"],
    traceState: [3, "string"],
    attributes: [4, "KeyValue[]"],
    droppedAttributesCount: [5, "uint32"],
    flags: [6, "fixed32"],
  },
  SpanStatus: {
    message: [2, "string"],
    /** 0 UNSET, 1 OK, 2 ERROR. */
    code: [3, "enum"],
  },

  LogsData: { resourceLogs: [1, "ResourceLogs[]"] },
  ResourceLogs: {
    resource: [1, "Resource"],
    scopeLogs: [2, "ScopeLogs[]"],
    schemaUrl: [3, "string"],
  },
  ScopeLogs: {
    scope: [1, "InstrumentationScope"],
    logRecords: [2, "LogRecord[]"],
    schemaUrl: [3, "string"],
  },
  LogRecord: {
    timeUnixNano: [1, "fixed64"],
    observedTimeUnixNano: [11, "fixed64"],
    severityNumber: [2, "enum"],
    severityText: [3, "string"],
    body: [5, "AnyValue"],
    attributes: [6, "KeyValue[]"],
    droppedAttributesCount: [7, "uint32"],
    flags: [8, "fixed32"],
    traceId: [9, "id"],
    spanId: [10, "id"],
    eventName: [12, "string"],
  },

  MetricsData: { resourceMetrics: [1, "ResourceMetrics[]"] },
  ResourceMetrics: {
    resource: [1, "Resource"],
    scopeMetrics: [2, "ScopeMetrics[]"],
    schemaUrl: [3, "string"],
  },
  ScopeMetrics: {
    scope: [1, "InstrumentationScope"],
    metrics: [2, "Metric[]"],
    schemaUrl: [3, "string"],
  },
  Metric: {
    name: [1, "string"],
    description: [2, "string"],
    unit: [3, "string"],
    gauge: [5, "Gauge", "data"],
    sum: [7, "Sum", "data"],
    histogram: [9, "Histogram", "data"],
    exponentialHistogram: [10, "ExponentialHistogram", "data"],
    summary: [11, "Summary", "data"],
    metadata: [12, "KeyValue[]"],
  },
  Gauge: { dataPoints: [1, "NumberDataPoint[]"] },
  Sum: {
    dataPoints: [1, "NumberDataPoint[]"],
    /** 1 DELTA, 2 CUMULATIVE. */
    aggregationTemporality: [2, "enum"],
    isMonotonic: [3, "bool"],
  },
  Histogram: {
    dataPoints: [1, "HistogramDataPoint[]"],
    aggregationTemporality: [2, "enum"],
  },
  ExponentialHistogram: {
    dataPoints: [1, "ExponentialHistogramDataPoint[]"],
    aggregationTemporality: [2, "enum"],
  },
  Summary: { dataPoints: [1, "SummaryDataPoint[]"] },
  NumberDataPoint: {
    attributes: [7, "KeyValue[]"],
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    asDouble: [4, "double", "value"],
    asInt: [6, "sfixed64", "value"],
    exemplars: [5, "Exemplar[]"],
    flags: [8, "uint32"],
  },
  HistogramDataPoint: {
    attributes: [9, "KeyValue[]"],
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double", "sum"],
    bucketCounts: [6, "fixed64[]"],
    explicitBounds: [7, "double[]"],
    exemplars: [8, "Exemplar[]"],
    flags: [10, "uint32"],
    min: [11, "double", "min"],
    max: [12, "double", "max"],
  },
  ExponentialHistogramDataPoint: {
    attributes: [1, "KeyValue[]"],
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double", "sum"],
    scale: [6, "sint32"],
    zeroCount: [7, "fixed64"],
    positive: [8, "Buckets"],
    negative: [9, "Buckets"],
    flags: [10, "uint32"],
    exemplars: [11, "Exemplar[]"],
    min: [12, "double", "min"],
    max: [13, "double", "max"],
    zeroThreshold: [14, "double"],
  },
  Buckets: { offset: [1, "sint32"], bucketCounts: [2, "uint64[]"] },
  SummaryDataPoint: {
    attributes: [7, "KeyValue[]"],
    startTimeUnixNano: [2, "fixed64"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    quantileValues: [6, "ValueAtQuantile[]"],
    flags: [8, "uint32"],
  },
  ValueAtQuantile: { quantile: [1, "double"], value: [2, "double"] },
  Exemplar: {
    filteredAttributes: [7, "KeyValue[]"],
    timeUnixNano: [2, "fixed64"],
    asDouble: [3, "double", "value"],
    asInt: [6, "sfixed64", "value"],
    spanId: [4, "id"],
    traceId: [5, "id"],
  },

  Resource: {
    attributes: [1, "KeyValue[]"],
    droppedAttributesCount: [2, "uint32"],
    entityRefs: [3, "EntityRef[]"],
  },
  EntityRef: {
    schemaUrl: [1, "string"],
    type: [2, "string"],
    idKeys: [3, "string[]"],
    descriptionKeys: [4, "string[]"],
  },
  InstrumentationScope: {
    name: [1, "string"],
    version: [2, "string"],
    attributes: [3, "KeyValue[]"],
    droppedAttributesCount: [4, "uint32"],
  },
  KeyValue: { key: [1, "string"], value: [2, "AnyValue"] },
  AnyValue: {
    stringValue: [1, "string", "value"],
    boolValue: [2, "bool", "value"],
    intValue: [3, "int64", "value"],
    doubleValue: [4, "double", "value"],
    arrayValue: [5, "ArrayValue", "value"],
    kvlistValue: [6, "KeyValueList", "value"],
    bytesValue: [7, "bytes", "value"],
  },
  ArrayValue: { values: [1, "AnyValue[]"] },
  KeyValueList: { values: [1, "KeyValue[]"] },

  TracesResponse: { partialSuccess: [1, "TracesPartialSuccess"] },
  TracesPartialSuccess: { rejectedSpans: [1, "int64"], errorMessage: [2, "string"] },
  LogsResponse: { partialSuccess: [1, "LogsPartialSuccess"] },
  LogsPartialSuccess: { rejectedLogRecords: [1, "int64"], errorMessage: [2, "string"] },
  MetricsResponse: { partialSuccess: [1, "MetricsPartialSuccess"] },
  MetricsPartialSuccess: { rejectedDataPoints: [1, "int64"], errorMessage: [2, "string"] },

  /** https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto */
  RpcStatus: { code: [1, "int32"], message: [2, "string"], details: [3, "Any[]"] },
  Any: { typeUrl: [1, "string"], value: [2, "bytes"] },
  BadRequest: { fieldViolations: [1, "FieldViolation[]"] },
  FieldViolation: { field: [1, "string"], description: [2, "string"] },
  RetryInfo: { retryDelay: [1, "Duration"] },
  Duration: { seconds: [1, "int64"], nanos: [2, "int32"] },

  /** https://github.com/grpc/grpc/blob/master/src/proto/grpc/health/v1/health.proto */
  HealthCheckRequest: { service: [1, "string"] },
  HealthCheckResponse: { status: [1, "enum"] },
} as const satisfies Record<string, Fields>;

/** The name of a message. */
export type MessageName = keyof typeof OTLP;

/** The JavaScript types of scalars in OTLP's JSON. */
interface ScalarJson {
  string: string;
  /** In base64. */
  bytes: string;
  /** In lower-case hex. */
  id: string;
  bool: boolean;
  int32: number;
  uint32: number;
  sint32: number;
  enum: number;
  fixed32: number;
  /** 64-bit integers are decimal strings. */
  int64: string;
  uint64: string;
  fixed64: string;
  sfixed64: string;
  /** A number, or "NaN", "Infinity", "-Infinity". */
  double: number | string;
}

/** The value type of a field, from its type in the table. */
type ValueJson<Type extends string> = Type extends `${infer Item}[]` ? ValueJson<Item>[]
  : Type extends keyof ScalarJson ? ScalarJson[Type]
  : Type extends MessageName ? MessageJson<Type>
  : never;

/**
 * A message in OTLP's JSON. It is derived from the table, so that the two can't differ.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export type MessageJson<Name extends MessageName> = {
  -readonly [Field in keyof (typeof OTLP)[Name]]?: (typeof OTLP)[Name][Field] extends
    readonly [number, infer Type extends string, string?] ? ValueJson<Type> : never;
};

/** All messages by name. */
export const MESSAGES: Readonly<Record<MessageName, MessageType>> = messageTypes(OTLP);

/**
 * The export request of each signal. OTLP has two names for it, for the wire and for files
 * (`ExportTraceServiceRequest`, `TracesData`), with the same fields.
 */
export const REQUEST_MESSAGES = {
  traces: "TracesData",
  metrics: "MetricsData",
  logs: "LogsData",
} as const satisfies Record<Signal, MessageName>;
