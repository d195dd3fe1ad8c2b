import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { assertEquals, assertRejects } from "@std/assert";
import { BodyDecoder } from "../../../lib/collector/decode/body_decoder.ts";
import { COMPRESSIONS } from "../../../lib/otlp/content_encoding.ts";
import { decodeBody } from "../../../lib/collector/decode/decode_body.ts";
import type { EncodedBody } from "../../../lib/collector/decode/decode_calls.ts";
import { InflatedTooLargeError } from "../../../lib/collector/decode/inflate.ts";
import type { DocumentPart } from "../../../lib/otlp/json_request.ts";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";

const COMPRESS = {
  none: (bytes: Uint8Array<ArrayBuffer>) => bytes,
  gzip: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)),
  deflate: (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes)),
  zstd: (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes)),
};
const LONG = JSON.stringify({ ...ONE_SPAN, padding: "x".repeat(1e6) });

testWith(["read"], "BodyDecoder decodes long bodies as it decodes short ones", async () => {
  using decoder = new BodyDecoder();
  const part: DocumentPart = {
    signal: "traces",
    body: protobufOf("TracesData", ONE_SPAN),
    rejected: 0,
  };
  for (const text of [LONG, JSON.stringify(ONE_SPAN)]) {
    // This is only reported if there is nothing else to report.
    const unknown = "padding is not a key of OTLP's JSON, and there is nothing else";
    const wanted = {
      bodyBytes: text.length,
      parts: [text === LONG ? { ...part, unknown } : part],
    };
    for (const signal of ["traces", undefined] as const) {
      for (const compression of ["none", ...COMPRESSIONS] as const) {
        const { bodyBytes, parts } = await decoder.decode(bodyOf(text, { signal, compression }));
        assertEquals({ bodyBytes, parts }, wanted);
      }
    }
  }
});

testWith(["read"], "BodyDecoder continues after malformed or oversized bodies", async () => {
  using decoder = new BodyDecoder();
  const cut = bodyOf(LONG.slice(0, -1));
  const error = await assertRejects(() => decoder.decode(cut), MalformedError);
  assertEquals(error.byteOffset, LONG.length - 1);
  const large = bodyOf(LONG, { compression: "gzip", limitBytes: 100_000 });
  await assertRejects(() => decoder.decode(large), InflatedTooLargeError);
  assertEquals((await decoder.decode(bodyOf(LONG))).parts.length, 1);
});

testWith(["read"], "BodyDecoder rejects pending bodies when it ends", async () => {
  const decoder = new BodyDecoder();
  const waiting = decoder.decode(bodyOf(LONG));
  decoder[Symbol.dispose]();
  await assertRejects(() => waiting, Error, "the collector is shutting down");
});

Deno.test("decodeBody() frees the memory of long bodies", async () => {
  const encoded = bodyOf(LONG, { compression: "gzip" });
  await decodeBody(encoded);
  assertEquals(encoded.bytes.length, 0);
});

function bodyOf(text: string, options: Partial<EncodedBody> = {}): EncodedBody {
  const bytes = new TextEncoder().encode(text);
  return {
    signal: "traces",
    encoding: "json",
    bytes: COMPRESS[options.compression ?? "none"](bytes),
    compression: "none",
    limitBytes: 2 ** 26,
    ...options,
  };
}
