import { assertEquals } from "@std/assert";
import { parseQuery } from "../../../../lib/collector/prometheus/promql/parse.ts";
import { periodOf } from "../../../../lib/collector/prometheus/promql/period.ts";

const MINUTE = 60_000;
const [FROM, TO] = [100 * MINUTE, 110 * MINUTE];

Deno.test("a query looks back no further than its selectors", () => {
  for (
    const [query, from, to] of [
      ["x", 95, 110],
      ["rate(x[1m])", 99, 110],
      ["rate(x[10m] offset 20m)", 70, 90],
      ["sum(x offset -2m)", 97, 112],
      ["x @ 600 + y", 5, 110],
      ["max_over_time(rate(x[2m])[30m:1m])", 68, 110],
      ["topk(scalar(y offset 1h), x)", 35, 110],
    ] as const
  ) {
    const expected = { from: from * MINUTE, to: to * MINUTE };
    assertEquals(periodOf(parseQuery(query), { from: FROM, to: TO }), expected, query);
  }
  assertEquals(periodOf(parseQuery("1 + time()"), { from: FROM, to: TO }), undefined);
});
