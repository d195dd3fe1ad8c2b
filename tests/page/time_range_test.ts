import { assertEquals, assertThrows } from "@std/assert";
import { formatTick } from "../../lib/page/format/time.ts";
import {
  boundsOf,
  fixedRange,
  timeRangeOf,
  typedMoment,
  typedRange,
} from "../../lib/page/state/time_range.ts";

const NOW = new Date(2026, 10, 22, 14, 3, 22, 481).getTime();

Deno.test("timeRangeOf() reads a range from the URL, and ignores nonsense", () => {
  const rangeOf = (query: string) => timeRangeOf(new URLSearchParams(query));
  assertEquals(rangeOf("range=15m"), { lastMillis: 900_000 });
  assertEquals(rangeOf("range=2d"), { lastMillis: 172_800_000 });
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

Deno.test("typedRange() reads times, and durations that move with the time", () => {
  const typed = (from: string, to: string) => {
    const { range, ...times } = typedRange(from, to, NOW);
    return range ?? [times.from, times.to].map((text) => text && Number(text) - NOW);
  };
  assertEquals(typed("40m", ""), "40m");
  assertEquals(typed("2d", "now"), "2d");
  assertEquals(typed("40m", "10m"), [-2_400_000, -600_000]);
  assertEquals(typed("14:03:20.481", ""), [-2_000, undefined]);
  assertEquals(typed("", "14:03:22"), [undefined, -481]);
  assertEquals(typed("2026-11-21 14:03:22.481", "14:03"), [-86_400_000, -22_481]);
  assertEquals(typed("", ""), [undefined, undefined]);
});

Deno.test("typedRange() rejects what is no time, and a start after the end", () => {
  assertThrows(() => typedRange("noon", "", NOW), Error, "expected a time");
  assertThrows(() => typedRange("10m", "40m", NOW), Error, "before the end");
  assertThrows(() => typedRange("15:00", "", NOW), Error, "before the end");
});

Deno.test("typedMoment() is what typedRange() reads, with the date only if it is not today", () => {
  for (
    const [millis, text] of [
      [NOW - 1000, "14:03:21.481"],
      [NOW - 86_400_000, "2026-11-21 14:03:22.481"],
    ] as const
  ) {
    assertEquals(typedMoment(millis, NOW), text);
    assertEquals(typedRange(text, "", NOW).from, String(millis));
  }
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
