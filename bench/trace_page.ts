/**
 * Measures how long the page takes to open a trace of 100,000 spans, from the request of the page until the
 * first rows are displayed, and how long a frame takes while the trace is scrolled from its start to its end.
 * The figures are medians in milliseconds. Needs Chromium.
 *
 * deno task bench:trace-page [--rounds N] [--spans N]
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Browser } from "playwright-core";
import { sendOtlp, startLiveCollector } from "../tests/helpers/live_page.ts";
import { bigTrace } from "../tests/helpers/page_traces.ts";
import { startBrowser } from "./browser.ts";
import { median } from "./median.ts";
import { printTable, status } from "./report.ts";

/** Evaluated on the page: the times of its frames while it scrolls, a window's height each, to the end. */
const SCROLL = `(async () => {
  const grid = document.querySelector("[role=treegrid]");
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  for (let step = 0; step < 600; step++) {
    grid.scrollTop += grid.clientHeight;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
})()`;

const flags = parseArgs(Deno.args, {
  string: ["rounds", "spans"],
  default: { rounds: "5", spans: "100000" },
});
const count = Number(flags.spans);
const browser = await startBrowser();
if (!browser) {
  status("Cannot measure: Chromium is not installed. On Debian: apt-get install chromium");
  Deno.exit(1);
}

await using collector = await startLiveCollector({});
status(`Sending a trace of ${count} spans …`);
const trace = bigTrace(count);
const resourceSpans = trace.data.resourceSpans!;
// One request each, because the collector limits the items of a request.
for (const spans of resourceSpans) {
  await sendOtlp(collector.httpUrl, "traces", { resourceSpans: [spans] });
}

const opened: number[] = [];
const frames: number[] = [];
for (let round = 0; round < Number(flags.rounds); round++) {
  status(`Round ${round + 1} of ${flags.rounds}`);
  await open(browser, `${collector.uiUrl}/traces/${trace.summary.traceId}`);
}
await browser.close();
const sorted = frames.toSorted((a, b) => a - b);
printTable([
  ["", "median", "worst"],
  [`open ${count} spans`, median(opened).toFixed(0), Math.max(...opened).toFixed(0)],
  ["a frame while scrolling", median(frames).toFixed(1), sorted.at(-1)!.toFixed(1)],
  ["95 of 100 frames within", sorted[Math.floor(sorted.length * 0.95)]!.toFixed(1), ""],
]);

async function open(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const startedAt = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  const grid = page.getByRole("treegrid");
  await grid.getByRole("row").first().waitFor();
  opened.push(performance.now() - startedAt);
  frames.push(...await page.evaluate<number[]>(SCROLL));
  await page.close();
}
