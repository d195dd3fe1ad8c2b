import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { withFolder } from "../helpers/folder.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { attributes, nanosAt, sketchTrace, spanId, START_UNIX_MS } from "../helpers/page_traces.ts";

const SCRIPT = `"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">`;
const ADDRESS = "javascript:window.hacked=1";
/** Reverses the text direction, ends strings, and sets terminal colors. */
const CONTROLS = "\u202Eevil\u2066\u0000\u0007\u001b[31m\u2028";
const HOSTILE = `${SCRIPT}${CONTROLS}`;
const TRACE_ID = "0".repeat(29) + "bad";

testInBrowser("nothing that a sender names becomes markup in any view", async (t) => {
  await using collector = await startLiveCollector();
  await sendHostile(collector.httpUrl);
  await withPage({}, async (page) => {
    const { uiUrl } = collector;
    const metric = encodeURIComponent(HOSTILE);
    for (
      const path of [
        "/traces",
        `/traces?service=${encodeURIComponent(HOSTILE)}`,
        `/traces/${TRACE_ID}`,
        `/traces/${TRACE_ID}?span=${spanId("b1")}`,
        `/traces/${TRACE_ID}?view=flame`,
        `/traces/${TRACE_ID}?view=sequence`,
        `/traces/${TRACE_ID}?view=raw`,
        "/logs",
        "/metrics",
        `/metrics/${metric}`,
        "/services",
        "/exports",
      ]
    ) {
      await t.step(path, async () => {
        await page.goto(`${uiUrl}${path}`);
        await assertHarmless(page);
      });
    }
    await t.step("the file of the trace", async () => {
      await withFolder(async (folder) => {
        const file = await fetch(`${uiUrl}/api/kit/traces/${TRACE_ID}/html`);
        await Deno.writeTextFile(`${folder}/trace.html`, await file.text());
        await page.goto(`file://${folder}/trace.html`);
        await assertHarmless(page);
      });
    });
  });
});

/** Opens everything that can be opened. Senders' texts must be shown as text, and no part may have run. */
async function assertHarmless(page: Page): Promise<void> {
  await page.getByText("<script>").filter({ visible: true }).first().waitFor();
  for (const summary of await page.locator("summary").all()) await summary.click();
  const closed = page.locator('.disclosure[aria-expanded="false"]');
  while (await closed.count() > 0) await closed.first().click();
  assertEquals(await page.evaluate("window.hacked"), undefined);
  assertEquals(await page.locator("main img, main iframe, main script").count(), 0);
  assertEquals(await page.locator("a[href^='javascript' i]").count(), 0);
  assertEquals(await page.locator("[onerror], [onclick], [onload]").count(), 0);
}

/** Sends hostile names, values, and bodies in all signals. */
async function sendHostile(httpUrl: string): Promise<void> {
  const atMillis = Date.now() - START_UNIX_MS;
  const values = attributes({ [HOSTILE]: HOSTILE, "url.full": ADDRESS, "http.route": HOSTILE });
  const resource = { attributes: attributes({ "service.name": HOSTILE, [ADDRESS]: HOSTILE }) };
  // Browser headers can't contain control characters, or characters outside Latin-1.
  const headers = { "user-agent": SCRIPT };
  const { data } = sketchTrace(TRACE_ID, [
    {
      id: "a1",
      serviceName: HOSTILE,
      name: HOSTILE,
      kind: 2,
      atMillis,
      forMillis: 9,
      status: { code: 2, message: HOSTILE },
      attributes: values,
      events: [
        { name: HOSTILE, timeUnixNano: nanosAt(atMillis + 1), attributes: values },
        {
          name: "exception",
          timeUnixNano: nanosAt(atMillis + 2),
          attributes: attributes({
            "exception.type": HOSTILE,
            "exception.message": HOSTILE,
            "exception.stacktrace": HOSTILE,
          }),
        },
      ],
    },
    {
      id: "b1",
      parent: "a1",
      serviceName: ADDRESS,
      name: `GET ${SCRIPT}`,
      kind: 2,
      atMillis: atMillis + 1,
      forMillis: 2,
      attributes: values,
    },
  ]);
  await sendOtlp(httpUrl, "traces", data, headers);
  await sendOtlp(httpUrl, "logs", {
    resourceLogs: [{
      resource,
      scopeLogs: [{
        scope: { name: HOSTILE },
        logRecords: [{
          timeUnixNano: nanosAt(atMillis),
          severityText: HOSTILE,
          severityNumber: 17,
          eventName: HOSTILE,
          body: { stringValue: HOSTILE },
          attributes: values,
          traceId: TRACE_ID,
          spanId: spanId("a1"),
        }],
      }],
    }],
  }, headers);
  await sendOtlp(httpUrl, "metrics", {
    resourceMetrics: [{
      resource,
      scopeMetrics: [{
        metrics: [{
          name: HOSTILE,
          description: HOSTILE,
          unit: SCRIPT,
          gauge: {
            dataPoints: [{ timeUnixNano: nanosAt(atMillis), asInt: "1", attributes: values }],
          },
        }],
      }],
    }],
  }, headers);
  const refused = await fetch(`${httpUrl}/v1/traces`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: `{"resourceSpans": ${SCRIPT}`,
  });
  await refused.body?.cancel();
}
