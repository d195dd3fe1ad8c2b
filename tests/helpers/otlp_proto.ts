import protobuf from "protobufjs";

/**
 * The part of opentelemetry-proto 1.x that a trace request uses, field numbers as published:
 * https://github.com/open-telemetry/opentelemetry-proto
 */
const TRACE_PROTO = `
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
`;

const requestType = protobuf.parse(TRACE_PROTO).root.lookupType("ExportTraceServiceRequest");

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

// deno-lint-ignore no-explicit-any -- JSON of the shapes above, whichever encoding it came from.
type Json = any;

/** The spans of a trace request in protobuf. */
export function decodeProtobuf(body: Uint8Array): ReceivedSpan[] {
  const message = requestType.decode(body);
  return readRequest(requestType.toObject(message, { longs: String, bytes: String }), base64ToHex);
}

/** The spans of a trace request in OTLP's JSON, whose ids are in hex. */
export function decodeJson(body: string): ReceivedSpan[] {
  return readRequest(JSON.parse(body), (id) => id);
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
