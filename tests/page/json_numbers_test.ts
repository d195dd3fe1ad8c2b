import { assertEquals } from "@std/assert";
import { withNumbers } from "../../lib/page/format/json_numbers.ts";
import { formatValue } from "../../lib/page/format/number.ts";
import { quantile } from "../../lib/page/views/metrics/buckets.ts";

Deno.test("withNumbers() reads numbers that JSON lacks, and leaves texts alone", () => {
  const text = { key: "k", value: { stringValue: "NaN" } };
  const point = JSON.parse(JSON.stringify({
    timeUnixNano: "1",
    value: "NaN",
    max: "-Infinity",
    explicitBounds: [1, "Infinity"],
    quantiles: [{ quantile: 0.5, value: "NaN" }],
    exemplars: [{ value: "Infinity", filteredAttributes: [text] }],
  }));
  assertEquals<unknown>(withNumbers(point), {
    timeUnixNano: "1",
    value: NaN,
    max: -Infinity,
    explicitBounds: [1, Infinity],
    quantiles: [{ quantile: 0.5, value: NaN }],
    exemplars: [{ value: Infinity, filteredAttributes: [text] }],
  });
});

Deno.test("numbers that are not finite can be shown", () => {
  assertEquals([NaN, Infinity].map((value) => formatValue(value, "s")), ["NaN", "∞"]);
});

Deno.test("quantile() stays finite between bounds that are not", () => {
  assertEquals(quantile({ bounds: [1, Infinity], counts: [0, 4, 0] }, 0.5), 1);
  assertEquals(quantile({ bounds: [-Infinity, 1], counts: [0, 4, 0] }, 0.5), 1);
});
