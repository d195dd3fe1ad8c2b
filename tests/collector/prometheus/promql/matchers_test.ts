import { assertEquals, assertThrows } from "@std/assert";
import { Budget } from "../../../../lib/collector/prometheus/promql/limits.ts";
import { compileMatchers } from "../../../../lib/collector/prometheus/promql/matchers.ts";
import { parseMatchers } from "../../../../lib/collector/prometheus/promql/parse.ts";
import { QueryError } from "../../../../lib/collector/prometheus/promql/values.ts";

const selectorOf = (query: string) => compileMatchers(parseMatchers(query), new Budget());

Deno.test("a selector has four operators, and a missing label is empty", () => {
  const labels = new Map([["__name__", "up"], ["job", "shop"], ["path", 'a"b']]);
  for (
    const [query, expected] of [
      ["up", true],
      ["down", false],
      ['up{job="shop"}', true],
      ['up{job!="shop"}', false],
      ['up{job=~"sh.*|x", none=""}', true],
      ['up{job=~"ho"}', false],
      ["{job!~'x', __name__=\"up\",}", true],
      ['{"up", "job"="shop"}', true],
      ['up{path="a\\"b"}', true],
      ['up{path=`a"b`}', true],
    ] as const
  ) assertEquals(selectorOf(query)(labels), expected, query);
});

Deno.test("patterns are matched in linear time, however they are built", () => {
  const labels = new Map([["__name__", "m"], ["a", `${"a".repeat(100_000)}!`]]);
  assertEquals(selectorOf('m{a=~"(a+)+$"}')(labels), false);
  assertEquals(selectorOf('m{a!~"(a|aa)*b"}')(labels), true);
  for (
    const query of [`${" ".repeat(9000)}!`, `m{${" ".repeat(9000)}`, `m{a="${"\\".repeat(9000)}`]
  ) {
    assertThrows(() => selectorOf(query), QueryError, "Cannot ");
  }
});

Deno.test("the patterns of a query have a limited budget, and check each value once", () => {
  const isMeant = selectorOf('{a=~"(a|b)*a(a|b){16}c"}');
  const long = "a".repeat(100_000);
  for (let i = 0; i < 1000; i++) assertEquals(isMeant(new Map([["a", long]])), false);
  assertThrows(
    () => {
      for (let i = 0; i < 1000; i++) isMeant(new Map([["a", `${i}${long}`]]));
    },
    QueryError,
    "would look at too much",
  );
});

Deno.test("a selector finds labels by any name", () => {
  assertEquals(selectorOf('up{constructor="",toString=""}')(new Map([["__name__", "up"]])), true);
  const labels = new Map([["__proto__", "x"], ["constructor", "y"]]);
  assertEquals(selectorOf('{__proto__="x",constructor="y"}')(labels), true);
});
