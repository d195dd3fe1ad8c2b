import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { validate } from "../../../../lib/otlp/validate.ts";
import { Interner } from "../../../../lib/collector/store/tables/interner.ts";
import { SpanScanner } from "../../../../lib/collector/store/scan/span_scanner.ts";
import { MalformedError } from "../../../../lib/otlp/malformed_error.ts";
import { messageArbitrary, protobufOf } from "../../../helpers/otlp_requests.ts";

Deno.test("a scan rejects the bytes that validate() rejects, and no others", () => {
  const scanner = new SpanScanner(new Interner(1024, 2 ** 16), new Interner(64, 2 ** 12));
  const bytes = fc.tuple(
    messageArbitrary("TracesData"),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
    fc.option(fc.nat(), { nil: undefined }),
  ).map(([json, changes, cut]) => {
    const body = protobufOf("TracesData", json);
    for (const [at, byte] of changes) if (body.length > 0) body[at % body.length] = byte;
    return cut === undefined ? body : body.subarray(0, cut % (body.length + 1));
  });
  fc.assert(
    fc.property(bytes, (bytes) => {
      assertEquals(
        isRefused(() => scanner.scan(bytes)),
        isRefused(() => validate("TracesData", bytes)),
      );
    }),
    { numRuns: 1500 },
  );
});

function isRefused(read: () => void): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof MalformedError) return true;
    throw error;
  }
}
