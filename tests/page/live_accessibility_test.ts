import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { overhangPixels, pixelsBelow, seriousViolations } from "../helpers/axe.ts";
import { keepScreenshot, testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, withDemo } from "../helpers/live_page.ts";
import { WITH_PORT_5000 } from "../helpers/needs.ts";
import { attributes, nanosAt, shopTrace, START_UNIX_MS } from "../helpers/page_traces.ts";

/** Each view of the demo besides the traces, and an element that shows when it is ready. */
const VIEWS: Record<string, { path: string; ready: string }> = {
  compare: { path: "/", ready: ".known" },
  empty: { path: "/compare", ready: "article.column" },
  code: { path: "/compare?code=manual", ready: ".code li.added" },
  logs: { path: "/logs", ready: ".table.logs tbody tr" },
  metrics: { path: "/metrics", ready: ".chart canvas" },
  metric: { path: "/metrics/http.server.request.duration", ready: ".chart canvas" },
  "no-log": { path: "/logs?q=nowhere", ready: ".message h2" },
  "no-metric": { path: "/metrics?q=nowhere", ready: ".message h2" },
  services: { path: "/services", ready: ".table.routes tbody tr" },
  exports: { path: "/exports", ready: ".reason" },
  tutorial: { path: "/tutorial/3-manual", ready: ".prose" },
  guide: { path: "/guide", ready: ".message h2" },
  nowhere: { path: "/nowhere", ready: ".message h2" },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    const name =
      `axe finds nothing serious in any view of the demo in ${colorScheme} at ${width} px`;
    testInBrowser(name, async (t) => {
      await withDemo(async ({ url, httpUrl }) => {
        await fillViews(httpUrl);
        await withPage({ width, colorScheme, reducedMotion: "reduce" }, async (page) => {
          for (const [view, { path, ready }] of Object.entries(VIEWS)) {
            await t.step(view, async () => {
              await page.goto(`${url}${path}`);
              if (view === "compare") await sendError(page);
              await page.locator(ready).first().waitFor();
              if (view !== "tutorial") await page.locator(".dot.on").first().waitFor();
              await keepScreenshot(page, `demo-${view}-${colorScheme}-${width}`, { isWhole: true });
              assertEquals(await seriousViolations(page), []);
              assertEquals(await overhangPixels(page), 0, "the page is wider than the window");
              if (view !== "tutorial") {
                assertEquals(await pixelsBelow(page), 0, "the page scrolls as a whole");
              }
            });
          }
        });
      });
    }, WITH_PORT_5000);
  }
}

async function sendError(page: Page): Promise<void> {
  await page.getByRole("button", { name: "GET /error", exact: true }).click();
  for (const mode of ["manual", "middleware", "auto"]) {
    const column = page.getByRole("article", { name: mode, exact: true });
    await column.getByText("RangeError").first().waitFor();
  }
}

/** Sends what the four apps don't: calls between services, long log records, and malformed data. */
async function fillViews(httpUrl: string): Promise<void> {
  const atMillis = Date.now() - START_UNIX_MS;
  const { data, summary: { traceId } } = shopTrace(undefined, atMillis);
  await sendOtlp(httpUrl, "traces", data);
  await sendOtlp(httpUrl, "logs", {
    resourceLogs: [{
      resource: {
        attributes: attributes({ "service.name": "payments-with-a-rather-long-service-name" }),
      },
      scopeLogs: [{
        scope: { name: "tests" },
        logRecords: [[9, "INFO"], [13, "WARN"], [17, "ERROR"]].map(([number, text], i) => ({
          timeUnixNano: nanosAt(atMillis + i),
          severityNumber: Number(number),
          severityText: String(text),
          body: {
            stringValue: "the bank does not answer, trying again in a moment; ".repeat(i * 3 + 1),
          },
          traceId,
        })),
      }],
    }],
  });
  const refused = await fetch(`${httpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"resourceSpans": [',
  });
  await refused.body?.cancel();
}
