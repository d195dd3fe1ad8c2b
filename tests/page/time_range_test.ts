import { assertEquals, assertMatch } from "@std/assert";
import { formatTick } from "../../lib/page/format/time.ts";
import {
  boundsOf,
  describeRange,
  fixedRange,
  timeRangeOf,
} from "../../lib/page/state/time_range.ts";

const NOW = new Date(2026, 10, 22, 14, 3, 22, 481).getTime();

Deno.test("timeRangeOf() reads a range from the URL, and ignores nonsense", () => {
  const rangeOf = (query: string) => timeRangeOf(new URLSearchParams(query));
  assertEquals(rangeOf("range=15m"), { lastMillis: 900_000 });
  assertEquals(rangeOf("range=15m&from=5&to=9"), { fromMillis: 5, toMillis: 9 });
  assertEquals(rangeOf("to=9"), { toMillis: 9 });
  assertEquals(rangeOf("range=year&from=-1&to=soon"), {});
});

Deno.test("boundsOf() moves with the time, unless the times are fixed", () => {
  assertEquals(boundsOf({ lastMillis: 1000 }, NOW), { fromMillis: NOW - 1000 });
  assertEquals(boundsOf({ fromMillis: 1, toMillis: 2 }, NOW), { fromMillis: 1, toMillis: 2 });
  assertEquals(boundsOf({}, NOW), {});
});

Deno.test("fixedRange() replaces every other range, and loses nothing", () => {
  assertEquals(fixedRange(1.5, 2.5), { range: undefined, from: "1", to: "3" });
});

Deno.test("describeRange() has the date once, and only if it is not today", () => {
  const text = (fromMillis: number, toMillis: number) =>
    describeRange({ fromMillis, toMillis }, NOW);
  assertEquals(text(NOW - 1000, NOW), "14:03:21.481 – 14:03:22.481");
  assertMatch(text(NOW - 86_400_000, NOW - 86_399_000), /^Nov 21 14:03:22 – 14:03:23.481$/);
  assertMatch(text(NOW - 86_400_000, NOW), /^Nov 21 14:03:22 – 14:03:22.481$/);
});

Deno.test("formatTick() is as short as the step allows", () => {
  const tick = (stepMillis: number, millis = NOW, isFirst = true) =>
    formatTick(millis, { stepMillis, isFirst, nowMillis: NOW });
  assertEquals(tick(100), "14:03:22.481");
  assertEquals(tick(5000), "14:03:22");
  assertEquals(tick(60_000), "14:03");
  assertEquals(tick(86_400_000), "Nov 22");
  assertEquals(tick(60_000, NOW - 86_400_000), "Nov 21 14:03");
  assertEquals(tick(60_000, NOW - 86_400_000, false), "14:03");
});
