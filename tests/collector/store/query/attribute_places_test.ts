import { attributeText } from "../../../../lib/otlp/any_value.ts";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { AttributeKeys } from "../../../../lib/collector/store/query/attribute_keys.ts";
import {
  type AttributeLayout,
  AttributePlaces,
  RESOURCE_ATTRIBUTES,
  SPAN_ATTRIBUTES,
} from "../../../../lib/collector/store/query/attribute_places.ts";
import { ValueSearch } from "../../../../lib/collector/store/scan/value_search.ts";
import { protobufToJson } from "../../../../lib/otlp/decode.ts";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import type { AnyValue, KeyValue } from "../../../../lib/otlp/json.ts";
import { ProtobufReader } from "../../../../lib/otlp/protobuf_reader.ts";

const LONG = "x".repeat(20_000);
const TEXTS = ["", "a", "é", "\ufeffa", "7", "true", "GET /", "W10=", "[1]", "x".repeat(200), LONG];
const value: fc.Arbitrary<AnyValue> = fc.oneof(
  fc.constantFrom(...TEXTS).map((stringValue) => ({ stringValue })),
  fc.constantFrom("7", "-7", "0", "9007199254740993").map((intValue) => ({ intValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.constantFrom(7, 0.5).map((doubleValue) => ({ doubleValue })),
  fc.constant({ bytesValue: "W10=" }),
  fc.constant<AnyValue>({ arrayValue: { values: [{ intValue: "1" }] } }),
  fc.constant({}),
);
const key = fc.constantFrom("a", "b", "", "é", "x".repeat(200));
const attributes: fc.Arbitrary<KeyValue[]> = fc.array(
  fc.record({ key, value }),
  { maxLength: 3 },
);
const wantedValue = fc.oneof(
  fc.constantFrom(...TEXTS, "-7", "0", "0.5", "false", "9007199254740993", "07"),
);

/** Whether an attribute has the value, when other keys are searched for, too. */
function has(
  bytes: Uint8Array,
  key: string,
  value: string,
  layout: AttributeLayout = SPAN_ATTRIBUTES,
): boolean {
  const keys = new AttributeKeys();
  const indexes = ["b", key, "é"].map((one) => keys.indexOf(one));
  const places = new AttributePlaces(keys);
  const reader = new ProtobufReader(bytes);
  places.begin();
  places.search(reader, bytes.length, layout);
  return places.some(indexes[1]!, undefined, reader, new ValueSearch(value).isValue);
}

Deno.test("a span has an attribute if it has it when decoded", () => {
  fc.assert(
    fc.property(
      fc.record({ own: attributes, ofEvent: attributes, ofLink: attributes }),
      key,
      wantedValue,
      ({ own, ofEvent, ofLink }, key, wanted) => {
        const bytes = encodeMessage("Span", {
          attributes: own,
          events: [{ name: "event", attributes: ofEvent }, {}],
          links: [{ attributes: ofLink }],
        });
        const { attributes, events, links } = protobufToJson("Span", bytes);
        const lists = [attributes, ...events!.map(({ attributes }) => attributes)]
          .concat(links!.map(({ attributes }) => attributes));
        const expected = lists.some((list) => attributeText(list, key) === wanted);
        assertEquals(has(bytes, key, wanted), expected);
      },
    ),
    { numRuns: 500 },
  );
});

/** A length-delimited field with its number and contents. */
const field = (number: number, ...contents: number[]) => [
  number << 3 | 2,
  contents.length,
  ...contents,
];
const [A, B] = [0x61, 0x62];

Deno.test("attributes with unusual encodings are found as they are decoded", () => {
  const cases: [string, number[]][] = [
    ["two keys", [...field(1, B), ...field(1, A), ...field(2, ...field(1, B))]],
    ["two keys around the value", [...field(1, B), ...field(2, ...field(1, B)), ...field(1, A)]],
    ["the value first", [...field(2, ...field(1, B)), ...field(1, A)]],
    ["two values", [...field(1, A), ...field(2, ...field(1, A)), ...field(2, ...field(1, B))]],
    ["two texts", [...field(1, A), ...field(2, ...field(1, A), ...field(1, B))]],
    ["an unknown field", [...field(15, 1), ...field(1, A), ...field(2, ...field(1, B))]],
    ["a long length", [0x0a, 0x81, 0x00, A, ...field(2, ...field(1, B))]],
    ["a text that is no UTF-8", [...field(1, A), ...field(2, ...field(1, 0xff))]],
    ["no value", field(1, A)],
    ["an empty value", [...field(1, A), ...field(2)]],
    ["no key", field(2, ...field(1, B))],
  ];
  for (const [name, attribute] of cases) {
    const ofSpan = new Uint8Array(field(9, ...attribute));
    // The attribute after it begins like a text.
    const next = [...field(1, 0x63), ...field(2, ...field(1, B))];
    const ofResource = new Uint8Array(field(1, ...field(1, ...attribute), ...field(1, ...next)));
    const { attributes } = protobufToJson("Span", ofSpan);
    for (const key of ["a", "b", ""]) {
      for (const value of ["a", "b", "", "\ufffd"]) {
        const expected = attributeText(attributes, key) === value;
        const what = `${name}: ${key}=${value}`;
        assertEquals(has(ofSpan, key, value), expected, what);
        assertEquals(has(ofResource, key, value, RESOURCE_ATTRIBUTES), expected, what);
      }
    }
  }
});

Deno.test("the last of the attributes with one key counts, also in a resource in two parts", () => {
  const attribute = (value: number) => field(1, ...field(1, A), ...field(2, ...field(1, value)));
  const parts = [...field(1, ...attribute(A)), ...field(1, ...attribute(B))];
  const { resource } = protobufToJson("ResourceSpans", new Uint8Array(parts));
  assertEquals(attributeText(resource?.attributes, "a"), "b");
  assertEquals(has(new Uint8Array(parts), "a", "a", RESOURCE_ATTRIBUTES), false);
  assertEquals(has(new Uint8Array(parts), "a", "b", RESOURCE_ATTRIBUTES), true);
});
