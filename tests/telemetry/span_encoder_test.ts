import type { Attributes, HrTime, SpanContext } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ReverseProtobufWriter } from "../../lib/telemetry/otlp/protobuf_writer.ts";
import { PROTOBUF_ENCODING } from "../../lib/telemetry/otlp/span_encoder.ts";
import { parseTraceState } from "../../lib/telemetry/propagation/trace_state.ts";
import { decodeProtobuf } from "../helpers/otlp_proto.ts";

const hexId = (digits: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits });

const text = fc.string({ unit: "grapheme", maxLength: 300 });

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  fc.oneof(text, fc.constantFrom("http.route", "server.port")).filter((key) => key !== "__proto__"),
  fc.oneof(
    text,
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(-(2 ** 63), 2 ** 62, 2 ** 63, -1, 0, -0, 127, 128, 16_384),
    fc.array(text),
    fc.array(fc.double()),
    fc.array(fc.boolean()),
  ),
);

const time: fc.Arbitrary<HrTime> = fc.tuple(
  fc.integer({ min: 0, max: 18_446_744_072 }),
  fc.integer({ min: 0, max: 999_999_999 }),
);

const spanContext: fc.Arbitrary<SpanContext> = fc.record({
  traceId: hexId(32),
  spanId: hexId(16),
  traceFlags: fc.constantFrom(0, 1),
  isRemote: fc.boolean(),
  traceState: fc.constantFrom(parseTraceState("a=1,b=2")!, parseTraceState("c=3")!),
}, { requiredKeys: ["traceId", "spanId", "traceFlags"] });

const RESOURCES = [resourceFromAttributes({ "service.name": "a" }), resourceFromAttributes({})];
const SCOPES = [{ name: "one", version: "1.0.0", schemaUrl: "https://s" }, { name: "two" }];

const span: fc.Arbitrary<ReadableSpan> = fc.record({
  spanContext: spanContext.map((context) => () => context),
  parentSpanContext: fc.option(spanContext, { nil: undefined }),
  name: text,
  kind: fc.integer({ min: 0, max: 4 }),
  startTime: time,
  endTime: time,
  attributes,
  events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: fc.nat() }), {
    maxLength: 3,
  }),
  links: fc.array(
    fc.record({ context: spanContext, attributes, droppedAttributesCount: fc.nat() }),
    {
      maxLength: 3,
    },
  ),
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
  droppedAttributesCount: fc.nat(),
  droppedEventsCount: fc.nat(),
  droppedLinksCount: fc.nat(),
  resource: fc.constantFrom(...RESOURCES),
  instrumentationScope: fc.constantFrom(...SCOPES),
}).map((fields) => fields as unknown as ReadableSpan);

function encode(spans: ReadableSpan[]): Uint8Array {
  const encoder = PROTOBUF_ENCODING.createEncoder();
  for (const span of spans) encoder.add(span);
  return encoder.finish() as Uint8Array; // this one has nothing to wait for
}

Deno.test("PROTOBUF_ENCODING encodes what the SDK's serializer encodes", () => {
  fc.assert(fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
    const ours = decodeProtobuf(encode(spans), "traces").spans;
    const stock = decodeProtobuf(ProtobufTraceSerializer.serializeRequest(spans)!, "traces").spans;
    assertEquals(ours, stock);
  }));
});

Deno.test("PROTOBUF_ENCODING keeps values apart that attributes of the same key had before", () => {
  const [template] = fc.sample(span, 1);
  const attributesOf = (value: Attributes[string]) => {
    const spans = [{ ...template!, attributes: { key: value, other: "same" } } as ReadableSpan];
    return decodeProtobuf(encode(spans), "traces").spans[0]?.attributes;
  };
  for (const value of ["a", "a", 1, "1", true, 1, "b".repeat(1000), ["a"], ["a"], "a"]) {
    assertEquals(attributesOf(value), { key: value as string, other: "same" });
  }
});

Deno.test("PROTOBUF_ENCODING takes an attribute without value, and unpaired surrogates", () => {
  const [template] = fc.sample(span, 1);
  const spans = [{ ...template!, attributes: { none: undefined, half: "\ud800" } } as ReadableSpan];
  const [decoded] = decodeProtobuf(encode(spans), "traces").spans;
  assertEquals(decoded?.attributes, { none: undefined as never, half: "\ufffd" });
});

Deno.test("ReverseProtobufWriter grows as it must", () => {
  fc.assert(fc.property(fc.array(text), fc.nat({ max: 10 }), (texts, capacity) => {
    const writer = new ReverseProtobufWriter(capacity);
    for (const text of texts) writer.string(text);
    const roomy = new ReverseProtobufWriter(100_000);
    for (const text of texts) roomy.string(text);
    assertEquals(writer.finish(), roomy.finish());
    assert(writer.length === roomy.length);
  }));
});
