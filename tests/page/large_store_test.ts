import { assert, assertEquals } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { bigTrace, sketchTrace, START_UNIX_MS } from "../helpers/page_traces.ts";

const TRACES = 10_000;
const SPANS_PER_TRACE = 10;
const TRACES_PER_REQUEST = 100;
const ROUNDS = 15;

testInBrowser(
  "100,000 spans leave the list and a long trace usable, with the times reported",
  async (t) => {
    await using collector = await startLiveCollector({ maxTraces: TRACES + 1 });
    for (let first = 0; first < TRACES; first += TRACES_PER_REQUEST) {
      await sendOtlp(collector.httpUrl, "traces", manyTraces(first, TRACES_PER_REQUEST));
    }
    const long = bigTrace(10_000);
    await sendOtlp(collector.httpUrl, "traces", long.data);
    const { store } = await collector.stats();
    assertEquals(store.signals.traces.kept, TRACES * SPANS_PER_TRACE + 10_000);

    for (const query of ["limit=100", "limit=100&status=error", "limit=100&service=service-3"]) {
      await t.step(`the list answers ?${query}`, async () => {
        const median = await medianMillis(`${collector.uiUrl}/api/kit/traces?${query}`);
        await tell(`List of ${TRACES * SPANS_PER_TRACE} spans, ${query}: ${median.toFixed(1)} ms`);
      });
    }

    await t.step("a trace of 10,000 spans scrolls with few rows in the document", async () => {
      await withPage({}, async (page) => {
        await page.goto(`${collector.uiUrl}/traces/${long.summary.traceId}`);
        const grid = page.getByRole("treegrid");
        await grid.getByRole("row").first().waitFor();
        assertEquals(await grid.getAttribute("aria-rowcount"), "10000");
        const { frames, mostRows } = await page.evaluate<{ frames: number[]; mostRows: number }>(
          SCROLL_THROUGH,
        );
        frames.sort((a, b) => a - b);
        const at = (share: number) => frames[Math.floor((frames.length - 1) * share)]!;
        await tell(
          `Scrolling 10,000 spans: frames of ${at(0.5).toFixed(1)} ms in the median, ` +
            `${at(0.95).toFixed(1)} ms at p95; at most ${mostRows} rows`,
        );
        assert(mostRows < 80, `${mostRows} rows`);
      });
    });
  },
);

async function medianMillis(url: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const response = await fetch(url);
    const { traces } = await response.json();
    times.push(performance.now() - start);
    assertEquals(traces.length, 100);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
}

function manyTraces(first: number, count: number) {
  const atMillis = Date.now() - START_UNIX_MS;
  return {
    resourceSpans: Array.from({ length: count }, (_, offset) => {
      const index = first + offset;
      const spans = Array.from({ length: SPANS_PER_TRACE }, (_, span) => ({
        id: (span + 1).toString(16),
        ...(span > 0 && { parent: "1" }),
        serviceName: `service-${index % 5}`,
        name: span === 0 ? `GET /items/${index % 20}` : `step ${span}`,
        kind: span === 0 ? 2 : 1,
        atMillis: atMillis + span,
        forMillis: 10 - span,
        ...(index % 10 === 0 && span === 0 && { status: { code: 2 } }),
      }));
      const traceId = (0x100000 + index).toString(16).padStart(32, "0");
      return sketchTrace(traceId, spans).data.resourceSpans!;
    }).flat(),
  };
}

/** Scrolls one page per frame. Measures the time of each frame, and the maximum number of rows. */
const SCROLL_THROUGH = `(async () => {
  const grid = document.querySelector("[role=treegrid]");
  const frames = [];
  let mostRows = 0;
  let last = performance.now();
  for (let step = 0; step < 240; step++) {
    grid.scrollTop += grid.clientHeight;
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
    mostRows = Math.max(mostRows, document.querySelectorAll(".span-row").length);
  }
  return { frames, mostRows };
})()`;

async function tell(line: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
}
