import protobuf from "protobufjs";
import type { Signal } from "../otlp/signal.ts";

/**
 * What is printed of opentelemetry-proto 1.x, field numbers as published; what is left out is
 * skipped: https://github.com/open-telemetry/opentelemetry-proto
 */
const PROTO = `
syntax = "proto3";
message Request { repeated ResourceItems resources = 1; }
message ResourceItems { Resource resource = 1; repeated ScopeItems scopes = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeItems {
  Scope scope = 1;
  repeated bytes items = 2;
}
message Scope { string name = 1; string version = 2; }
message Span {
  bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4;
  string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9; repeated Event events = 11; repeated Link links = 13;
  Status status = 15;
}
message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
message Link { bytes trace_id = 1; bytes span_id = 2; repeated KeyValue attributes = 4; }
message Status { string message = 2; int32 code = 3; }
message LogRecord {
  fixed64 time_unix_nano = 1; string severity_text = 3; AnyValue body = 5;
  repeated KeyValue attributes = 6; bytes trace_id = 9; bytes span_id = 10;
}
message Metric {
  string name = 1; string description = 2; string unit = 3;
  Numbers gauge = 5; Numbers sum = 7; Histograms histogram = 9; Exponentials exponential_histogram = 10;
}
message Numbers { repeated NumberPoint data_points = 1; }
message NumberPoint {
  repeated KeyValue attributes = 7; fixed64 time_unix_nano = 3; double as_double = 4; sfixed64 as_int = 6;
}
message Histograms { repeated HistogramPoint data_points = 1; }
message HistogramPoint {
  repeated KeyValue attributes = 9; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5;
  repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
}
message Exponentials { repeated ExponentialPoint data_points = 1; }
message ExponentialPoint {
  repeated KeyValue attributes = 1; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
  ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
}
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
`;

const ROOT = protobuf.parse(PROTO).root;
const REQUEST = ROOT.lookupType("Request");
const ITEMS: Record<Signal, protobuf.Type> = {
  traces: ROOT.lookupType("Span"),
  metrics: ROOT.lookupType("Metric"),
  logs: ROOT.lookupType("LogRecord"),
};

/** A decoded message of any type. */
type Plain = Record<string, unknown>;

/**
 * The spans, metrics or log records of an export request in protobuf as plain objects for printing,
 * each with its resource and scope; attributes as objects, ids in hex.
 */
export function describeItems(request: Uint8Array, signal: Signal): Plain[] {
  const type = ITEMS[signal];
  const { resources = [] } = toPlain(REQUEST, request) as {
    resources?: { resource?: Plain; scopes?: { scope?: Plain; items?: Uint8Array[] }[] }[];
  };
  return resources.flatMap(({ resource = {}, scopes = [] }) =>
    scopes.flatMap(({ scope = {}, items = [] }) =>
      items.map((item) => ({
        ...readable(toPlain(type, item)) as Plain,
        scope,
        resource: (readable(resource) as Plain).attributes ?? {},
      }))
    )
  );
}

function toPlain(type: protobuf.Type, bytes: Uint8Array): Plain {
  return type.toObject(type.decode(bytes), { longs: String });
}

/** Attributes become objects, values what they hold, and bytes hex. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.toHex();
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "attributes"
        ? attributesOf(member)
        : key === "body"
        ? valueOf(member)
        : readable(member),
    ]),
  );
}

function attributesOf(pairs: { key: string; value?: Plain }[]): Plain {
  return Object.fromEntries(pairs.map(({ key, value = {} }) => [key, valueOf(value)]));
}

function valueOf(value: Plain): unknown {
  const [[kind, held] = []] = Object.entries(value);
  if (kind === "arrayValue") return ((held as Plain).values as Plain[] ?? []).map(valueOf);
  if (kind === "kvlistValue") return attributesOf((held as Plain).values as never ?? []);
  return kind === "intValue" ? Number(held) : readable(held);
}
