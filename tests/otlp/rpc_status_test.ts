import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import { decodeRpcStatus, encodeRpcStatus } from "../../lib/otlp/rpc_status.ts";

const STATUS = fc.record({
  code: fc.integer({ min: 0, max: 16 }),
  message: fc.string({ unit: "grapheme" }),
  retryAfterSeconds: fc.nat(),
}, { requiredKeys: ["code", "message"] });

/** A length-delimited field. */
function field(number: number, content: number[] | string): number[] {
  const bytes = typeof content === "string" ? [...new TextEncoder().encode(content)] : content;
  return [number << 3 | 2, bytes.length, ...bytes];
}

function statusWith(type: string, detail: number[]): Uint8Array {
  const any = [...field(1, `type.googleapis.com/google.rpc.${type}`), ...field(2, detail)];
  return Uint8Array.from([8, 8, ...field(2, "busy"), ...field(3, any)]);
}

Deno.test("decodeRpcStatus() reads what encodeRpcStatus() wrote", () => {
  fc.assert(fc.property(STATUS, (status) => {
    const fieldViolations = [{ field: "body", description: "wrong" }];
    const body = encodeRpcStatus({ ...status, fieldViolations }, "protobuf");
    assertEquals(decodeRpcStatus(body), status);
  }));
});

Deno.test("decodeRpcStatus() reads the delay of a RetryInfo", () => {
  const busy = { code: 8, message: "busy" };
  for (
    const [info, retryAfterSeconds] of [
      [field(1, [8, 2]), 2],
      [field(1, [16, 0x80, 0xca, 0xb5, 0xee, 1]), 0.5],
      [[], 0],
      // Minus one second.
      [field(1, [8, ...Array(9).fill(0xff), 1]), 0],
    ] as const
  ) {
    const status = statusWith("RetryInfo", [...info]);
    assertEquals(decodeRpcStatus(status), { ...busy, retryAfterSeconds });
  }
  assertEquals(decodeRpcStatus(statusWith("DebugInfo", [])), busy);
});

Deno.test("decodeRpcStatus() rejects an invalid status", () => {
  for (const bytes of [[0x1a, 0xff], [0x0d], [0x12, 5, 1]]) {
    assertThrows(() => decodeRpcStatus(Uint8Array.from(bytes)), MalformedError);
  }
});
