import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ComparedMode } from "../../../lib/cli/collector/comparison.ts";
import { comparisonReport } from "../../../lib/cli/terminal/comparison_report.ts";
import { widthOf } from "../../../lib/cli/terminal/text.ts";

const MODES = ["base", "manual", "middleware", "auto"].map((mode): ComparedMode => ({
  mode,
  summary: `the app in mode ${mode}`,
  file: `apps/${mode}.ts`,
  url: "http://127.0.0.1:5000",
  tutorial: "2-base.md",
  addedLines: 0,
  metrics: [],
  answer: {
    mode,
    status: 500,
    statusText: "Internal Server Error",
    body: "",
    durationMillis: 1.5,
    startTimeMinUnixNano: "0",
    startTimeMaxUnixNano: "1",
  },
}));

/** How many modes are on the line of the first one. */
function besides(columns?: number): number {
  const lines = comparisonReport("/error", MODES, columns);
  for (const line of lines) assert(widthOf(line) <= (columns ?? 80), line);
  for (const { mode } of MODES) assert(lines.some((line) => line.includes(`${mode}: the app`)));
  const [first] = lines.filter((line) => line.includes("base: the app"));
  return MODES.filter(({ mode }) => first!.includes(`${mode}: the app`)).length;
}

Deno.test("comparisonReport() stands side by side where there is room", () => {
  const cases: [columns: number | undefined, beside: number][] = [
    [undefined, 1],
    [80, 1],
    [114, 1],
    [115, 2],
    [200, 2],
    [233, 4],
    [300, 4],
  ];
  for (const [columns, beside] of cases) assertEquals(besides(columns), beside, String(columns));
});

Deno.test("comparisonReport() says what the client saw in every mode", () => {
  const text = comparisonReport("/error", MODES, 233).join("\n");
  assertEquals(text.match(/500 Internal Server Error in 1\.50 ms/g)?.length, 4);
  assertMatch(text, /^GET \/error to all four apps\n/);
});
