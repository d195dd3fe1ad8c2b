import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";
import { PUBLISHED_OTLP } from "../../helpers/published_otlp.ts";
import {
  BODIES,
  createTestReceiver,
  JSON_TYPE,
  PROTOBUF,
  statusOf,
} from "../../helpers/test_receiver.ts";

Deno.test("requirement 9: a body that cannot be decoded is answered 400 with the position", async () => {
  const { send, store, records } = createTestReceiver();
  for (
    const [type, body] of [
      [PROTOBUF, BODIES[PROTOBUF].slice(0, -1)],
      [JSON_TYPE, BODIES[JSON_TYPE].slice(0, -1)],
      [JSON_TYPE, '{"resourceSpans":5}'],
      [JSON_TYPE, "[]"],
      [JSON_TYPE, "null"],
      [JSON_TYPE, new Uint8Array([0x22, 0xff, 0x22])],
    ] as const
  ) {
    const response = await send({ type, body });
    assertEquals(response.status, 400);
    const status = await statusOf(response);
    assertEquals(status.code, 3);
    assertStringIncludes(status.message, "Cannot decode the request");
    const [detail] = status.details;
    assertEquals(detail["@type"] ?? detail.typeUrl, "type.googleapis.com/google.rpc.BadRequest");
    if (detail.value) {
      const badRequest = PUBLISHED_OTLP.lookupType("BadRequest");
      const { fieldViolations } = badRequest.toObject(badRequest.decode(detail.value));
      assertEquals(fieldViolations[0].field, "body");
    } else assertEquals(detail.fieldViolations[0].field, "body");
  }
  assertEquals(store.requests.length, 0);
  assertEquals(records[0]!.byteOffset! > 0, true);
  assertEquals(records.map(({ status }) => status), Array(6).fill(400));
});

const COMPRESSED = { gzip: gzipSync, deflate: deflateSync, zstd: zstdCompressSync };

for (const [compression, compress] of Object.entries(COMPRESSED)) {
  Deno.test(`requirement 11: ${compression} is accepted; corrupt or truncated data is answered 400`, async () => {
    const { send, store, records } = createTestReceiver();
    const headers = { "content-encoding": compression };
    const body = new Uint8Array(compress(BODIES[PROTOBUF]));
    assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200);
    assertEquals<unknown>(store.traces[0], ONE_SPAN);
    assertEquals(records[0]!.compression, compression);
    assertEquals(records[0]!.wireBytes, body.length);
    assertEquals(records[0]!.bodyBytes, BODIES[PROTOBUF].length);
    const corrupt = body.with(1, body[1]! ^ 0xff);
    for (const bad of [body.slice(0, -1), body.slice(0, 5), corrupt, BODIES[PROTOBUF]]) {
      const response = await send({ type: PROTOBUF, body: bad, headers });
      assertEquals(response.status, 400);
      assertStringIncludes((await statusOf(response)).message, compression);
    }
  });
}

Deno.test("requirement 11: older names of compressions are accepted, others answered 415", async () => {
  const { send, records } = createTestReceiver();
  const names = { "x-gzip": "gzip", " GZIP ": "gzip", zlib: "deflate", identity: "none" } as const;
  const compress = { none: (body: Uint8Array) => body, ...COMPRESSED };
  for (const [name, compression] of Object.entries(names)) {
    const body = new Uint8Array(compress[compression](BODIES[PROTOBUF]));
    const headers = { "content-encoding": name };
    assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200, name);
  }
  assertEquals(records.map(({ compression }) => compression), Object.values(names));
  for (const name of ["br", "constructor", "gzip, gzip"]) {
    const refused = await send({ body: "{}", headers: { "content-encoding": name } });
    assertEquals(refused.status, 415);
    assertEquals(refused.headers.get("accept-encoding"), "gzip, deflate, zstd");
  }
});

Deno.test("requirement 11: zstd in several frames, including skippable and empty ones, is complete", async () => {
  const { send, store } = createTestReceiver();
  const [first, second] = [BODIES[PROTOBUF].slice(0, 20), BODIES[PROTOBUF].slice(20)];
  const skipped = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2);
  const body = new Uint8Array(
    await new Blob([
      new Uint8Array(zstdCompressSync(first)),
      skipped,
      new Uint8Array(zstdCompressSync(new Uint8Array())),
      new Uint8Array(zstdCompressSync(second)),
    ]).arrayBuffer(),
  );
  const headers = { "content-encoding": "zstd" };
  assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200);
  assertEquals<unknown>(store.traces[0], ONE_SPAN);
  assertEquals((await send({ type: PROTOBUF, body: body.slice(0, -1), headers })).status, 400);
});

Deno.test("requirement 12: the limit applies to received bytes, announced or not, and to inflated bytes", async () => {
  const { send, store } = createTestReceiver({ maxBodyBytes: 1000 });
  const fitting = JSON.stringify({ pad: "x".repeat(990) });
  assertEquals(fitting.length, 1000);
  const tooLong = `${fitting} `;
  const streamOf = (text: string) => new Blob([text]).stream();
  for (const wrap of [String, streamOf]) {
    assertEquals((await send({ body: wrap(fitting) })).status, 200);
    assertEquals((await send({ body: wrap(tooLong) })).status, 413);
  }
  const announced = await send({ body: tooLong, headers: { "content-length": "1001" } });
  assertEquals(announced.status, 413);
  for (const [compression, compress] of Object.entries(COMPRESSED)) {
    const headers = { "content-encoding": compression };
    const compressed = (text: string) => new Uint8Array(compress(text));
    assertEquals((await send({ body: compressed(fitting), headers })).status, 200);
    const inflated = await send({ body: compressed(tooLong), headers });
    assertEquals(inflated.status, 413);
    assertStringIncludes((await statusOf(inflated)).message, "1000 bytes");
  }
  assertEquals(store.requests.length, 5);
});

testWith(
  ["read", "run"],
  "requirement 12: 64 KiB that inflate beyond 64 MiB cost no 64 MiB",
  async () => {
    const body = new Uint8Array(gzipSync(new Uint8Array(65 * 1024 * 1024).fill(10)));
    assert(body.length < 70_000);
    // The same, but with trailers that declare a smaller size.
    const short = new Uint8Array([...body.subarray(0, -4), 255, 0, 0, 0]);
    const fitting = new Uint8Array([...body.subarray(0, -4), 255, 255, 255, 0]);
    const program = new URL("../../testdata/programs/compression_bombs.ts", import.meta.url);
    const content = new Uint8Array(65 * 1024 * 1024).fill(10);
    const others = [deflateSync(content), zstdCompressSync(content)];
    const bombs = [
      ...[body, short, fitting].map((bomb) => ["gzip", bomb.toBase64()]),
      ...others.map((bomb, i) => [["deflate", "zstd"][i], new Uint8Array(bomb).toBase64()]),
    ].map((bomb) => bomb.join(":"));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-env", fileURLToPath(program), ...bombs],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const { statuses, growths } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(statuses, [413, 400, 400, 413, 413]);
    assert(Math.max(...growths) < 64 * 1024 * 1024, `${growths} bytes`);
  },
);

Deno.test("requirement 12: a body of 20 MiB is accepted, plain and compressed", async () => {
  const { send, store } = createTestReceiver();
  const value = { stringValue: "0123456789abcdef".repeat(20 * 1024 * 64) };
  const body = protobufOf("TracesData", {
    resourceSpans: [{ resource: { attributes: [{ key: "long", value }] } }],
  });
  assertEquals((await send({ type: PROTOBUF, body })).status, 200);
  for (const [compression, compress] of Object.entries(COMPRESSED)) {
    const headers = { "content-encoding": compression };
    const compressed = new Uint8Array(compress(body));
    assertEquals((await send({ type: PROTOBUF, body: compressed, headers })).status, 200);
    const stream = new Blob([compressed]).stream();
    assertEquals((await send({ type: PROTOBUF, body: stream, headers })).status, 200);
  }
  for (const { body: stored } of store.requests) assertEquals(stored.length, body.length);
});

Deno.test("requirement 23: unknown protobuf fields are skipped; truncated or too deep is answered 400", async () => {
  const { send } = createTestReceiver();
  // Field 1000, a varint; field 99, bytes.
  const unknown = Uint8Array.of(0xc0, 0x3e, 0x01, 0x9a, 0x06, 0x02, 0x01, 0x02);
  const known = new Uint8Array([...unknown, ...BODIES[PROTOBUF]]);
  assertEquals((await send({ type: PROTOBUF, body: known })).status, 200);
  for (const bytes of [[0x0a], [0x0a, 0x05, 0x01], [0x80], Array(11).fill(0xff)]) {
    assertEquals((await send({ type: PROTOBUF, body: Uint8Array.from(bytes) })).status, 400);
  }
  let value: object = { stringValue: "x" };
  for (let i = 0; i < 60; i++) value = { kvlistValue: { values: [{ key: "k", value }] } };
  const attributes = [{ key: "deep", value }];
  const deep = JSON.stringify({ resourceSpans: [{ resource: { attributes } }] });
  assertEquals((await send({ body: deep })).status, 400);
  assertEquals((await send({ body: "[".repeat(1_000_000) })).status, 400);
  assertEquals(
    (await send({ body: '{"a":'.repeat(100_000) + "12345678901234567890" })).status,
    400,
  );
  assertEquals((await send({ type: PROTOBUF, body: nested(200) })).status, 400);
  assertEquals((await send({ type: PROTOBUF, body: nested(100_000) })).status, 400);
});

/** A resource attribute with lists in lists. */
function nested(depth: number): Uint8Array<ArrayBuffer> {
  const lengths: number[] = [];
  for (let i = 0, length = 0; i < depth * 2; i++) {
    lengths.push(length);
    length += 1 + varint(length).length;
  }
  const tags = [0x2a, 0x0a]; // AnyValue.array_value, ArrayValue.values
  const inner = lengths.reverse().flatMap((length, i) => [tags[i % 2]!, ...varint(length)]);
  return [0x12, 0x0a, 0x0a, 0x0a].reduce(
    (bytes, tag) => [tag, ...varint(bytes.length), ...bytes],
    inner,
  ).reduce((array, byte, i) => (array[i] = byte, array), new Uint8Array(inner.length + 24));
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...varint(value >>> 7)];
}
