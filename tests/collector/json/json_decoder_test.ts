import { assertEquals, assertRejects } from "@std/assert";
import { JsonDecoder } from "../../../lib/collector/json/json_decoder.ts";
import { jsonToProtobuf } from "../../../lib/otlp/json_request.ts";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN } from "../../helpers/otlp_requests.ts";

const LONG = JSON.stringify({ ...ONE_SPAN, padding: "x".repeat(1e6) });

testWith(["read"], "JsonDecoder reads long JSON as it reads short JSON", async () => {
  using decoder = new JsonDecoder();
  const wanted = { signal: "traces", ...jsonToProtobuf("traces", bytesOf(LONG)) } as const;
  const long = bytesOf(LONG);
  assertEquals(await decoder.request("traces", long), wanted);
  assertEquals(long.length, 0);
  assertEquals(await decoder.request("traces", bytesOf(JSON.stringify(ONE_SPAN))), wanted);
  assertEquals(await decoder.document(bytesOf(LONG)), [wanted]);
});

testWith(["read"], "JsonDecoder goes on after what is malformed", async () => {
  using decoder = new JsonDecoder();
  const cut = bytesOf(LONG.slice(0, -1));
  const error = await assertRejects(() => decoder.request("traces", cut), MalformedError);
  assertEquals(error.byteOffset, LONG.length - 1);
  assertEquals((await decoder.request("traces", bytesOf(LONG))).rejected, 0);
});

testWith(["read"], "JsonDecoder rejects what waits when it ends", async () => {
  const decoder = new JsonDecoder();
  const waiting = decoder.request("traces", bytesOf(LONG));
  decoder[Symbol.dispose]();
  await assertRejects(() => waiting, Error, "the collector ends");
});

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
