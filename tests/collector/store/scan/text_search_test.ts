import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { SPAN_TEXTS } from "../../../../lib/collector/store/scan/text_layouts.ts";
import { FoundTexts, TextSearch } from "../../../../lib/collector/store/scan/text_search.ts";
import { valueText } from "../../../../lib/otlp/any_value.ts";
import { protobufToJson } from "../../../../lib/otlp/decode.ts";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import type { AnyValue } from "../../../../lib/otlp/json.ts";
import { ProtobufReader } from "../../../../lib/otlp/protobuf_reader.ts";

/** Includes letters that have ASCII in lower case, and whose lower case depends on those around them. */
const letters = fc.constantFrom(..."aAkKiI\u212a\u0130\u0307ßẞσςΣжЖ日😀\0 \ufeff\ufffd1.-[");
const text = fc.array(letters, { maxLength: 8 }).map((all) => all.join(""));
const value: fc.Arbitrary<AnyValue> = fc.oneof(
  text.map((stringValue) => ({ stringValue })),
  fc.constantFrom("1", "-1").map((intValue) => ({ intValue })),
  fc.constantFrom(1.5, "NaN", "-Infinity").map((doubleValue) => ({ doubleValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  text.map((stringValue) => ({ arrayValue: { values: [{ stringValue }] } })),
);
const wanted = fc.oneof(text, fc.constantFrom("nan", "inf", "TRUE", "als"))
  .filter((one) => one !== "");

Deno.test("texts are found as in decoded values, in any case, all in one pass", () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 3 }),
      fc.array(wanted, { minLength: 1, maxLength: 3 }),
      (values, texts) => {
        const bytes = encodeMessage("Span", {
          attributes: values.map((value) => ({ key: "hidden", value })),
        });
        const { attributes = [] } = protobufToJson("Span", bytes);
        const shown = attributes.map(({ value }) => valueText(value).toLowerCase());
        const search = new TextSearch(...texts);
        const found = new FoundTexts(search);
        found.begin();
        found.search(new ProtobufReader(bytes), bytes.length, SPAN_TEXTS);
        for (const one of texts) {
          const expected = shown.some((text) => text.includes(one.toLowerCase()));
          assertEquals(found.has(search.indexOf(one)), expected, one);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("bytes that aren't UTF-8 are searched as they are decoded", () => {
  const name = [0xff, 0x4b, 0xe2, 0x84, 0x41, 0xc4, 0x42];
  const span = new Uint8Array([5 << 3 | 2, name.length, ...name]);
  const shown = protobufToJson("Span", span).name!.toLowerCase();
  for (const text of ["k", "a", "b", "ka", "\ufffd", "k\ufffda", "nothing"]) {
    const found: boolean[] = [];
    const search = new TextSearch(text);
    search.inMessage(new ProtobufReader(span), span.length, SPAN_TEXTS, found);
    assertEquals(found[0] ?? false, shown.includes(text), text);
  }
});

Deno.test("a text that is asked for later is found, too", () => {
  const bytes = encodeMessage("Span", { name: "GET /orders" });
  const search = new TextSearch("nothing");
  const found = new FoundTexts(search);
  const find = () => {
    found.begin();
    found.search(new ProtobufReader(bytes), bytes.length, SPAN_TEXTS);
  };
  find();
  assertEquals([found.isComplete, found.has(0)], [true, false]);
  const index = search.indexOf("Orders");
  assertEquals(found.isComplete, false);
  find();
  assertEquals([found.has(0), found.has(index)], [false, true]);
});
