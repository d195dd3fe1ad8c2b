import { assertEquals, assertThrows } from "@std/assert";
import { FramingError, framingOf } from "../../lib/http1/framing.ts";
import { concat } from "../helpers/http2_frames.ts";

const encoder = new TextEncoder();

/** Decodes data that arrives in pieces of this size; returns the body and the remainder. */
function decode(framing: number | "chunked", text: string, pieceBytes: number): [string, string] {
  const bytes = encoder.encode(text);
  const decoder = framingOf(framing);
  const parts: Uint8Array[] = [];
  let [start, end] = [0, 0];
  while (!decoder.isComplete && end < bytes.length) {
    end = Math.min(end + pieceBytes, bytes.length);
    const { part, used } = decoder.decode(bytes.subarray(start, end));
    parts.push(part.slice());
    start += used;
  }
  const rest = new TextDecoder().decode(bytes.subarray(start));
  return [
    new TextDecoder().decode(concat(parts)),
    decoder.isComplete ? rest : `incomplete ${rest}`,
  ];
}

Deno.test("a body ends at its declared length, however it is split", () => {
  for (let pieceBytes = 1; pieceBytes < 9; pieceBytes++) {
    const rest = "next".slice(0, (pieceBytes - 5 % pieceBytes) % pieceBytes);
    const [body, left] = decode(5, "12345next", pieceBytes);
    assertEquals([body, left.startsWith(rest)], ["12345", true]);
  }
  assertEquals(decode(0, "next", 4), ["", "next"]);
  assertEquals(decode(9, "1234", 4), ["1234", "incomplete "]);
});

Deno.test("chunks become a body, however they are split", () => {
  const text =
    '5;name="a"\r\nhello\r\n01\r\n,\r\nA \t;b\r\n\r\n world\r\n\r\n0\r\nsum: 1\r\n\r\nnext';
  for (let pieceBytes = 1; pieceBytes <= text.length; pieceBytes++) {
    const [body, rest] = decode("chunked", text, pieceBytes);
    assertEquals([body, rest], ["hello,\r\n world\r\n", "next"]);
  }
});

Deno.test("tiny chunks are combined into one part", () => {
  const bytes = encoder.encode("1\r\na\r\n".repeat(100));
  const { part, used } = framingOf("chunked").decode(bytes);
  assertEquals([part.length, used], [100, 600]);
});

for (
  const [name, text] of [
    ["a size that is none", "x\r\n"],
    ["a size with a sign", "+1\r\na\r\n"],
    ["a size in hexadecimal notation", "0x1\r\na\r\n"],
    ["a size that no body has", "100000000\r\n"],
    ["no size", "\r\n"],
    ["a space before the size", " 1\r\na\r\n"],
    ["a size without CR", "1\na\r\n"],
    ["a chunk that is longer", "1\r\nab\r\n"],
    ["a chunk that ends without CR", "1\r\na\n0\r\n\r\n"],
    ["CR in an extension", "1;a\rb\r\na\r\n"],
    ["an endless extension", `1;${"a".repeat(300)}`],
    ["endless trailers", `0\r\n${"a: b\r\n".repeat(3000)}`],
    ["a trailer without an end", `0\r\n${"a".repeat(9000)}`],
  ] as const
) {
  Deno.test(`a chunked body is rejected for ${name}`, () => {
    assertThrows(() => decode("chunked", text, text.length), FramingError);
  });
}
