import { assertEquals, assertThrows } from "@std/assert";
import { readMoment } from "../../lib/query/moment.ts";

const NOW = new Date(2026, 0, 31, 15, 0).getTime();

Deno.test("readMoment() reads times of today, dates, and durations ago", () => {
  const moments: [string, number][] = [
    ["14:03", new Date(2026, 0, 31, 14, 3).getTime()],
    ["14:03:22", new Date(2026, 0, 31, 14, 3, 22).getTime()],
    ["14:03:22.481", new Date(2026, 0, 31, 14, 3, 22, 481).getTime()],
    ["2026-01-30 14:03", new Date(2026, 0, 30, 14, 3).getTime()],
    ["2026-01-30T14:03", new Date(2026, 0, 30, 14, 3).getTime()],
    ["2026-01-30T14:03:00Z", Date.UTC(2026, 0, 30, 14, 3)],
    ["2026-01-30T14:03:00+02:00", Date.UTC(2026, 0, 30, 12, 3)],
    ["15m", NOW - 15 * 60_000],
    ["1.5h", NOW - 90 * 60_000],
    ["2d", NOW - 48 * 3600_000],
  ];
  for (const [text, millis] of moments) {
    assertEquals(readMoment(text, NOW), String(BigInt(millis) * 1_000_000n), text);
  }
});

Deno.test("readMoment() refuses anything else", () => {
  for (
    const text of [
      "",
      "noon",
      "25:00",
      "1",
      "15 minutes",
      "2026-01-30 noon",
      "14:03 2026-01-30",
      "2026-13-01T00:00",
    ]
  ) {
    assertThrows(() => readMoment(text, NOW), Error, "expected a time such as");
  }
});
