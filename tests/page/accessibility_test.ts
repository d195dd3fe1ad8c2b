import { assertEquals } from "@std/assert";
import { overhangPixels, pixelsBelow, seriousViolations } from "../helpers/axe.ts";
import { keepScreenshot, testInBrowser, withPage } from "../helpers/browser.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import { repeatingTrace, shopTrace, smallTrace, spanId } from "../helpers/page_traces.ts";

const SHOP = shopTrace();
const SHOP_PATH = `/traces/${SHOP.summary.traceId}`;
const OTHER = shopTrace("6".repeat(32), 40);
const REPEATING = repeatingTrace(140);
const REPEATING_PATH = `/traces/${REPEATING.summary.traceId}`;

/** Each main view, and an element that shows when it is ready. */
const VIEWS: Record<string, { path: string; ready: string }> = {
  traces: { path: "/traces", ready: ".trace-row" },
  sorted: { path: "/traces?sort=-duration&from=1", ready: ".scatter circle" },
  "no-match": { path: "/traces?q=nowhere", ready: ".message h2" },
  trace: { path: SHOP_PATH, ready: ".span-row" },
  span: { path: `${SHOP_PATH}?span=${spanId("c1")}`, ready: ".detail" },
  flame: { path: `${SHOP_PATH}?view=flame`, ready: ".flame-frame" },
  sequence: { path: `${SHOP_PATH}?view=sequence`, ready: ".arrow" },
  "compare-with": { path: `${SHOP_PATH}?view=compare`, ready: ".compare-with .field" },
  diff: { path: `${SHOP_PATH}/compare/${OTHER.summary.traceId}`, ready: ".diff-row" },
  zoomed: {
    path: `${REPEATING_PATH}?zoom=10000000-900000000&find=select`,
    ready: ".minimap-hidden",
  },
  raw: { path: `${SHOP_PATH}?view=raw`, ready: ".raw pre" },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    const name =
      `axe finds nothing serious, and nothing is cut off, in ${colorScheme} at ${width} px`;
    testInBrowser(name, async (t) => {
      const traces = Array.from({ length: 40 }, (_, index) => smallTrace(index));
      await using collector = startPageCollector([...traces, SHOP, OTHER, REPEATING]);
      await withPage({ width, colorScheme, reducedMotion: "reduce" }, async (page) => {
        for (const [view, { path, ready }] of Object.entries(VIEWS)) {
          await t.step(view, async () => {
            await page.goto(`${collector.url}${path}`);
            await page.locator(ready).first().waitFor();
            await page.locator(".dot.on").first().waitFor();
            await keepScreenshot(page, `${view}-${colorScheme}-${width}`);
            assertEquals(await seriousViolations(page), []);
            assertEquals(await overhangPixels(page), 0, "the page is wider than the window");
            assertEquals(await pixelsBelow(page), 0, "the page scrolls as a whole");
          });
        }
      });
    });
  }
}
