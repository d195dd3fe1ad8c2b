import { assert } from "@std/assert";
import fc from "fast-check";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import type { KeyValue } from "../../lib/otlp/json.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import { isPlainAttribute } from "../../lib/otlp/plain_attribute.ts";
import { validate } from "../../lib/otlp/validate.ts";

const text = fc.string({ maxLength: 140 });
const attribute: fc.Arbitrary<KeyValue> = fc.record({
  key: text,
  value: fc.oneof(
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ arrayValue: fc.record({ values: fc.array(fc.record({ stringValue: text })) }) }),
    fc.constant({}),
  ),
});
const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });

Deno.test("plain attributes are valid, whatever surrounds them", () => {
  let plainCount = 0;
  fc.assert(
    fc.property(
      attribute,
      fc.array(change, { maxLength: 2 }),
      fc.uint8Array({ maxLength: 12 }),
      fc.integer({ min: -2, max: 2 }),
      (json, changes, around, longer) => {
        const attribute = encodeMessage("KeyValue", json);
        const bytes = Uint8Array.from([...around, ...attribute, ...around]);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        const start = around.length;
        const end = Math.min(Math.max(start + attribute.length + longer, start), bytes.length);
        if (!isPlainAttribute(bytes, start, end)) return;
        plainCount++;
        assert(isValid(bytes.subarray(start, end)), `${bytes.subarray(start, end)} is invalid`);
      },
    ),
    { numRuns: 20_000 },
  );
  assert(plainCount > 1000, `only ${plainCount} were plain`);
});

Deno.test("attributes as exporters write them are plain", () => {
  const values = [
    { stringValue: "" },
    { stringValue: "GET /" },
    { boolValue: true },
    { intValue: "-1" },
    { intValue: "9223372036854775807" },
    { doubleValue: 0.5 },
  ];
  for (const value of values) {
    const bytes = encodeMessage("KeyValue", { key: "http.route", value });
    assert(isPlainAttribute(bytes, 0, bytes.length), JSON.stringify(value));
  }
});

function isValid(bytes: Uint8Array): boolean {
  try {
    validate("KeyValue", bytes);
    return true;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}
