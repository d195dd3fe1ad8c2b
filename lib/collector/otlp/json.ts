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
