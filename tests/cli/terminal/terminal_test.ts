import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { byteSize, formatBytes } from "../../../lib/cli/flags/byte_size.ts";
import { placeOf } from "../../../lib/cli/terminal/span_facts.ts";
import { cut, fit, widthOf } from "../../../lib/cli/terminal/text.ts";
import { timeWidth, traceLine } from "../../../lib/cli/terminal/trace_lines.ts";
import type { TraceSummary } from "../../../lib/collector/model.ts";
import { visible } from "../../../lib/unsafe_text.ts";
import { formatDuration } from "../../../lib/time_text.ts";

Deno.test("visible() leaves nothing that a terminal would interpret", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assert(!/[\p{Cc}\p{Cf}]/u.test(visible(text)));
  }));
  assertEquals(visible("a\x1b[2Jb\r\n\u202e"), "a\\x1b[2Jb\\x0d\\x0a\\u{202e}");
  assertEquals(visible("GET /überall 日本 🚀"), "GET /überall 日本 🚀");
});

Deno.test("fit() fills exactly the given number of columns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 60 }), (text, width) => {
      const shown = visible(text);
      assert(widthOf(cut(shown, width)) <= width);
      assert(widthOf(fit(shown, width)) === width);
    }),
  );
  assertEquals(cut("MyHonoAppInProductionContrib", 11), "MyHon…ntrib");
});

Deno.test("formatDuration() has three digits and the unit that fits", () => {
  const cases: [number, string][] = [
    [0, "0 ns"],
    [999, "999 ns"],
    [1500, "1.50 µs"],
    [12_345_678, "12.3 ms"],
    [250e6, "250 ms"],
    [61e9, "61.0 s"],
  ];
  for (const [nanos, text] of cases) assertEquals(formatDuration(nanos), text);
});

Deno.test("traceLine() has the date unless it is today, and lists have columns", () => {
  const now = new Date(2026, 10, 22, 14, 3, 22, 481).getTime();
  const at = (millis: number): TraceSummary => ({
    traceId: "1".repeat(32),
    startTimeUnixNano: `${millis}000000`,
    durationNanos: 999e9,
    spanCount: 1,
    errorCount: 0,
    root: { spanId: "1", name: "GET /".padEnd(99, "x"), serviceName: "s".repeat(99), kind: 2 },
    hasRoot: true,
    services: [],
  });
  const traces = [at(now), at(now - 86_400_000), at(now - 2 * 366 * 86_400_000)];
  const width = timeWidth(traces, now);
  const lines = traces.map((trace) => traceLine(trace, now, width).split("\n")[0]!);
  assertEquals(lines.map((line) => line.slice(0, 18)), [
    "14:03:22.481      ",
    "Nov 21 14:03:22   ",
    "2024-11-20 14:03  ",
  ]);
  for (const line of lines) assertEquals(widthOf(line), 80);
  assertEquals(traceLine(at(now), now).slice(0, 15), "14:03:22.481   ");
});

Deno.test("byteSize() accepts units of both kinds, and formats sizes again", () => {
  const { parse } = byteSize(1000);
  const cases: [string, number | undefined][] = [
    ["256MiB", 268_435_456],
    ["512MB", 512_000_000],
    ["1GiB", 1_073_741_824],
    ["1.5 gib", 1_610_612_736],
    ["2000", 2000],
    ["999", undefined],
    ["-1MB", undefined],
    ["1TB", undefined],
    ["", undefined],
  ];
  for (const [text, bytes] of cases) assertEquals(parse(text), bytes, text);
  assertEquals([268_435_456, 1_500_000].map(formatBytes), ["256MiB", "1.4MiB"]);
});

Deno.test("placeOf() finds the first line in the program's own code", () => {
  const stacks: [string, string | undefined][] = [
    [
      "E: x\n    at f (file:///w/apps/base.ts:9:40)\n    at g (file:///w/apps/b.ts:1:1)",
      "apps/base.ts:9",
    ],
    [
      "E: x\n    at node:internal/x:1:2\n    at npm:hono/dist/h.js:3:4\n    at /srv/app/main.js:7:8",
      "app/main.js:7",
    ],
    ["E: x\n    at C:\\shop\\main.ts:7:8", "C:\\shop\\main.ts:7"],
    ["no stack at all", undefined],
    ["", undefined],
  ];
  for (const [stack, place] of stacks) assertEquals(placeOf(stack), place, stack);
});
