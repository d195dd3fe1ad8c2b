import { assertEquals } from "@std/assert";
import { axisMarks, formatDuration } from "../../lib/page/format/duration.ts";
import {
  formatBytes,
  formatCount,
  formatRate,
  formatShare,
  formatValue,
  unitName,
} from "../../lib/page/format/number.ts";
import { cutMiddle } from "../../lib/page/format/text.ts";
import { formatAbsolute, formatMoment, toMillis } from "../../lib/page/format/time.ts";

Deno.test("formatDuration() has three digits and a suitable unit", () => {
  const cases: [number, string][] = [
    [0, "0 ns"],
    [12, "12 ns"],
    [1_400_000, "1.4 ms"],
    [999_960, "1 ms"],
    [340_000, "340 µs"],
    [2_345_000_000, "2.35 s"],
    [125e9, "2 min 5 s"],
    [59.9999e9, "60 s"],
    [3 * 3600e9 + 60e9, "3 h 1 min"],
    [-1e6, "−1 ms"],
    [NaN, "–"],
  ];
  for (const [nanos, text] of cases) assertEquals(formatDuration(nanos), text);
});

Deno.test("axisMarks() are round, start at 0, and number at most one more than requested", () => {
  assertEquals(axisMarks(182.4e6, 5), [0, 50e6, 100e6, 150e6]);
  assertEquals(axisMarks(10, 5), [0, 2, 4, 6, 8, 10]);
  assertEquals(axisMarks(0, 5), [0]);
});

Deno.test("formatMoment() includes the day if it is not today", () => {
  const now = new Date(2026, 10, 30, 12).getTime();
  const at = (...date: [number, number, number]) => new Date(...date, 14, 3, 22, 481).getTime();
  assertEquals(formatMoment(at(2026, 10, 30), now), "14:03:22.481");
  assertEquals(formatMoment(at(2026, 10, 2), now), "Nov 02 14:03:22");
  assertEquals(formatMoment(at(2025, 10, 30), now), "2025-11-30 14:03");
});

Deno.test("numbers carry groups and units", () => {
  assertEquals(formatCount(8431), "8,431");
  assertEquals(formatCount(120), "120");
  assertEquals(formatBytes(38_700), "37.8 KiB");
  assertEquals(formatBytes(1023.9), "1 KiB");
  assertEquals(formatBytes(0), "0 B");
  assertEquals(formatBytes(-2048), "−2 KiB");
  assertEquals(formatShare(1, 3), "33.3%");
  assertEquals(formatShare(1, 100_000), "< 0.1%");
  assertEquals(formatShare(1, 0), "–");
  assertEquals(formatRate(12.34), "12.3/s");
  assertEquals(formatRate(1 / 60), "1/min");
  assertEquals(formatRate(1 / 900), "4/h");
  assertEquals(formatRate(0), "0/s");
});

Deno.test("formatValue() scales bytes and times, and reads annotations as nouns", () => {
  const cases: [number, string, string][] = [
    [0.0051234, "s", "5.12 ms"],
    [1500, "ms", "1.5 s"],
    [15321.7, "us", "15.3 ms"],
    [90, "min", "1 h 30 min"],
    [150_000_000, "By", "143.1 MiB"],
    [2, "KiBy", "2 KiB"],
    [2048, "By/s", "2 KiB/s"],
    [0.25, "s/s", "0.25 s/s"],
    [1, "{request}", "1 request"],
    [-1200, "{request}", "−1,200 requests"],
    [3, "{query}/s", "3 queries/s"],
    [2, "{process}", "2 processes"],
    [5, "1", "5"],
    [5, "/s", "5/s"],
    [42.5, "%", "42.5%"],
    [21, "Cel", "21 °C"],
    [3, "{constructor}", "3 constructors"],
    [3, "constructor", "3 constructor"],
    [0.123456, "", "0.1235"],
    [1.5e7, "", "15,000,000"],
    [1.55e-7, "", "1.55e-7"],
    [NaN, "s", "NaN"],
    [Infinity, "By", "∞"],
    [-Infinity, "", "−∞"],
  ];
  for (const [value, unit, text] of cases) {
    assertEquals([value, unit, formatValue(value, unit)], [value, unit, text]);
  }
});

Deno.test("unitName() names a unit in words", () => {
  const cases = {
    "By": "bytes",
    "s": "seconds",
    "By/s": "bytes per second",
    "{request}": "requests",
    "{request}/s": "requests per second",
    "/s": "per second",
    "1": "",
    "": "",
    "%": "percent",
    "W": "W",
  };
  for (const [unit, name] of Object.entries(cases)) assertEquals(unitName(unit), name);
});

Deno.test("times keep every digit that was sent", () => {
  assertEquals(formatAbsolute("1795356202481123456"), "2026-11-22 14:03:22.481123456 UTC");
  assertEquals(toMillis("1795356202481500000"), 1795356202481.5);
  assertEquals(formatAbsolute("not a time"), "1970-01-01 00:00:00.000000000 UTC");
});

Deno.test("cutMiddle() keeps both ends and splits no character", () => {
  assertEquals(cutMiddle("short", 5), "short");
  assertEquals(cutMiddle("MyHonoAppInProduction", 11), "MyHon…ction");
  assertEquals(cutMiddle("😀😀😀😀😀", 3), "😀…😀");
});
