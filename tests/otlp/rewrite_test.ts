import { assertEquals, assertThrows } from "@std/assert";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import { ProtobufReader } from "../../lib/otlp/protobuf_reader.ts";
import { ProtobufWriter } from "../../lib/otlp/protobuf_writer.ts";
import { rewriteMessage, type Rewrites, rewriting, textAt } from "../../lib/otlp/rewrite.ts";

/** A varint (1), a message (2) with a text (1) and 32 bits (3), 64 bits (4), a group (5), a text (2). */
const MESSAGE = Uint8Array.of(
  ...[0x08, 0x96, 0x01],
  ...[0x12, 0x09, 0x0a, 0x02, 0x68, 0x69, 0x1d, 1, 2, 3, 4],
  ...[0x21, 1, 2, 3, 4, 5, 6, 7, 8],
  ...[0x2b, 0x08, 0x01, 0x2c],
  ...[0x12, 0x03, 0x0a, 0x01, 0x21],
);

function rewritten(rewrites: Rewrites, bytes = MESSAGE): Uint8Array {
  const writer = new ProtobufWriter(1);
  rewriteMessage(new ProtobufReader(bytes), bytes.length, writer, rewrites);
  return writer.finish();
}

Deno.test("rewriteMessage() copies unchanged parts byte by byte", () => {
  assertEquals(rewritten({}), MESSAGE);
  assertEquals(rewritten({ 2: () => undefined }), MESSAGE);
  assertEquals(rewritten({ 2: rewriting({}), 9: () => () => {} }), MESSAGE);
  // A number isn't a length-delimited field.
  assertEquals(rewritten({ 1: () => () => {}, 4: () => () => {} }), MESSAGE);
});

Deno.test("rewriteMessage() changes the requested fields, and the lengths around them", () => {
  const long = new Uint8Array(200).fill(0x61);
  const longer = rewritten({
    2: rewriting({
      1: (reader, end) => end - reader.position === 2 ? (writer) => writer.raw(long) : undefined,
    }),
  });
  const [first, second] = [MESSAGE.indexOf(0x12), MESSAGE.lastIndexOf(0x12)];
  assertEquals(
    longer,
    Uint8Array.of(
      ...MESSAGE.slice(0, first),
      ...[0x12, 0xd0, 0x01, 0x0a, 0xc8, 0x01, ...long, 0x1d, 1, 2, 3, 4],
      ...MESSAGE.slice(first + 11, second),
      ...MESSAGE.slice(second),
    ),
  );
});

Deno.test("rewriteMessage() rejects an invalid message", () => {
  assertThrows(() => rewritten({}, Uint8Array.of(0x12, 9)), MalformedError);
  assertThrows(() => rewritten({ 2: rewriting({}) }, Uint8Array.of(0x12, 1, 0x08)), MalformedError);
});

Deno.test("textAt() finds the last text on a path, and stays where it is", () => {
  const reader = new ProtobufReader(MESSAGE);
  assertEquals(textAt(reader, MESSAGE.length, [2, 1]), "!");
  assertEquals(textAt(reader, MESSAGE.length, [2, 7]), undefined);
  assertEquals(textAt(reader, MESSAGE.length, [1]), undefined);
  assertEquals(reader.position, 0);
});
