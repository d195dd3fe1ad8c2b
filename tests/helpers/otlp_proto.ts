import protobuf from "protobufjs";

/**
 * The part of opentelemetry-proto 1.x that export requests use, field numbers as published:
 * https://github.com/open-telemetry/opentelemetry-proto
 */
const PROTO = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
message InstrumentationScope {
  string name = 1; string version = 2;
  repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4;
}
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4;
  string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10;
  repeated Event events = 11; uint32 dropped_events_count = 12;
  repeated Link links = 13; uint32 dropped_links_count = 14;
  Status status = 15; fixed32 flags = 16;
}
message Event {
  fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3;
  uint32 dropped_attributes_count = 4;
}
message Link {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4;
  uint32 dropped_attributes_count = 5; fixed32 flags = 6;
}
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  oneof value {
    string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
    ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
  }
}
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
message ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; string schema_url = 3; }
message ScopeLogs { InstrumentationScope scope = 1; repeated LogRecord log_records = 2; }
message LogRecord {
  fixed64 time_unix_nano = 1; int32 severity_number = 2; string severity_text = 3; AnyValue body = 5;
  repeated KeyValue attributes = 6; uint32 dropped_attributes_count = 7; fixed32 flags = 8;
  bytes trace_id = 9; bytes span_id = 10; fixed64 observed_time_unix_nano = 11;
}
message ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics {
  Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; string schema_url = 3;
}
message ScopeMetrics { InstrumentationScope scope = 1; repeated Metric metrics = 2; }
message Metric {
  string name = 1; string description = 2; string unit = 3;
  oneof data {
    Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9;
    ExponentialHistogram exponential_histogram = 10;
  }
}
message Gauge { repeated NumberDataPoint data_points = 1; }
message Sum {
  repeated NumberDataPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3;
}
message Histogram {
  repeated HistogramDataPoint data_points = 1; int32 aggregation_temporality = 2;
}
message ExponentialHistogram {
  repeated ExponentialHistogramDataPoint data_points = 1; int32 aggregation_temporality = 2;
}
message NumberDataPoint {
  repeated KeyValue attributes = 7; fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
  oneof value { double as_double = 4; sfixed64 as_int = 6; }
  repeated Exemplar exemplars = 5;
}
message Exemplar { fixed64 time_unix_nano = 2; bytes span_id = 4; bytes trace_id = 5; }
message HistogramDataPoint {
  repeated KeyValue attributes = 9; fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
  fixed64 count = 4; optional double sum = 5; repeated fixed64 bucket_counts = 6;
  repeated double explicit_bounds = 7; repeated Exemplar exemplars = 8;
}
message ExponentialHistogramDataPoint {
  repeated KeyValue attributes = 1; fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
  fixed64 count = 4; optional double sum = 5; sint32 scale = 6; fixed64 zero_count = 7;
}
`;

const ROOT = protobuf.parse(PROTO).root;

/** The signals, with the message that a request of each is. */
const REQUESTS = {
  traces: ROOT.lookupType("ExportTraceServiceRequest"),
  metrics: ROOT.lookupType("ExportMetricsServiceRequest"),
  logs: ROOT.lookupType("ExportLogsServiceRequest"),
};

/** One of the three signals. */
export type ReceivedSignal = keyof typeof REQUESTS;

/** Encodes an export request; what its messages are called is in lowerCamelCase. */
export function encodeRequest(signal: ReceivedSignal, request: object): Uint8Array<ArrayBuffer> {
  const type = REQUESTS[signal];
  return new Uint8Array(type.encode(type.fromObject(request)).finish());
}

/** An export request with a root span of a service, which started just now. */
export function encodeSpan(name: string, span: object = {}): Uint8Array<ArrayBuffer> {
  const id = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const start = Date.now();
  const attributes = [{ key: "service.name", value: { stringValue: "shop" } }];
  return encodeRequest("traces", {
    resourceSpans: [{
      resource: { attributes },
      scopeSpans: [{
        spans: [{
          traceId: id(16),
          spanId: id(8),
          name,
          kind: 2,
          startTimeUnixNano: `${start}000000`,
          endTimeUnixNano: `${start + 5}000000`,
          ...span,
        }],
      }],
    }],
  });
}

type Plain = string | number | boolean | Plain[];

/** A received span, with what belongs to its resource and scope. */
export interface ReceivedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  traceState: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Record<string, Plain>;
  events: { name: string; timeUnixNano: string; attributes: Record<string, Plain> }[];
  links: { traceId: string; spanId: string; attributes: Record<string, Plain> }[];
  status: { code: number; message: string };
  flags: number;
  resource: Record<string, Plain>;
  scope: { name: string; version: string };
}

/** A received log record. */
export interface ReceivedLogRecord {
  body: Plain;
  severityNumber: number;
  severityText: string;
  traceId: string;
  spanId: string;
  attributes: Record<string, Plain>;
  resource: Record<string, Plain>;
}

/** A received metric. */
export interface ReceivedMetric {
  name: string;
  unit: string;
  kind: "gauge" | "sum" | "histogram" | "exponentialHistogram";
  /** 1 is delta, 2 is cumulative, 0 is not said. */
  temporality: number;
  dataPoints: { attributes: Record<string, Plain>; value: number; count: number }[];
  /** How many measurements are kept as examples. */
  exemplars: number;
  resource: Record<string, Plain>;
}

/** What a request holds; two of the three lists are empty. */
export interface ReceivedTelemetry {
  spans: ReceivedSpan[];
  metrics: ReceivedMetric[];
  logRecords: ReceivedLogRecord[];
}

// deno-lint-ignore no-explicit-any -- JSON of the shapes above, whichever encoding it came from.
type Json = any;

/** Reads a request in protobuf. */
export function decodeProtobuf(body: Uint8Array, signal: ReceivedSignal): ReceivedTelemetry {
  const type = REQUESTS[signal];
  const request = type.toObject(type.decode(body), { longs: String, bytes: String });
  return readTelemetry(request, base64ToHex);
}

/** Reads a request in OTLP's JSON, whose ids are in hex. */
export function decodeJson(body: string): ReceivedTelemetry {
  return readTelemetry(JSON.parse(body), (id) => id);
}

function readTelemetry(request: Json, id: (text: string) => string): ReceivedTelemetry {
  return {
    spans: readRequest(request, id),
    metrics: readMetrics(request),
    logRecords: readLogRecords(request, id),
  };
}

function readMetrics(request: Json): ReceivedMetric[] {
  const kinds = ["gauge", "sum", "histogram", "exponentialHistogram"] as const;
  return (request.resourceMetrics ?? []).flatMap((resourceMetrics: Json) =>
    (resourceMetrics.scopeMetrics ?? []).flatMap((scopeMetrics: Json) =>
      (scopeMetrics.metrics ?? []).map((metric: Json): ReceivedMetric => {
        const kind = kinds.find((kind) => metric[kind])!;
        return {
          name: metric.name,
          unit: metric.unit ?? "",
          kind,
          temporality: metric[kind].aggregationTemporality ?? 0,
          dataPoints: (metric[kind].dataPoints ?? []).map((point: Json) => ({
            attributes: readAttributes(point.attributes),
            value: Number(point.asDouble ?? point.asInt ?? point.sum),
            count: Number(point.count ?? 0),
          })),
          exemplars: (metric[kind].dataPoints ?? [])
            .flatMap((point: Json) => point.exemplars ?? []).length,
          resource: readAttributes(resourceMetrics.resource?.attributes),
        };
      })
    )
  );
}

function readLogRecords(request: Json, id: (text: string) => string): ReceivedLogRecord[] {
  return (request.resourceLogs ?? []).flatMap((resourceLogs: Json) =>
    (resourceLogs.scopeLogs ?? []).flatMap((scopeLogs: Json) =>
      (scopeLogs.logRecords ?? []).map((record: Json): ReceivedLogRecord => ({
        body: readValue(record.body ?? {}),
        severityNumber: record.severityNumber ?? 0,
        severityText: record.severityText ?? "",
        traceId: record.traceId ? id(record.traceId) : "",
        spanId: record.spanId ? id(record.spanId) : "",
        attributes: readAttributes(record.attributes),
        resource: readAttributes(resourceLogs.resource?.attributes),
      }))
    )
  );
}

function readRequest(request: Json, id: (text: string) => string): ReceivedSpan[] {
  return (request.resourceSpans ?? []).flatMap((resourceSpans: Json) =>
    (resourceSpans.scopeSpans ?? []).flatMap((scopeSpans: Json) =>
      (scopeSpans.spans ?? []).map((span: Json): ReceivedSpan => ({
        name: span.name,
        kind: span.kind ?? 0,
        traceId: id(span.traceId),
        spanId: id(span.spanId),
        parentSpanId: span.parentSpanId ? id(span.parentSpanId) : "",
        traceState: span.traceState ?? "",
        startTimeUnixNano: span.startTimeUnixNano,
        endTimeUnixNano: span.endTimeUnixNano,
        attributes: readAttributes(span.attributes),
        events: (span.events ?? []).map((event: Json) => ({
          name: event.name,
          timeUnixNano: event.timeUnixNano,
          attributes: readAttributes(event.attributes),
        })),
        links: (span.links ?? []).map((link: Json) => ({
          traceId: id(link.traceId),
          spanId: id(link.spanId),
          attributes: readAttributes(link.attributes),
        })),
        status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
        flags: span.flags ?? 0,
        resource: readAttributes(resourceSpans.resource?.attributes),
        scope: { name: scopeSpans.scope?.name ?? "", version: scopeSpans.scope?.version ?? "" },
      }))
    )
  );
}

function readAttributes(attributes: Json[] = []): Record<string, Plain> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]));
}

function readValue(value: Json): Plain {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(readValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}

function base64ToHex(text: string): string {
  return [...atob(text)].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
