import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from "@opentelemetry/otlp-transformer";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Encoding } from "../../lib/otlp/content_type.ts";
import { decodeExportResponse, encodeExportResponse } from "../../lib/otlp/export_response.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import type { Signal } from "../../lib/otlp/signal.ts";

/** What the SDK's serializers read from an answer; each signal has its own name for the count. */
const STOCK = {
  protobuf: {
    traces: (answer: Uint8Array) => {
      const partial = ProtobufTraceSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedSpans, partial?.errorMessage];
    },
    metrics: (answer: Uint8Array) => {
      const partial = ProtobufMetricsSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedDataPoints, partial?.errorMessage];
    },
    logs: (answer: Uint8Array) => {
      const partial = ProtobufLogsSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedLogRecords, partial?.errorMessage];
    },
  },
  json: {
    traces: (answer: Uint8Array) => {
      const partial = JsonTraceSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedSpans, partial?.errorMessage];
    },
    metrics: (answer: Uint8Array) => {
      const partial = JsonMetricsSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedDataPoints, partial?.errorMessage];
    },
    logs: (answer: Uint8Array) => {
      const partial = JsonLogsSerializer.deserializeResponse(answer).partialSuccess;
      return [partial?.rejectedLogRecords, partial?.errorMessage];
    },
  },
} satisfies Record<Encoding, Record<Signal, (answer: Uint8Array) => unknown[]>>;

const SIGNAL = fc.constantFrom("traces" as const, "metrics" as const, "logs" as const);
const ENCODING = fc.constantFrom("protobuf" as const, "json" as const);
const PARTIAL_SUCCESS = fc.record({
  rejected: fc.maxSafeNat(),
  message: fc.string({ unit: "grapheme", maxLength: 100 }),
});

Deno.test("decodeExportResponse() reads what encodeExportResponse() wrote, as the SDK does", () => {
  fc.assert(fc.property(SIGNAL, ENCODING, PARTIAL_SUCCESS, (signal, encoding, expected) => {
    const answer = encodeExportResponse(signal, expected, encoding);
    assertEquals(decodeExportResponse(signal, answer, encoding), expected);
    const [rejected, message] = STOCK[encoding][signal](answer);
    assertEquals([Number(rejected ?? 0), message ?? ""], [expected.rejected, expected.message]);
  }));
});

Deno.test("decodeExportResponse() accepts JSON numbers as strings and as numbers", () => {
  for (const rejectedSpans of [3, "3"]) {
    const json = JSON.stringify({ partialSuccess: { rejectedSpans, errorMessage: "too old" } });
    const answer = new TextEncoder().encode(json);
    const expected = { rejected: 3, message: "too old" };
    assertEquals(decodeExportResponse("traces", answer, "json"), expected);
  }
});

Deno.test("decodeExportResponse() rejects an invalid response", () => {
  for (const text of ["", "null", "[]", '"x"', "{", '{"partialSuccess":{"rejectedSpans":"x"}}']) {
    const answer = new TextEncoder().encode(text);
    assertThrows(() => decodeExportResponse("traces", answer, "json"), MalformedError, "", text);
  }
  for (const bytes of [[0x0a, 5], [0xff], [0x0a, 2, 0x0d, 1]]) {
    const answer = Uint8Array.from(bytes);
    assertThrows(() => decodeExportResponse("traces", answer, "protobuf"), MalformedError);
  }
});
