import { assertEquals, assertMatch } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { withGuidePage } from "../helpers/guide_page.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import {
  attributes,
  nanosAt,
  shopTrace,
  sketchTrace,
  START_UNIX_MS,
} from "../helpers/page_traces.ts";
import { startTestGuide, testHints } from "../helpers/test_guide.ts";

/** IDs from the first condition of the test guide. */
const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const REQUEST_ID = "5b8efff798038103d269b633813fc60c";
const SCRIPT = `<script>window.hacked=1</script><img src=x onerror="window.hacked=1">`;

testInBrowser("a met condition leads to the trace that meets it, and to its logs", async () => {
  await withGuidePage({}, async ({ page, panel, guide, collector }) => {
    await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID, sinceStart()).data);
    await panel.getByRole("link", { name: "trace 0af76519" }).click();
    await page.locator("main").getByRole("heading", { name: "POST /checkout" }).first().waitFor();
    assertMatch(page.url(), new RegExp(`/traces/${TRACE_ID}$`));
    assertEquals(await panel.getByRole("link", { name: "logs" }).count(), 0);

    const other = "1".repeat(32);
    await sendOtlp(collector.httpUrl, "logs", logOf(other, "written within"));
    show(guide, { text: "a record arrived", traceId: other });
    await panel.getByRole("link", { name: "logs" }).click();
    await page.locator("main").getByText("written within").waitFor();
    assertMatch(page.url(), new RegExp(`/logs\\?trace_id=${other}$`));
  });
});

testInBrowser("a request is a link once its trace has arrived", async () => {
  await withGuidePage({}, async ({ page, panel, guide, collector }) => {
    const asked = page.waitForResponse((response) => response.url().endsWith(REQUEST_ID));
    show(guide, { text: "/ answered 200", status: 200, requestTraceId: REQUEST_ID });
    assertEquals((await asked).status(), 404);
    await panel.getByText("/ answered 200").waitFor();
    const link = panel.getByRole("link", { name: "request" });
    assertEquals(await link.count(), 0);
    const { data } = sketchTrace(REQUEST_ID, [{
      id: "a1",
      serviceName: "app",
      name: "GET /",
      kind: 2,
      atMillis: sinceStart(),
      forMillis: 2,
    }]);
    await sendOtlp(collector.httpUrl, "traces", data);
    await link.click();
    await page.locator("main").getByRole("heading", { name: "GET /" }).first().waitFor();
    assertMatch(page.url(), new RegExp(`/traces/${REQUEST_ID}$`));
  });
});

testInBrowser("metrics and accepted spans link to where they are shown", async () => {
  await withGuidePage({}, async ({ page, panel, guide }) => {
    const metric = "http.server.request.duration";
    show(guide, { text: "it has grown", metric, series: "http_server_request_duration_count" });
    await panel.getByRole("link", { name: "metric" }).click();
    assertMatch(page.url(), /\/metrics\/http\.server\.request\.duration$/);
    assertEquals(await panel.getByRole("link", { name: "exports" }).count(), 0);
    show(guide, { text: "3 more", series: 'otelcol_receiver_accepted_spans{receiver="otlp"}' });
    await panel.getByRole("link", { name: "exports" }).click();
    await page.getByText("No requests yet").waitFor();
  });
});

testInBrowser("a step links to its code if the page compares the modes", async () => {
  const guide = startTestGuide();
  const code = [{ text: "root.end();", kind: "added" as const }];
  const mode = {
    mode: "manual",
    summary: "by hand",
    url: "",
    file: "apps/manual.ts",
    code,
    addedLines: 1,
    tutorial: "3-manual.md",
  };
  await using collector = await startLiveCollector({
    guide: guide.handlers,
    compare: {
      view: () => Promise.resolve({ modes: [mode] }),
      run: (path) => Promise.resolve({ id: "1", path, sentAt: 0, answers: [] }),
      find: () => Promise.resolve(undefined),
    },
  });
  await withPage({}, async (page) => {
    await page.goto(collector.uiUrl);
    await page.getByRole("link", { name: "What changes from base to manual" }).click();
    await page.getByRole("heading", { name: "apps/manual.ts" }).waitFor();
    await page.getByText("root.end();").waitFor();
  });
  await withGuidePage({}, async ({ panel }) => {
    assertEquals(await panel.getByRole("link", { name: /What changes/ }).count(), 0);
  });
});

testInBrowser(
  "a course's texts cannot run anything, and links to the page stay in it",
  async () => {
    await withGuidePage({}, async ({ page, panel, guide, collector }) => {
      const { port } = new URL(collector.uiUrl);
      const text =
        `${SCRIPT}\n\n[run](javascript:window.hacked=1), http://localhost:${port}/logs, ` +
        "https://opentelemetry.io/docs/.";
      guide.change({
        step: { ...guide.view.step, text, question: SCRIPT, title: SCRIPT },
        hints: testHints(SCRIPT),
        problem: SCRIPT,
      });
      await panel.getByRole("heading", { name: SCRIPT }).waitFor();
      assertEquals(await panel.locator("script, img").count(), 0);
      assertEquals(await page.evaluate("window.hacked"), undefined);
      assertEquals(await panel.getByRole("link", { name: "run" }).count(), 0);
      const away = panel.getByRole("link", { name: "https://opentelemetry.io/docs/" });
      assertEquals(await away.getAttribute("rel"), "noreferrer");
      assertEquals(await away.getAttribute("target"), "_blank");
      await panel.getByRole("link", { name: `http://localhost:${port}/logs` }).click();
      await page.getByText("No log records yet").waitFor();
      assertEquals(page.url(), `${collector.uiUrl}/logs`);
    });
  },
);

/** Shows one condition as met. */
function show(
  guide: ReturnType<typeof startTestGuide>,
  evidence: NonNullable<typeof guide.view.conditions[number]["evidence"]>,
): void {
  guide.change({
    conditions: [{ id: "shown", says: "It is there", state: "passed", evidence, found: "" }],
  });
}

function sinceStart(): number {
  return Date.now() - START_UNIX_MS;
}

function logOf(traceId: string, body: string) {
  return {
    resourceLogs: [{
      resource: { attributes: attributes({ "service.name": "app" }) },
      scopeLogs: [{
        logRecords: [{ timeUnixNano: nanosAt(sinceStart()), body: { stringValue: body }, traceId }],
      }],
    }],
  };
}
