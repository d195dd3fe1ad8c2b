import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { jsonToProtobuf } from "../../lib/otlp/json_request.ts";
import { MESSAGES, REQUEST_MESSAGES } from "../../lib/otlp/messages.ts";
import { validate } from "../../lib/otlp/validate.ts";
import { SIGNALS } from "../../lib/otlp/signal.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import descriptors from "../testdata/otlp/descriptors.json" with { type: "json" };
import { messageArbitrary, ONE_SPAN, protobufOf } from "../helpers/otlp_requests.ts";
import { PUBLISHED_OTLP } from "../helpers/published_otlp.ts";

/** Names that opentelemetry-proto uses for messages that have different names here. */
const PUBLISHED: Record<string, string> = {
  TracesData: "ExportTraceServiceRequest",
  LogsData: "ExportLogsServiceRequest",
  MetricsData: "ExportMetricsServiceRequest",
  SpanStatus: "Status",
  Buckets: "ExponentialHistogramDataPointBuckets",
  ValueAtQuantile: "SummaryDataPointValueAtQuantile",
  TracesResponse: "ExportTraceServiceResponse",
  TracesPartialSuccess: "ExportTracePartialSuccess",
  LogsResponse: "ExportLogsServiceResponse",
  LogsPartialSuccess: "ExportLogsPartialSuccess",
  MetricsResponse: "ExportMetricsServiceResponse",
  MetricsPartialSuccess: "ExportMetricsPartialSuccess",
  FieldViolation: "BadRequestFieldViolation",
};

/** Fields of profiles, which reuse common messages, and of richer errors: skipped as unknown. */
const UNUSED = ["keyStrindex", "stringValueStrindex", "reason", "localizedMessage"];

Deno.test("MESSAGES has the fields that opentelemetry-proto publishes, and no others", () => {
  for (const { name, fields } of Object.values(MESSAGES)) {
    if (name.startsWith("HealthCheck")) continue;
    const published = descriptors.nested[
      (PUBLISHED[name] ?? name) as keyof typeof descriptors.nested
    ] as { fields: Record<string, { type: string; id: number; rule?: string }> } | undefined;
    assert(published, `${name} is not published`);
    const ours = Object.fromEntries(fields.map((field) => [field.name, {
      type: field.message
        ? PUBLISHED[field.message.name] ?? field.message.name
        : { id: "bytes", enum: "int32" }[field.type as string] ?? field.type,
      id: field.number,
      ...field.isRepeated && { rule: "repeated" },
    }]));
    const theirs = Object.fromEntries(
      Object.entries(published.fields).filter(([field]) => !UNUSED.includes(field)),
    );
    assertEquals(ours, theirs, name);
  }
});

for (const signal of SIGNALS) {
  const name = REQUEST_MESSAGES[signal];
  const foreign = PUBLISHED_OTLP.lookupType(PUBLISHED[name]!);

  Deno.test(`protobufToJson() gives back the ${signal} that jsonToProtobuf() wrote`, () => {
    fc.assert(fc.property(messageArbitrary(name), (json) => {
      const { body, rejected } = jsonToProtobuf(signal, bytesOf(json));
      assertEquals(rejected, 0);
      validate(name, body);
      assertEquals<unknown>(protobufToJson(name, body), json);
    }));
  });

  Deno.test(`protobufjs reads the ${signal} that jsonToProtobuf() writes`, () => {
    fc.assert(fc.property(messageArbitrary(name), (json) => {
      const { body } = jsonToProtobuf(signal, bytesOf(json));
      const decoded = foreign.decode(body);
      assertEquals(foreign.verify(decoded), null);
      // Round-trip through their writer: nothing was lost, whatever the order of its fields.
      const again = new Uint8Array(foreign.encode(decoded).finish());
      assertEquals<unknown>(protobufToJson(name, again), json);
    }));
  });

  Deno.test(`validate() and protobufToJson() agree on which bytes are ${signal}`, () => {
    const mutated = fc.tuple(messageArbitrary(name), fc.nat(), fc.uint8Array({ maxLength: 4 }))
      .map(([json, seed, splice]) => {
        const body = protobufOf(name, json);
        const at = body.length === 0 ? 0 : seed % body.length;
        return new Uint8Array([...body.subarray(0, at), ...splice, ...body.subarray(at + 1)]);
      });
    fc.assert(
      fc.property(mutated, (bytes) => {
        assertEquals(
          offsetOf(() => validate(name, bytes)),
          offsetOf(() => {
            protobufToJson(name, bytes);
          }),
        );
      }),
      { numRuns: 500 },
    );
  });
}

/** The offset at which decoding failed; -1 if it succeeded. */
function offsetOf(read: () => void): number | undefined {
  try {
    read();
    return -1;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return error.byteOffset;
  }
}

Deno.test("validate() reports the byte at which a message is truncated", () => {
  const body = protobufOf("TracesData", ONE_SPAN);
  for (let length = 1; length < body.length; length++) {
    const error = assertThrows(
      () => validate("TracesData", body.subarray(0, length)),
      MalformedError,
    );
    assert(error.byteOffset! <= length, `${error.byteOffset} of ${length}`);
  }
});

Deno.test("validate() skips unknown fields, groups included, and refuses wrong wire types", () => {
  // Field 15, a group with field 1; then field 14, fixed32.
  validate("TracesData", Uint8Array.of(0x7b, 0x08, 0x01, 0x7c, 0x75, 1, 2, 3, 4));
  const wrong = assertThrows(
    () => validate("TracesData", Uint8Array.of(0x08, 0x01)),
    MalformedError,
  );
  assertEquals(wrong.byteOffset, 0);
  assertThrows(() => validate("TracesData", Uint8Array.of(0x7b, 0x08, 0x01)), MalformedError);
});

Deno.test("protobufToJson() merges a message in parts, and keeps the last member of a oneof", () => {
  const first = protobufOf("AnyValue", { kvlistValue: { values: [{ key: "a" }] } });
  const second = protobufOf("AnyValue", { kvlistValue: { values: [{ key: "b" }] } });
  const merged = protobufToJson("AnyValue", new Uint8Array([...first, ...second]));
  assertEquals(merged, { kvlistValue: { values: [{ key: "a" }, { key: "b" }] } });
  const text = protobufOf("AnyValue", { stringValue: "" });
  assertEquals(protobufToJson("AnyValue", new Uint8Array([...first, ...text])), {
    stringValue: "",
  });
});

Deno.test("protobufToJson() reads repeated numbers that are not packed", () => {
  const bytes = Uint8Array.of(0x10, 1, 0x10, 2, 0x12, 2, 3, 4);
  const point = new Uint8Array([0x42, bytes.length, ...bytes]);
  const metric = new Uint8Array([0x52, point.length + 2, 0x0a, point.length, ...point]);
  assertEquals(
    protobufToJson("Metric", metric).exponentialHistogram?.dataPoints?.[0]?.positive,
    { bucketCounts: ["1", "2", "3", "4"] },
  );
});

Deno.test("protobufToJson() reads 10,000 spans of one request", () => {
  const [resourceSpans] = ONE_SPAN.resourceSpans;
  const spans = Array(10_000).fill(resourceSpans!.scopeSpans[0]!.spans[0]);
  const { body } = jsonToProtobuf(
    "traces",
    bytesOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  );
  const [read] = protobufToJson("TracesData", body).resourceSpans!;
  assertEquals(read!.scopeSpans![0]!.spans!.length, 10_000);
});

function bytesOf(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}
