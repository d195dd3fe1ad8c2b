import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import {
  attributes,
  nanosAt,
  shopTrace,
  sketchTrace,
  spanId,
  START_UNIX_MS,
} from "../helpers/page_traces.ts";
import { within } from "../helpers/patience.ts";

const ROUNDS = 15;
const TRACE_ID = "5b8efff798038103d269b633813fc60c";

testInBrowser("a span is on the page shortly after it was sent", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/traces`);
    await page.locator(".dot.on").first().waitFor();
    const delays: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const name = `GET /live/${round}`;
      const shown = await watchFor(page, name);
      const sentAt = Date.now();
      await sendOtlp(collector.httpUrl, "traces", spanNow(round, name));
      delays.push(await shown() - sentAt);
    }
    delays.sort((a, b) => a - b);
    const median = delays[ROUNDS >> 1]!;
    const told = `From sending a span to its row on the page: median ${median.toFixed(0)} ms, ` +
      `most ${delays.at(-1)!.toFixed(0)} ms`;
    await Deno.stdout.write(new TextEncoder().encode(`${told}\n`));
  });
});

testInBrowser("the logs of a trace, and of a span, link there and back", async () => {
  await using collector = await startLiveCollector();
  const atMillis = Date.now() - START_UNIX_MS;
  await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID, atMillis).data);
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/logs`);
    await page.getByText("No log records yet").waitFor();
    await sendOtlp(collector.httpUrl, "logs", logsOf("payments", "payment refused by the bank"));
    const row = page.getByRole("row").filter({ hasText: "payment refused by the bank" });
    await row.waitFor();
    assertMatch(await row.innerText(), /✕\s*ERROR/);
    await row.getByRole("button").click();
    await page.getByText("card.brand").waitFor();
    await row.getByRole("link").click();
    const detail = page.getByRole("region", { name: "Span" });
    await detail.getByRole("heading", { name: "POST /payments" }).waitFor();
    await detail.getByText("payment refused by the bank").waitFor();

    await page.goto(`${collector.uiUrl}/logs?trace_id=${TRACE_ID}`);
    await row.waitFor();
    await page.goto(`${collector.uiUrl}/logs?q=nothing+like+it`);
    await page.getByText("No log records match").waitFor();
  });
});

testInBrowser("the services show who calls whom, and a route leads to its traces", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/services`);
    await page.getByText("No services in this time range").waitFor();
    const atMillis = Date.now() - START_UNIX_MS;
    await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID, atMillis).data);
    await page.getByRole("heading", { name: /^payments-with-/ }).waitFor();
    const calls = await page.locator(".service-map figcaption li").allTextContents();
    assertEquals(calls.length, 3);
    assert(calls.some((text) => /web-gateway calls accounts: 1 call/.test(text)), String(calls));
    const route = page.getByRole("row").filter({ hasText: "POST /checkout" });
    assertEquals(
      (await route.innerText()).split(/\s*\t\s*/).slice(1, 2),
      ["1"],
    );
    assertMatch(await route.innerText(), /✕ 100\s?%[\s\S]*182 ms/);
    await route.getByRole("link").click();
    await page.locator(".trace-row", { hasText: "POST /checkout" }).waitFor();
    assertMatch(page.url(), /query=service%3Aweb-gateway\+name%3A%22POST\+%2Fcheckout%22$/);
  });
});

testInBrowser("an exemplar links a metric to its trace", async () => {
  await using collector = await startLiveCollector();
  const atMillis = Date.now() - START_UNIX_MS;
  await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID, atMillis).data);
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics`);
    await page.getByText("No metrics yet").waitFor();
    await sendOtlp(collector.httpUrl, "metrics", {
      resourceMetrics: [{
        resource: { attributes: attributes({ "service.name": "web-gateway" }) },
        scopeMetrics: [{
          metrics: [{
            name: "queue.length",
            unit: "{message}",
            description: "Messages that wait",
            gauge: {
              dataPoints: [{
                timeUnixNano: nanosAt(atMillis),
                asInt: "7",
                attributes: attributes({ "queue.name": "mails" }),
                exemplars: [{
                  timeUnixNano: nanosAt(atMillis),
                  asInt: "7",
                  traceId: TRACE_ID,
                  spanId: spanId("c1"),
                }],
              }],
            },
          }],
        }],
      }],
    });
    await page.getByRole("link", { name: "queue.length" }).click();
    await page.locator(".chart canvas").waitFor();
    const row = page.getByRole("row").filter({ hasText: "queue.name=mails" });
    assertMatch(await row.innerText(), /web-gateway[\s\S]*7 messages?/);
    await page.getByRole("link", { name: TRACE_ID.slice(0, 8) }).click();
    const detail = page.getByRole("region", { name: "Span" });
    await detail.getByRole("heading", { name: "POST /payments" }).waitFor();
  });
});

testInBrowser("the exports show each request, and why one was refused", async () => {
  await using collector = await startLiveCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/exports`);
    await page.getByText("No requests yet").waitFor();
    await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID).data);
    const good = page.getByRole("row").filter({ hasText: "web-gateway" });
    await good.getByText("200 OK").waitFor();

    await post(
      `${collector.httpUrl}/v1/traces`,
      "application/x-protobuf",
      new Uint8Array([10, 200]),
    );
    await page.getByText("✕ 400 Bad Request").waitFor();
    const reason = page.locator(".reason");
    assertMatch(await reason.first().innerText(), /Refused: .+ \(at byte \d+\)/);

    // Acts like an exporter with the wrong port.
    await post(`${collector.grpcUrl}/v1/traces`, "application/x-protobuf", new Uint8Array([]));
    await page.getByText("OTLP/HTTP arrived on the port for OTLP/gRPC").waitFor();
    await page.getByText(/set OTEL_EXPORTER_OTLP_PROTOCOL=grpc/).first().waitFor();
    await page.getByRole("link", { name: "Refused 2" }).click();
    await good.waitFor({ state: "hidden" });
    assertMatch(page.url(), /\/exports\?only=refused$/);

    await page.getByRole("link", { name: "Explained in the tutorial" }).first().click();
    await page.getByRole("navigation", { name: "Tutorial" }).waitFor();
    assertMatch(page.url(), /\/tutorial\/5-no-code#step-15-/);
    assertMatch(await page.locator(":is(h2, h3):target").innerText(), /^Step 15/);
  });
});

testInBrowser(
  "a flood of good requests doesn't displace a refused one from the exports",
  async () => {
    await using collector = await startLiveCollector();
    const noIds = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: "no ids" }] }] }] };
    await sendOtlp(collector.httpUrl, "traces", noIds);
    await withPage({}, async (page) => {
      await page.goto(`${collector.uiUrl}/exports?only=refused`);
      const refused = page.getByText("✕ 200 OK, all items rejected");
      await refused.waitFor();
      await page.getByText(/^Refused: /).waitFor();
      for (let i = 0; i < 201; i++) await sendOtlp(collector.httpUrl, "logs", { resourceLogs: [] });
      await page.getByRole("link", { name: "Accepted 201" }).waitFor();
      await page.reload();
      await refused.waitFor();
      await page.getByRole("link", { name: "In part 0" }).click();
      await page.getByText("No requests were accepted in part").waitFor();
    });
  },
);

testInBrowser("each hint on a trace leads to its span and to a step of the tutorial", async () => {
  await using collector = await startLiveCollector();
  const { data, summary: { traceId } } = sketchTrace(TRACE_ID, [{
    id: "b1",
    parent: "ff",
    serviceName: "shop",
    name: "GET /old",
    kind: 2,
    // A parent this late is reported as missing.
    atMillis: Date.now() - START_UNIX_MS - 60_000,
    forMillis: 3,
    status: { code: 2 },
    attributes: attributes({ "http.method": "GET" }),
  }]);
  await sendOtlp(collector.httpUrl, "traces", data);
  await withPage({}, async (page) => {
    const address = `${collector.uiUrl}/traces/${traceId}?span=none`;
    await page.goto(address);
    await page.getByText(/^3 hints/).click();
    const tutorial = page.getByRole("link", { name: "Explained in the tutorial" });
    assertEquals(await tutorial.count(), 3);
    const evidence = page.locator(`.hints a[href="/traces/${traceId}?span=${spanId("b1")}"]`);
    assertEquals(await evidence.count(), 3);
    const targets = await Promise.all(
      (await tutorial.all()).map((link) => link.getAttribute("href")),
    );
    for (const target of targets) {
      await page.goto(`${collector.uiUrl}${target}`);
      assertMatch(await page.locator(":is(h2, h3):target").innerText(), /^Step \d+/);
    }
  });
});

/**
 * Starts waiting for a text on the page. The returned function resolves with the time at which it was
 * drawn.
 */
async function watchFor(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate(
    `window.shown = new Promise((resolve) => {
      const look = () => {
        if (!document.body.textContent.includes(${JSON.stringify(text)})) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    }); undefined`,
  );
  return () => within(page.evaluate<number>("window.shown"), `"${text}" on the page`);
}

function spanNow(index: number, name: string) {
  const id = (index + 1).toString(16);
  return sketchTrace(id.padStart(32, "0"), [{
    id,
    serviceName: "live",
    name,
    kind: 2,
    atMillis: Date.now() - START_UNIX_MS,
    forMillis: 1,
  }]).data;
}

function logsOf(serviceName: string, body: string) {
  return {
    resourceLogs: [{
      resource: { attributes: attributes({ "service.name": serviceName }) },
      scopeLogs: [{
        logRecords: [{
          timeUnixNano: nanosAt(Date.now() - START_UNIX_MS),
          severityNumber: 17,
          severityText: "ERROR",
          body: { stringValue: body },
          traceId: TRACE_ID,
          spanId: spanId("c1"),
          attributes: attributes({ "card.brand": "VISA" }),
        }],
      }],
    }],
  };
}

async function post(url: string, type: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const headers = { "content-type": type };
  // The gRPC port answers in its own way, or not at all.
  const response = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
  await response?.body?.cancel();
}
