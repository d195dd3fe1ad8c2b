import { assertEquals } from "@std/assert";
import { retryDelay } from "../../../lib/telemetry/otlp/rpc_status.ts";

/** A length-delimited field. */
function field(number: number, content: number[] | string): number[] {
  const bytes = typeof content === "string" ? [...new TextEncoder().encode(content)] : content;
  return [number << 3 | 2, bytes.length, ...bytes];
}

function header(type: string, info: number[]): string {
  const status = [8, 8, ...field(2, "busy"), ...field(3, [...field(1, type), ...field(2, info)])];
  return btoa(String.fromCharCode(...status));
}

const RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

Deno.test("retryDelay() reads the delay of a RetryInfo", () => {
  assertEquals(retryDelay(header(RETRY_INFO, field(1, [8, 2]))), 2000);
  assertEquals(retryDelay(header(RETRY_INFO, field(1, [16, 0x80, 0xca, 0xb5, 0xee, 1]))), 500);
  assertEquals(retryDelay(header(RETRY_INFO, [])), 0);
  const minusFive = [0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
  assertEquals(retryDelay(header(RETRY_INFO, field(1, [8, ...minusFive]))), 0);
});

Deno.test("retryDelay() finds nothing where there is none", () => {
  assertEquals(retryDelay(null), undefined);
  assertEquals(retryDelay(header("type.googleapis.com/google.rpc.DebugInfo", [])), undefined);
  assertEquals(retryDelay("not base64!"), undefined);
  assertEquals(retryDelay(btoa("\x1a\xff")), undefined);
  assertEquals(retryDelay(btoa("\x0d")), undefined);
});
