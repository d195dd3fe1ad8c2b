import type { Attributes, AttributeValue, HrTime, Link, SpanContext } from "@opentelemetry/api";
import type { InstrumentationScope } from "@opentelemetry/core";
import type { ReadableSpan, TimedEvent } from "@opentelemetry/sdk-trace-base";
import type { ItemEncoder, ItemEncoding } from "./item_encoding.ts";
import {
  FIXED32,
  FIXED64,
  LENGTH_DELIMITED,
  ReverseProtobufWriter,
  VARINT,
} from "../../otlp/reverse_writer.ts";

/** The initial capacity; the writer grows if more is needed. */
const INITIAL_BYTES = 4096;
const MAX_EXPECTED_BYTES = 1024 * 1024;

/** Span flags: whether it is known that the parent is remote, and whether it is. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/**
 * Attributes repeat in every span, most of them with the value of the previous span. So the bytes of each key,
 * and of the whole attribute with its last value, are cached. Limits keep the cache small.
 */
interface RememberedAttribute {
  key: string;
  keyBytes: Uint8Array;
  /** The field number that the attribute was encoded for. */
  field: number;
  value: AttributeValue | undefined;
  /** Undefined until the value occurs twice: caching isn't worth it for values that change each time. */
  bytes: Uint8Array | undefined;
}
const MAX_REMEMBERED = 1024;
const MAX_REMEMBERED_BYTES = 256;
const remembered = new Map<string, RememberedAttribute>();

/** The last attribute at each position: spans of a kind have the same ones in the same order. */
const lastAt: RememberedAttribute[] = [];

/** The values of the attributes being written; reused, because nothing is awaited in between. */
const values: (AttributeValue | undefined)[] = [];

/**
 * Writes protobuf span by span as they are added, so that no span is kept. The SDK's serializer takes five
 * times as long, because it measures a batch before writing it, and spans that wait for it keep the garbage
 * collector busy. Together, that is most of what a traced request would cost.
 *
 * Field numbers are those of opentelemetry-proto:
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export const PROTOBUF_ENCODING: ItemEncoding<ReadableSpan> = {
  createEncoder: () => new ProtobufSpanEncoder(),
};

type Resource = ReadableSpan["resource"];

/** The size of the last batch. The next one is likely to be as large, and then need not grow. */
let expectedBytes = INITIAL_BYTES;

class ProtobufSpanEncoder implements ItemEncoder<ReadableSpan> {
  readonly #resources = new Map<Resource, Map<InstrumentationScope, GrowingBytes>>();

  add(span: ReadableSpan): void {
    let scopes = this.#resources.get(span.resource);
    if (!scopes) this.#resources.set(span.resource, scopes = new Map());
    let spans = scopes.get(span.instrumentationScope);
    if (!spans) scopes.set(span.instrumentationScope, spans = new GrowingBytes(expectedBytes));
    scratch.reset();
    writeSpan(scratch, span);
    spans.append(scratch.finish());
  }

  finish(): Uint8Array<ArrayBuffer> {
    const spans = [...this.#resources.values()].flatMap((scopes) => [...scopes.values()]);
    const size = spans.reduce((sum, { length }) => sum + length, INITIAL_BYTES);
    expectedBytes = Math.min(size, MAX_EXPECTED_BYTES);
    const writer = new ReverseProtobufWriter(size);
    for (const [resource, scopes] of [...this.#resources].reverse()) {
      const end = writer.length;
      if (resource.schemaUrl) {
        writer.string(resource.schemaUrl);
        writer.tag(3, LENGTH_DELIMITED);
      }
      for (const [scope, spans] of [...scopes].reverse()) {
        writeScopeSpans(writer, scope, spans.written());
      }
      const resourceEnd = writer.length;
      writeAttributes(writer, 1, resource.attributes);
      writer.messageTag(1, resourceEnd);
      writer.messageTag(1, end);
    }
    return writer.finish();
  }
}

/** Holds one span, written backward, until its bytes are appended to the previous ones. */
const scratch = new ReverseProtobufWriter(INITIAL_BYTES);

/** Bytes that are appended at the end. */
class GrowingBytes {
  #bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(2 * length);
      grown.set(this.written());
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.length);
    this.length = length;
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

function writeScopeSpans(
  writer: ReverseProtobufWriter,
  { name, version, schemaUrl }: InstrumentationScope,
  spans: Uint8Array,
): void {
  const end = writer.length;
  if (schemaUrl) {
    writer.string(schemaUrl);
    writer.tag(3, LENGTH_DELIMITED);
  }
  writer.raw(spans);
  const scopeEnd = writer.length;
  if (version) {
    writer.string(version);
    writer.tag(2, LENGTH_DELIMITED);
  }
  writer.string(name);
  writer.tag(1, LENGTH_DELIMITED);
  writer.messageTag(1, scopeEnd);
  writer.messageTag(2, end);
}

function writeSpan(writer: ReverseProtobufWriter, span: ReadableSpan): void {
  const end = writer.length;
  const spanContext = span.spanContext();
  const parent = span.parentSpanContext;
  writeFlags(writer, 16, spanContext.traceFlags, parent);
  writeStatus(writer, span.status);
  writeCount(writer, 14, span.droppedLinksCount);
  for (let i = span.links.length - 1; i >= 0; i--) writeLink(writer, span.links[i]!);
  writeCount(writer, 12, span.droppedEventsCount);
  for (let i = span.events.length - 1; i >= 0; i--) writeEvent(writer, span.events[i]!);
  writeCount(writer, 10, span.droppedAttributesCount);
  writeAttributes(writer, 9, span.attributes);
  writeTime(writer, 8, span.endTime);
  writeTime(writer, 7, span.startTime);
  // The API numbers kinds from INTERNAL = 0, the protocol from UNSPECIFIED = 0.
  writeCount(writer, 6, span.kind + 1);
  writer.string(span.name);
  writer.tag(5, LENGTH_DELIMITED);
  if (parent?.spanId) {
    writer.hex(parent.spanId);
    writer.tag(4, LENGTH_DELIMITED);
  }
  writeIds(writer, spanContext);
  writer.messageTag(2, end);
}

/** Trace id, span id and trace state: the first three fields of spans and links. */
function writeIds(
  writer: ReverseProtobufWriter,
  { traceId, spanId, traceState }: SpanContext,
): void {
  const state = traceState?.serialize();
  if (state) {
    writer.string(state);
    writer.tag(3, LENGTH_DELIMITED);
  }
  writer.hex(spanId);
  writer.tag(2, LENGTH_DELIMITED);
  writer.hex(traceId);
  writer.tag(1, LENGTH_DELIMITED);
}

function writeEvent(writer: ReverseProtobufWriter, event: TimedEvent): void {
  const end = writer.length;
  writeCount(writer, 4, event.droppedAttributesCount ?? 0);
  if (event.attributes) writeAttributes(writer, 3, event.attributes);
  writer.string(event.name);
  writer.tag(2, LENGTH_DELIMITED);
  writeTime(writer, 1, event.time);
  writer.messageTag(11, end);
}

function writeLink(writer: ReverseProtobufWriter, link: Link): void {
  const end = writer.length;
  writeFlags(writer, 6, link.context.traceFlags, link.context);
  writeCount(writer, 5, link.droppedAttributesCount ?? 0);
  if (link.attributes) writeAttributes(writer, 4, link.attributes);
  writeIds(writer, link.context);
  writer.messageTag(13, end);
}

function writeStatus(
  writer: ReverseProtobufWriter,
  { code, message }: ReadableSpan["status"],
): void {
  const end = writer.length;
  writeCount(writer, 3, code);
  if (message) {
    writer.string(message);
    writer.tag(2, LENGTH_DELIMITED);
  }
  writer.messageTag(15, end);
}

function writeFlags(
  writer: ReverseProtobufWriter,
  field: number,
  traceFlags: number,
  remote: SpanContext | undefined,
): void {
  writer.fixed32(traceFlags & 0xff | HAS_IS_REMOTE | (remote?.isRemote ? IS_REMOTE : 0));
  writer.tag(field, FIXED32);
}

function writeTime(writer: ReverseProtobufWriter, field: number, [seconds, nanos]: HrTime): void {
  writer.nanoseconds(seconds, nanos);
  writer.tag(field, FIXED64);
}

/** Writes a number. Zero is the default of a missing field. */
function writeCount(writer: ReverseProtobufWriter, field: number, count: number): void {
  if (count === 0) return;
  writer.varint(count);
  writer.tag(field, VARINT);
}

function writeAttributes(
  writer: ReverseProtobufWriter,
  field: number,
  attributes: Attributes,
): void {
  let count = 0;
  for (const key in attributes) {
    if (lastAt[count]?.key !== key) lastAt[count] = remembered.get(key) ?? rememberKey(key);
    values[count++] = attributes[key];
  }
  for (let i = count - 1; i >= 0; i--) writeAttribute(writer, field, lastAt[i]!, values[i]);
}

function writeAttribute(
  writer: ReverseProtobufWriter,
  field: number,
  known: RememberedAttribute,
  value: AttributeValue | undefined,
): void {
  const isRepeated = value === known.value && value !== undefined && field === known.field;
  if (isRepeated && known.bytes) return writer.raw(known.bytes);
  const end = writer.length;
  writeAnyValue(writer, value);
  writer.messageTag(2, end);
  writer.raw(known.keyBytes);
  writer.messageTag(field, end);
  known.value = value;
  known.field = field;
  const isSmall = writer.length - end <= MAX_REMEMBERED_BYTES;
  known.bytes = isRepeated && isSmall ? writer.slice(end) : undefined;
}

/** Encodes a key as the first field of a KeyValue. */
function rememberKey(key: string): RememberedAttribute {
  const writer = new ReverseProtobufWriter(key.length + 4);
  writer.string(key);
  writer.tag(1, LENGTH_DELIMITED);
  const bytes = writer.finish();
  const attribute = { key, keyBytes: bytes, field: 0, value: undefined, bytes: undefined };
  if (remembered.size < MAX_REMEMBERED) remembered.set(key, attribute);
  return attribute;
}

function writeAnyValue(
  writer: ReverseProtobufWriter,
  value: AttributeValue | null | undefined,
): void {
  switch (typeof value) {
    case "string":
      writer.string(value);
      writer.tag(1, LENGTH_DELIMITED);
      break;
    case "boolean":
      writer.varint(value ? 1 : 0);
      writer.tag(2, VARINT);
      break;
    case "number":
      writeNumber(writer, value);
      break;
    case "object":
      if (Array.isArray(value)) writeArray(writer, value);
      break;
      // Anything else is an empty AnyValue: the protocol's null.
  }
}

function writeNumber(writer: ReverseProtobufWriter, value: number): void {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) {
    writer.int64(value);
    writer.tag(3, VARINT);
  } else {
    writer.double(value);
    writer.tag(4, FIXED64);
  }
}

function writeArray(
  writer: ReverseProtobufWriter,
  values: Extract<AttributeValue, unknown[]>,
): void {
  const end = writer.length;
  for (let i = values.length - 1; i >= 0; i--) {
    const itemEnd = writer.length;
    writeAnyValue(writer, values[i]);
    writer.messageTag(1, itemEnd);
  }
  writer.messageTag(5, end);
}
