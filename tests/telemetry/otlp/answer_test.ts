import { assertEquals } from "@std/assert";
import { encodeMessage } from "../../../lib/otlp/encode.ts";
import { encodeRpcStatus } from "../../../lib/otlp/rpc_status.ts";
import { readAcceptance, reasonOf, retryDelay } from "../../../lib/telemetry/otlp/answer.ts";

/** The header with a retry delay, as various servers write it. */
function statusWith(retryDelay: { seconds?: string; nanos?: number }): string {
  const typeUrl = "type.googleapis.com/google.rpc.RetryInfo";
  const value = encodeMessage("RetryInfo", { retryDelay }).toBase64();
  return encodeMessage("RpcStatus", { code: 14, details: [{ typeUrl, value }] }).toBase64();
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("readAcceptance() reads a partial success", () => {
  const json = '{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}';
  const expected = { rejected: 3, message: "too old" };
  assertEquals(readAcceptance("logs", bytesOf(json), "json"), expected);
  assertEquals(readAcceptance("logs", Uint8Array.of(10, 2, 8, 3), "protobuf"), {
    rejected: 3,
    message: "",
  });
});

Deno.test("readAcceptance() finds full success in an answer without partial success, and in an empty one", () => {
  const nothing = { rejected: 0, message: "" };
  for (const text of ["", "{}", '{"partialSuccess":null}', '{"more":true}']) {
    assertEquals(readAcceptance("traces", bytesOf(text), "json"), nothing, text);
  }
  for (const bytes of [[], [0x0a, 0], [0x50, 1]]) {
    const answer = Uint8Array.from(bytes);
    assertEquals(readAcceptance("traces", answer, "protobuf"), nothing, bytes.join());
  }
});

Deno.test("readAcceptance() recognizes answers that are not OTLP", () => {
  const texts = ["null", "[]", '"x"', "{", "OK", "<!doctype html>"];
  for (const text of [...texts, '{"partialSuccess":{"rejectedSpans":"many"}}']) {
    assertEquals(readAcceptance("traces", bytesOf(text), "json"), undefined, text);
  }
  for (const bytes of [[0x0a, 5], [0xff], [0x09, 1], [0x0a, 2, 0x0d, 1], [...bytesOf("<html>")]]) {
    const answer = Uint8Array.from(bytes);
    assertEquals(readAcceptance("traces", answer, "protobuf"), undefined, bytes.join());
  }
});

Deno.test("reasonOf() reads the message of a status or of any JSON, and the first line of a text", () => {
  const status = encodeRpcStatus({ code: 3, message: "no\nspans" }, "protobuf");
  assertEquals(reasonOf(status, "application/x-protobuf"), "no spans");
  const json = bytesOf('{"code":"bad_request","message":"no spans"}');
  assertEquals(reasonOf(json, "Application/JSON; charset=utf-8"), "no spans");
  assertEquals(reasonOf(bytesOf("no spans\nat all\n"), "text/plain"), "no spans");
  assertEquals(reasonOf(bytesOf("no spans"), null), "no spans");
});

Deno.test("reasonOf() finds nothing if there is no reason", () => {
  for (const text of ["", "{}", "null", "[]", "{", '{"message":null}']) {
    assertEquals(reasonOf(bytesOf(text), "application/json"), undefined, text);
  }
  assertEquals(reasonOf(bytesOf("<p>no</p>"), "text/html"), undefined);
  assertEquals(reasonOf(Uint8Array.of(0x12, 0xff), "application/x-protobuf"), undefined);
});

Deno.test("retryDelay() reads the delay in milliseconds, with and without padding", () => {
  const status = { code: 8, message: "busy", retryAfterSeconds: 2 };
  const header = encodeRpcStatus(status, "protobuf").toBase64();
  assertEquals(retryDelay(header), 2000);
  assertEquals(retryDelay(header.replace(/=+$/, "")), 2000);
  for (
    const [retryDelayParts, millis] of [
      [{ seconds: "1", nanos: 500_000_000 }, 1500],
      [{ nanos: 2_000_000 }, 2],
      [{ seconds: "-5" }, 0],
      [{ nanos: -1 }, 0],
      [{}, 0],
    ] as const
  ) {
    assertEquals(retryDelay(statusWith(retryDelayParts)), millis);
  }
  const endless = retryDelay(statusWith({ seconds: "9223372036854775807" }));
  assertEquals(endless, 9223372036854775807 * 1000);
});

Deno.test("retryDelay() finds nothing if there is no delay", () => {
  assertEquals(retryDelay(null), undefined);
  const status = encodeRpcStatus({ code: 8, message: "busy" }, "protobuf");
  assertEquals(retryDelay(status.toBase64()), undefined);
  assertEquals(retryDelay("not base64!"), undefined);
  assertEquals(retryDelay(btoa("\x1a\xff")), undefined);
  assertEquals(retryDelay(btoa("\x0d")), undefined);
});
