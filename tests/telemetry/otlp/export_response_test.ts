import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  LENGTH_DELIMITED,
  ReverseProtobufWriter,
  VARINT,
} from "../../../lib/otlp/reverse_writer.ts";
import {
  readJsonResponse,
  readProtobufResponse,
} from "../../../lib/telemetry/otlp/export_response.ts";

const partialSuccess = fc.record({
  rejected: fc.maxSafeNat(),
  message: fc.string({ unit: "grapheme" }),
});

/** An export response in protobuf, as a server writes it: without the fields that are empty. */
function protobufResponse({ rejected, message }: { rejected: number; message: string }) {
  const writer = new ReverseProtobufWriter(100);
  if (message) {
    writer.string(message);
    writer.tag(2, LENGTH_DELIMITED);
  }
  if (rejected) {
    writer.varint(rejected);
    writer.tag(1, VARINT);
  }
  writer.messageTag(1, 0);
  return writer.finish();
}

Deno.test("readProtobufResponse() reads what the SDK's serializer reads", () => {
  fc.assert(fc.property(partialSuccess, (expected) => {
    const answer = protobufResponse(expected);
    const stock = ProtobufTraceSerializer.deserializeResponse(answer).partialSuccess;
    assertEquals(readProtobufResponse(answer), expected);
    assertEquals(
      { rejected: Number(stock?.rejectedSpans ?? 0), message: stock?.errorMessage ?? "" },
      expected,
    );
  }));
});

Deno.test("readJsonResponse() reads the number of rejected items of any signal", () => {
  for (const name of ["rejectedSpans", "rejectedDataPoints", "rejectedLogRecords"]) {
    // The protocol writes 64-bit numbers as texts, and takes numbers too.
    for (const rejected of [3, "3"]) {
      const partial = { [name]: rejected, errorMessage: "too old" };
      const answer = new TextEncoder().encode(JSON.stringify({ partialSuccess: partial }));
      assertEquals(readJsonResponse(answer), { rejected: 3, message: "too old" });
    }
  }
});

Deno.test("an answer without partial success, or one that cannot be read, says nothing", () => {
  const nothing = { rejected: 0, message: "" };
  const texts = ["", "{}", "null", "[]", '"x"', "{", '{"partialSuccess":null}'];
  for (const text of [...texts, '{"partialSuccess":{"rejectedSpans":"many"}}']) {
    assertEquals(readJsonResponse(new TextEncoder().encode(text)), nothing, text);
  }
  for (const bytes of [[], [0x0a, 0], [0x0a, 5], [0xff], [0x09, 1], [0x0a, 2, 0x0d, 1]]) {
    assertEquals(readProtobufResponse(Uint8Array.from(bytes)), nothing, bytes.join());
  }
});
