import { Buffer } from "node:buffer";
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { snapshotOf, startPageCollector } from "../helpers/page_collector.ts";
import {
  attributes,
  bigTrace,
  hostileTrace,
  shopTrace,
  smallTrace,
  spanId,
} from "../helpers/page_traces.ts";

const SHOP = shopTrace();
const SHOP_PATH = `/traces/${SHOP.summary.traceId}`;

testInBrowser("a trace appears on top of the list when it arrives", async () => {
  await using collector = startPageCollector();
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("No traces yet").waitFor();
    await page.locator(".dot.on").first().waitFor();
    collector.add(smallTrace(1));
    await page.getByText("GET /items/1").waitFor();
    collector.add(smallTrace(2));
    await page.getByText("GET /items/2").waitFor();
    assertEquals(await names(page), ["GET /items/2", "GET /items/1"]);
  });
});

testInBrowser("new traces wait for a click while the user reads further down", async () => {
  await using collector = startPageCollector(smallTraces(80));
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.locator(".dot.on").first().waitFor();
    await page.locator(".trace-row").first().waitFor();
    await page.evaluate("document.querySelector('.rows').scrollTo(0, 600)");
    await page.getByText("GET /items/50", { exact: true }).waitFor();
    collector.add(smallTrace(100), smallTrace(101));
    await page.getByRole("button", { name: "2 new" }).click();
    await page.getByText("GET /items/101").waitFor();
    assertEquals((await names(page)).slice(0, 3), [
      "GET /items/101",
      "GET /items/100",
      "GET /items/79",
    ]);
  });
});

testInBrowser(
  "the list loads older traces on scrolling, with few rows in the document",
  async () => {
    await using collector = startPageCollector(smallTraces(350));
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces`);
      await page.locator(".trace-row").first().waitFor();
      for (const last of ["GET /items/250", "GET /items/150", "GET /items/50", "GET /items/0"]) {
        const row = page.getByText(last, { exact: true });
        // The end moves further away as older traces are loaded.
        for (let tries = 0; tries < 30 && await row.count() === 0; tries++) {
          await page.keyboard.press("End");
          await row.waitFor({ timeout: 1000 }).catch(() => {});
        }
        await row.waitFor();
      }
      assert(await page.locator(".trace-row").count() < 60);
    });
  },
);

testInBrowser("the filter narrows the list and is part of the URL", async () => {
  await using collector = startPageCollector([...smallTraces(20), SHOP]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("POST /checkout").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("division");
    await page.getByText("1 of 21 traces", { exact: true }).waitFor();
    assertEquals(await names(page), ["POST /checkout"]);
    assertMatch(page.url(), /\/traces\?query=division$/);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("21 of 21 traces").waitFor();

    await page.goto(`${collector.url}/traces?service=manual&status=error`);
    await page.locator(".trace-row").first().waitFor();
    const asked = collector.requests.findLast((path) => path.startsWith("/api/kit/traces?"))!;
    assertEquals(
      new URL(asked, "http://page").searchParams.get("query"),
      "service:manual status:error",
    );
    assertEquals(
      await page.getByLabel("Search", { exact: true }).inputValue(),
      "service:manual status:error",
    );
    assertEquals(await page.getByLabel("Service").inputValue(), "manual");

    await page.goto(`${collector.url}/traces?q=nowhere`);
    await page.getByText("No traces match").waitFor();
    await page.getByText("Clear the filter").click();
    await page.getByText("POST /checkout").waitFor();

    await page.getByLabel("Status").selectOption("without errors");
    await page.waitForURL(/query=not\+status%3Aerror$/);
    await page.getByLabel("Service").fill("manual");
    await page.waitForURL(/query=not\+status%3Aerror\+service%3Amanual$/);
  });
});

testInBrowser("a query with a mistake is marked, and nothing is listed", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces?query=service:shop+duration>slow`);
    await page.getByRole("alert").getByText("expected a duration, such as 100ms").waitFor();
    assertEquals(await page.locator(".query-problem mark").innerText(), "slow");
    assertEquals(await page.locator(".trace-row").count(), 0);
  });
});

testInBrowser("a trace's ID opens the trace: searched for, or pasted anywhere", async () => {
  await using collector = startPageCollector([...smallTraces(3), SHOP]);
  const id = SHOP_PATH.split("/").at(-1)!;
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByLabel("Search", { exact: true }).fill(id.slice(0, 8));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "POST /checkout", level: 1 }).waitFor();
    await page.goto(`${collector.url}/logs`);
    await page.getByRole("heading", { name: "Logs", level: 1 }).waitFor();
    await page.evaluate(`
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "00-${id}-eee19b7ec3c1b174-01");
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    `);
    await page.getByRole("heading", { name: "POST /checkout", level: 1 }).waitFor();
  });
});

testInBrowser(
  "the tab is named after what it shows, and errors can be stepped through",
  async () => {
    await using collector = startPageCollector([SHOP]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces`);
      await page.getByText("POST /checkout").waitFor();
      assertEquals(await page.title(), "Traces – otel-kit");
      await page.goto(`${collector.url}${SHOP_PATH}`);
      await page.getByRole("heading", { name: "POST /checkout", level: 1 }).waitFor();
      await page.waitForFunction("document.title === 'POST /checkout – otel-kit'");
      const steps = page.getByTitle("Go to the next span with an error");
      const failed = [];
      for (let step = 0; step < 2; step++) {
        await steps.click();
        await page.getByText(`${step + 1} of 2`).waitFor();
        failed.push(new URL(page.url()).searchParams.get("span"));
      }
      assertEquals(new Set(failed).size, 2);
    });
  },
);

testInBrowser("a span shows where it is from, and its values lead to traces like it", async () => {
  const trace = shopTrace();
  const [group] = trace.data.resourceSpans!;
  group!.schemaUrl = "https://opentelemetry.io/schemas/1.40.0";
  group!.resource!.entityRefs = [{ type: "service", idKeys: ["service.name"] }];
  group!.resource!.droppedAttributesCount = 3;
  const root = group!.scopeSpans![0]!.spans!.find(({ parentSpanId }) => !parentSpanId)!;
  root.flags = 0x301;
  root.traceState = "vendor=1";
  await using collector = startPageCollector([trace]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${SHOP_PATH}?span=${root.spanId}`);
    const detail = page.getByLabel("Span", { exact: true });
    for (
      const text of [
        "sampled, parent in another process",
        "vendor=1",
        "identified by service.name",
        "The SDK dropped 3 resource attributes over its limit.",
        "https://opentelemetry.io/schemas/1.40.0",
      ]
    ) await detail.getByText(text).waitFor();
    await detail.getByLabel("Find traces with http.route /checkout").click();
    await page.waitForURL(/\/traces\?query=http\.route%3D%2Fcheckout$/);
    await page.getByText("1 of 1 trace", { exact: true }).waitFor();
  });
});

testInBrowser("every attribute leads to traces like it, or to the clipboard", async () => {
  const trace = shopTrace();
  const spans = trace.data.resourceSpans!.flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) => spans)
  );
  const span = spans.find(({ name }) => name === "POST /payments")!;
  span.links![0]!.attributes = attributes({ "link.kind": "retry" });
  span.attributes!.push(...attributes({ "very.long": "x".repeat(300) }));
  await using collector = startPageCollector([trace]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${SHOP_PATH}?span=${span.spanId}`);
    const detail = page.getByLabel("Span", { exact: true });
    for (const name of ["http.route /payments", "card.brand VISA", "link.kind retry"]) {
      await detail.getByLabel(`Find traces with ${name}`).waitFor({ state: "attached" });
    }
    await detail.getByText("x".repeat(300)).getByRole("button", { name: "Copy" }).waitFor({
      state: "attached",
    });
    await detail.getByLabel("Find traces with card.brand VISA").click();
    await page.waitForURL(/query=card\.brand%3DVISA$/);
    await page.getByText("1 of 1 trace", { exact: true }).waitFor();
  });
});

testInBrowser("the logs of a trace have a view of their own", async () => {
  await using collector = startPageCollector([SHOP, smallTrace(1)]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${SHOP_PATH}`);
    await page.getByRole("link", { name: `Logs (${SHOP.logs.length})` }).click();
    const rows = page.locator(".trace-logs tbody tr");
    await rows.first().waitFor();
    assertEquals(await rows.count(), SHOP.logs.length);
    const { x } = (await rows.first().boundingBox())!;
    assert(x >= 12, `the records start at the edge of the window: ${x}`);
    await page.goto(`${collector.url}/traces/${smallTrace(1).summary.traceId}?view=logs`);
    await page.getByText("No log records with this trace's ID").waitFor();
  });
});

testInBrowser("j, k and Enter open a trace, Escape leads back", async () => {
  await using collector = startPageCollector([...smallTraces(3), shopTrace(undefined, 1000)]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("POST /checkout").waitFor();
    for (const key of ["j", "j", "k", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("heading", { name: "POST /checkout", level: 1 }).waitFor();
    assertEquals(new URL(page.url()).pathname, SHOP_PATH);
    await page.keyboard.press("Escape");
    await page.getByText("GET /items/2").waitFor();
    assertEquals(new URL(page.url()).pathname, "/traces");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("go to the filter").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });
});

testInBrowser("the waterfall shows the tree, collapses and expands by keyboard", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${SHOP_PATH}`);
    const rows = page.getByRole("treegrid").getByRole("row");
    await rows.first().waitFor();
    // Nine spans, and a placeholder for the missing parent.
    assertEquals(await rows.count(), 10);
    await page.getByText(`parent ${spanId("ff")} has not arrived`).waitFor();
    assertEquals(await rows.nth(3).getAttribute("aria-level"), "4");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowLeft");
    await page.getByText("+7").waitFor();
    assertEquals(await rows.count(), 3);
    assertEquals(await rows.first().getAttribute("aria-expanded"), "false");
    await page.keyboard.press("ArrowRight");
    await page.getByText("SELECT balance").first().waitFor();
    assertEquals(await rows.count(), 10);
  });
});

testInBrowser(
  "a span's URL shows its attributes, exception, events, links, and logs",
  async () => {
    await using collector = startPageCollector([SHOP]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}${SHOP_PATH}?span=${spanId("c1")}`);
      const detail = page.getByRole("region", { name: "Span" });
      for (
        const text of [
          "ERROR: Division by zero",
          "at divide (apps/base.ts:19:11)",
          "card.brand",
          "payment failed",
          "span b7ad6b7169203331 of trace 0af7651916cd43dd8448eb211c80319c",
          "telemetry.sdk.language",
          "Scope: tests 1.0.0",
        ]
      ) {
        await detail.getByText(text).first().waitFor();
      }
      await detail.getByText("http.route").focus();
      assertMatch(
        await page.getByRole("tooltip").textContent() ?? "",
        /pattern that the path matched/,
      );
      await page.getByText("1 hint").click();
      await page.getByRole("link", { name: `parentSpanId ${spanId("ff")}` }).click();
      await page.getByRole("heading", { name: "send receipt" }).waitFor();
    });
  },
);

testInBrowser("a late span is inserted into the open trace", async () => {
  const { data: _, ...early } = smallTrace(1);
  await using collector = startPageCollector([{ ...early, data: smallTrace(1).data }]);
  await withPage({}, async (page) => {
    const { traceId } = early.summary;
    await page.goto(`${collector.url}/traces/${SHOP.summary.traceId}`);
    await page.getByText("Trace not found").waitFor();
    await page.locator(".dot.on").first().waitFor();
    collector.add(SHOP);
    await page.getByText("SELECT balance").first().waitFor();

    await page.goto(`${collector.url}/traces/${traceId}`);
    await page.locator(".dot.on").first().waitFor();
    await page.getByText("1 span", { exact: true }).waitFor();
    collector.add({ ...shopTrace(traceId) });
    await page.getByText("9 spans").waitFor();
  });
});

testInBrowser("the trace is shown as a flame graph, a sequence, and raw OTLP", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${SHOP_PATH}`);
    await page.getByRole("link", { name: "Flame" }).click();
    await page.getByText("INSERT payments, 38 ms").click();
    await page.getByRole("heading", { name: "INSERT payments" }).waitFor();
    await page.getByRole("link", { name: "Sequence" }).click();
    await page.locator(".arrow text", { hasText: "error after 143 ms" }).waitFor();
    await page.getByRole("button", { name: "Copy as Mermaid" }).waitFor();
    await page.getByRole("link", { name: "Raw OTLP" }).click();
    await page.getByText('"resourceSpans"').waitFor();
    assertMatch(page.url(), /view=raw/);
  });
});

testInBrowser(
  "nothing in a hostile trace becomes markup or runs, on the page or in its file",
  async () => {
    const hostile = hostileTrace();
    const { traceId } = hostile.summary;
    await using collector = startPageCollector([hostile]);
    await withPage({}, async (page) => {
      const path = `/traces/${traceId}`;
      const file = `${collector.url}/api/kit${path}/html`;
      for (
        const address of [
          `${collector.url}/traces`,
          `${collector.url}${path}?span=${spanId("a1")}`,
          `${collector.url}${path}?view=flame`,
          `${collector.url}${path}?view=sequence`,
          `${collector.url}${path}?view=raw`,
          `${file}#span=${spanId("a1")}`,
        ]
      ) {
        await page.goto(address);
        await page.getByText("<script>").first().waitFor();
        for (const summary of await page.locator("summary").all()) await summary.click();
        assertEquals(await page.evaluate("window.hacked"), undefined, address);
        assertEquals(await page.locator("img, iframe, a[href^='javascript']").count(), 0, address);
        // The page's own script, and in the file also the trace's JSON.
        const scripts = address.startsWith(file) ? 2 : 1;
        assertEquals(await page.locator("script").count(), scripts, address);
      }
    });
  },
);

testInBrowser("the file of a trace works without any server", async () => {
  await withPage({}, async (page) => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/trace.html`, await snapshotOf(SHOP));
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(`file://${folder}/trace.html`);
      await page.getByText("SELECT balance").first().click();
      await page.getByRole("heading", { name: "SELECT balance" }).waitFor();
      await page.getByRole("link", { name: "Sequence" }).click();
      await page.locator(".arrow text", { hasText: "error after 143 ms" }).waitFor();
      assertMatch(page.url(), /#span=00000000000000d2&view=sequence$/);
      assertEquals(asked.filter((url) => !url.startsWith("file:")), []);
      assertEquals(await page.getByText("Save as HTML").count(), 0);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});

testInBrowser(
  "a trace of 10,000 spans scrolls to its end with few rows in the document",
  async () => {
    const big = bigTrace(10_000);
    await using collector = startPageCollector([big]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces/${big.summary.traceId}`);
      const grid = page.getByRole("treegrid");
      await grid.getByRole("row").first().waitFor();
      assertEquals(await grid.getAttribute("aria-rowcount"), "10000");
      await page.keyboard.press("End");
      await grid.locator('[aria-rowindex="10000"]').waitFor();
      assert(await page.locator(".span-row").count() < 80);
    });
  },
);

testInBrowser(
  "the page reports that it lost the collector, and reloads when it is back",
  async () => {
    await using collector = startPageCollector([smallTrace(1)]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces`);
      await page.locator(".dot.on").first().waitFor();
      collector.disconnect();
      await page.getByText("No connection to the collector").waitFor();
      await page.getByText("No connection to the collector").waitFor({ state: "hidden" });
      collector.add(smallTrace(2));
      await page.getByText("GET /items/2").waitFor();
    });
  },
);

testInBrowser("the data dialog imports a file, and deletes everything", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("POST /checkout").waitFor();
    await page.getByRole("button", { name: "1 kept" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 trace of at most 10,000").waitFor();
    await dialog.getByText("0 connections open. Closed so far: 0 for being idle or slow").waitFor();
    await dialog.getByLabel("A file of OTLP JSON").setInputFiles({
      name: "traces.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify({ resourceSpans: [{}, {}] })),
    });
    await dialog.getByText("2 accepted, 0 rejected.").waitFor();
    await dialog.getByRole("button", { name: "Delete all data" }).click();
    await dialog.getByRole("button", { name: "Yes, delete all data" }).click();
    await dialog.getByText("All data is deleted.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("No traces yet").waitFor();
  });
});

testInBrowser("the chosen colors stay after a reload", async () => {
  await using collector = startPageCollector([smallTrace(1)]);
  await withPage({ colorScheme: "light" }, async (page) => {
    await page.goto(`${collector.url}/traces`);
    const ground = () =>
      page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
    const light = await ground();
    await page.getByRole("button", { name: /Switch to light/ }).click();
    await page.getByRole("button", { name: /Switch to dark/ }).click();
    const dark = await ground();
    assert(dark !== light);
    await page.reload();
    await page.getByRole("button", { name: /Colors: dark/ }).waitFor();
    assertEquals(await ground(), dark);
  });
});

function smallTraces(count: number) {
  return Array.from({ length: count }, (_, index) => smallTrace(index));
}

function names(page: Page): Promise<string[]> {
  return page.locator(".trace-name").allTextContents();
}
