import { assertEquals } from "@std/assert";
import type { AnyValue } from "../../lib/otlp/json.ts";
import { attributesJson, valueText } from "../../lib/otlp/any_value.ts";

/** The first cases are the specification's examples. */
const CASES: [AnyValue | undefined, string][] = [
  [{ stringValue: "hello world" }, "hello world"],
  [{ boolValue: true }, "true"],
  [{ boolValue: false }, "false"],
  [{ intValue: "9007199254740993" }, "9007199254740993"],
  [{ doubleValue: 3.14159 }, "3.14159"],
  [{ doubleValue: 1.23e-10 }, "1.23e-10"],
  [{ doubleValue: "NaN" }, "NaN"],
  [{ doubleValue: "-Infinity" }, "-Infinity"],
  [{ bytesValue: "aGVsbG8gd29ybGQ=" }, "aGVsbG8gd29ybGQ="],
  [{}, ""],
  [undefined, ""],
  [{ arrayValue: {} }, "[]"],
  [
    list({ intValue: "9007199254740993" }, { stringValue: '"a"' }, {}, { doubleValue: "NaN" }),
    String.raw`[9007199254740993,"\"a\"",null,"NaN"]`,
  ],
  [list({ bytesValue: "AQ==" }, { boolValue: false }), '["AQ==",false]'],
  [
    {
      kvlistValue: {
        values: [{ key: "a", value: list({ doubleValue: 1.5 }) }, { key: "b" }, {
          key: "__proto__",
        }],
      },
    },
    '{"a":[1.5],"b":null,"__proto__":null}',
  ],
];
for (const [value, text] of CASES) {
  Deno.test(`valueText() writes ${JSON.stringify(value)} as the specification says`, () => {
    assertEquals(valueText(value), text);
  });
}

Deno.test("attributesJson() writes the last one of a repeated key", () => {
  const repeated = [{ key: "a", value: { intValue: "1" } }, { key: "a", value: { intValue: "2" } }];
  assertEquals(attributesJson(repeated), '{"a":2}');
});

function list(...values: AnyValue[]): AnyValue {
  return { arrayValue: { values } };
}
