import type { Attributes } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ReverseProtobufWriter } from "../../../lib/otlp/reverse_writer.ts";
import { PROTOBUF_ENCODING } from "../../../lib/telemetry/otlp/span_encoder.ts";
import { decodeProtobuf } from "../../helpers/otlp_proto.ts";
import { sdkSpan, text } from "../../helpers/sdk_spans.ts";

function encode(spans: ReadableSpan[]): Uint8Array {
  const encoder = PROTOBUF_ENCODING.createEncoder();
  for (const span of spans) encoder.add(span);
  return encoder.finish() as Uint8Array; // this one has nothing to wait for
}

Deno.test("PROTOBUF_ENCODING encodes what the SDK's serializer encodes", () => {
  fc.assert(fc.property(fc.array(sdkSpan, { maxLength: 8 }), (spans) => {
    const ours = decodeProtobuf(encode(spans), "traces").spans;
    const stock = decodeProtobuf(ProtobufTraceSerializer.serializeRequest(spans)!, "traces").spans;
    assertEquals(ours, stock);
  }));
});

Deno.test("PROTOBUF_ENCODING keeps earlier values of the same attribute key apart", () => {
  const [template] = fc.sample(sdkSpan, 1);
  const attributesOf = (value: Attributes[string]) => {
    const spans = [{ ...template!, attributes: { key: value, other: "same" } } as ReadableSpan];
    return decodeProtobuf(encode(spans), "traces").spans[0]?.attributes;
  };
  for (const value of ["a", "a", 1, "1", true, 1, "b".repeat(1000), ["a"], ["a"], "a"]) {
    assertEquals(attributesOf(value), { key: value as string, other: "same" });
  }
});

Deno.test("PROTOBUF_ENCODING accepts an attribute without a value, and unpaired surrogates", () => {
  const [template] = fc.sample(sdkSpan, 1);
  const spans = [{ ...template!, attributes: { none: undefined, half: "\ud800" } } as ReadableSpan];
  const [decoded] = decodeProtobuf(encode(spans), "traces").spans;
  assertEquals(decoded?.attributes, { none: undefined as never, half: "\ufffd" });
});

Deno.test("ReverseProtobufWriter grows as needed", () => {
  fc.assert(fc.property(fc.array(text), fc.nat({ max: 10 }), (texts, capacity) => {
    const writer = new ReverseProtobufWriter(capacity);
    for (const text of texts) writer.string(text);
    const roomy = new ReverseProtobufWriter(100_000);
    for (const text of texts) roomy.string(text);
    assertEquals(writer.finish(), roomy.finish());
    assert(writer.length === roomy.length);
  }));
});
