import { assertEquals, assertThrows } from "@std/assert";
import { FUNCTION_NAMES } from "../../../../lib/collector/prometheus/promql/functions.ts";
import { Evaluator } from "../../../../lib/collector/prometheus/promql/evaluate.ts";
import { Budget } from "../../../../lib/collector/prometheus/promql/limits.ts";
import { parseQuery } from "../../../../lib/collector/prometheus/promql/parse.ts";
import { QueryError } from "../../../../lib/collector/prometheus/promql/values.ts";

function evaluate(query: string): unknown {
  const steps = { start: 0, step: 1, count: 1 };
  return new Evaluator({ series: [], budget: new Budget() }, steps).evaluate(parseQuery(query));
}

Deno.test("unsupported features are rejected by name", () => {
  for (
    const [query, name] of [
      ["histogram_avg(x)", "histogram_avg(): it needs native histograms"],
      ["double_exponential_smoothing(x[5m], 0.1, 0.1)", "double_exponential_smoothing"],
      ["info(x)", "info"],
      ["holt_winters(x[5m], 0.5, 0.5)", "holt_winters(): there is no such function"],
      ["sum(foo (x))", "foo(): there"],
      ["sum by (", "at character"],
      ["limitk(2, x)", "limitk(): this collector does not have it"],
      ["limit_ratio(0.5, x)", "limit_ratio(): this collector"],
      ["x anchored", "the modifier anchored"],
      ["rate(x[5m] smoothed)", "the modifier smoothed"],
      ["rate(x[5m + 1m])", "5m + 1m"],
      ["x + fill(0) y", "the modifier fill"],
    ]
  ) assertThrows(() => evaluate(query!), QueryError, name, query);
});

Deno.test("hostile queries are rejected quickly", () => {
  for (
    const query of [
      `${"(".repeat(5000)}1${")".repeat(5000)}`.slice(0, 10_000),
      `1${" + 1".repeat(2400)}`,
      "-".repeat(9000) + "1",
      "x".repeat(10_001),
    ]
  ) assertThrows(() => evaluate(query), QueryError, "Cannot ");
});

Deno.test("a query over too many samples is rejected", () => {
  const steps = { start: 0, step: 1, count: 11_000 };
  const evaluator = new Evaluator({ series: [], budget: new Budget() }, steps);
  assertThrows(
    () => evaluator.evaluate(parseQuery("max_over_time(vector(1)[10y:1ms])")),
    QueryError,
    "too many samples",
  );
});

Deno.test("every function can be called, and reports the arguments that it accepts", () => {
  for (const name of FUNCTION_NAMES) {
    assertThrows(() => evaluate(`${name}(1, 2, 3, 4, 5, 6, 7)`), QueryError);
  }
  assertEquals(FUNCTION_NAMES.includes("rate"), true);
});
