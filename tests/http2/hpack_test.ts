import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConnectionError, ERROR_CODE } from "../../lib/http2/errors.ts";
import { HpackDecoder } from "../../lib/http2/hpack/decoder.ts";
import { encodeFields, encodeNoTable } from "../../lib/http2/hpack/encoder.ts";
import type { HeaderField } from "../../lib/http2/hpack/header_field.ts";
import { OutputBuffer } from "../../lib/http2/output_buffer.ts";
import story from "../testdata/hpack/story_04.json" with { type: "json" };

/** For each implementation, the consecutive header blocks of a connection. */
const STORY: {
  headers: string[][][];
  implementations: Record<string, { header_table_size?: number; wire: string }[]>;
} = story;
const NO_LIMIT = { maxListBytes: 1024 * 1024 };

for (const [implementation, blocks] of Object.entries(STORY.implementations)) {
  Deno.test(`HpackDecoder decodes what ${implementation} encoded`, () => {
    const decoder = new HpackDecoder(NO_LIMIT);
    for (const [i, { header_table_size, wire }] of blocks.entries()) {
      if (header_table_size !== undefined) decoder.maxTableBytes = header_table_size;
      assertEquals<unknown>(decoder.decode(Uint8Array.fromHex(wire)), STORY.headers[i]);
    }
  });
}

Deno.test("HpackDecoder decodes the standard's own examples", () => {
  // https://www.rfc-editor.org/rfc/rfc7541#appendix-C.6: with Huffman codes, and a table of 256 bytes.
  const decoder = new HpackDecoder(NO_LIMIT);
  const table = "3fe101";
  const blocks = [
    "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f" +
    "0b97c8e9ae82ae43d3",
    "4883640effc1c0bf",
    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335df" +
    "dfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
  ];
  const lists = blocks.map((block, i) =>
    decoder.decode(Uint8Array.fromHex(i === 0 ? table + block : block))
  );
  const rest = (minute: string): HeaderField[] => [
    ["cache-control", "private"],
    ["date", `Mon, 21 Oct 2013 20:13:${minute} GMT`],
    ["location", "https://www.example.com"],
  ];
  assertEquals(lists.slice(0, 2), [[[":status", "302"], ...rest("21")], [
    [":status", "307"],
    ...rest("21"),
  ]]);
  assertEquals(lists[2], [
    [":status", "200"],
    ...rest("22"),
    ["content-encoding", "gzip"],
    ["set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"],
  ]);
  assertEquals(decoder.tableBytes, 215);
});

Deno.test("HpackDecoder accepts padding of up to seven ones", () => {
  const block = Uint8Array.fromHex("000161811f" + "00016182" + "1c7f");
  assertEquals(new HpackDecoder(NO_LIMIT).decode(block), [["a", "a"], ["a", "ab"]]);
});

const broken: Record<string, string> = {
  "an index of 0": "80",
  "an index that no field has": "be",
  "a literal with the name of no field": "7f2000",
  "a string that is cut off": "000561",
  "a block that ends within an integer": "7f",
  "an integer that never ends": "ffffffffffff7f",
  "a table larger than allowed": "3fe21f",
  "a table that changes its size after a field": "8220",
  "padding of zeros": "0001618118",
  "padding of a whole byte": "000161821fff",
  "the end of string spelled out": "00016184ffffffff",
};
for (const [what, hex] of Object.entries(broken)) {
  Deno.test(`HpackDecoder rejects ${what}`, () => {
    const decode = () => new HpackDecoder(NO_LIMIT).decode(Uint8Array.fromHex(hex));
    assertEquals(assertThrows(decode, ConnectionError).code, ERROR_CODE.COMPRESSION_ERROR);
  });
}

Deno.test("HpackDecoder rejects a list that is longer than allowed, however short its block", () => {
  const decoder = new HpackDecoder({ maxListBytes: 16 * 1024 });
  // A field of 4,000 bytes, followed by its index five times.
  const value = new Uint8Array(4000).fill(0x61);
  const first = Uint8Array.of(0x40, 1, 0x61, 0x7f, 0xa1, 0x1e, ...value);
  assertEquals(decoder.decode(first).length, 1);
  assertEquals(decoder.decode(new Uint8Array(4).fill(0xbe)).length, 4);
  const decode = () => decoder.decode(new Uint8Array(5).fill(0xbe));
  assertEquals(assertThrows(decode, ConnectionError).code, ERROR_CODE.ENHANCE_YOUR_CALM);
});

Deno.test("HpackDecoder requires a smaller table once that is acknowledged", () => {
  const decoder = new HpackDecoder(NO_LIMIT);
  decoder.maxTableBytes = 100;
  const missing = () => decoder.decode(Uint8Array.of(0x82));
  assertEquals(assertThrows(missing, ConnectionError).code, ERROR_CODE.COMPRESSION_ERROR);
  assertEquals(decoder.decode(Uint8Array.of(0x3f, 0x45, 0x82)), [[":method", "GET"]]);
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const value = fc.stringMatching(/^([!-~\x80-\xff]([ -~]{0,40}[!-~])?)?$/);

Deno.test("HpackDecoder decodes what encodeFields() encoded", () => {
  fc.assert(fc.property(fc.array(fc.tuple(name, value)), (fields) => {
    const output = new OutputBuffer();
    encodeNoTable(output);
    encodeFields(output, fields);
    assertEquals<readonly HeaderField[]>(new HpackDecoder(NO_LIMIT).decode(output.take()), fields);
  }));
});

Deno.test("encodeFields() uses the static table", () => {
  const output = new OutputBuffer();
  encodeFields(output, [[":status", "200"], ["content-type", "a"], ["x", ""]]);
  assertEquals(output.take().toHex(), "88" + "0f100161" + "00017800");
});

Deno.test("encodeFields() rejects characters that would end a field, and invalid names", () => {
  for (
    const field of [["a", "b\r\nc: d"], ["a", "\0"], ["a", " b"], ["A", ""], ["", ""], ["a", "€"]]
  ) {
    assertThrows(() => encodeFields(new OutputBuffer(), [field as [string, string]]), TypeError);
  }
});

Deno.test("HpackDecoder gives fields or a ConnectionError for any bytes, and keeps its limits", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // Mostly well-formed: indexed literals of random octets.
    fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }).map((texts) =>
      Uint8Array.from(
        texts.flatMap((text) => [0x40, 1, 0x61, 0x80 * (text.length & 1) | text.length, ...text]),
      )
    ),
  );
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 10 }), (blocks) => {
      const decoder = new HpackDecoder({ maxListBytes: 1000 });
      for (const block of blocks) {
        try {
          const fields = decoder.decode(block);
          const size = fields.reduce(
            (sum, [name, value]) => sum + name.length + value.length + 32,
            0,
          );
          assertEquals(size <= 1000, true);
        } catch (error) {
          if (!(error instanceof ConnectionError)) throw error;
        }
        assertEquals(decoder.tableBytes <= 4096, true);
      }
    }),
    { numRuns: 1000 },
  );
});
