import { assertEquals, assertMatch } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import {
  hostileTrace,
  repeatingTrace,
  shopTrace,
  sketchTrace,
  smallTrace,
} from "../helpers/page_traces.ts";

const root = { id: "1", serviceName: "shop", name: "GET /orders", kind: 2, atMillis: 0 };
const CALM = sketchTrace("a".repeat(32), [
  { ...root, forMillis: 100 },
  { id: "2", parent: "1", serviceName: "shop", name: "SELECT items", atMillis: 10, forMillis: 20 },
  { id: "3", parent: "1", serviceName: "shop", name: "cache", atMillis: 40, forMillis: 5 },
  { id: "4", parent: "1", serviceName: "shop", name: "render", atMillis: 50, forMillis: 40 },
]);
const SLOW = sketchTrace("b".repeat(32), [
  { ...root, forMillis: 300 },
  { id: "2", parent: "1", serviceName: "shop", name: "SELECT items", atMillis: 10, forMillis: 100 },
  {
    id: "5",
    parent: "1",
    serviceName: "shop",
    name: "SELECT items",
    atMillis: 120,
    forMillis: 120,
  },
  { id: "4", parent: "1", serviceName: "shop", name: "render", atMillis: 250, forMillis: 40 },
]);
const ADDRESS = `/traces/${CALM.summary.traceId}/compare/${SLOW.summary.traceId}`;

testInBrowser("two traces picked in the list are compared, at a URL of their own", async () => {
  await using collector = startPageCollector([smallTrace(1), CALM, SLOW]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    const boxes = page.getByLabel("Compare GET /orders");
    // The list has the later one on top if both start at once.
    await boxes.nth(0).check();
    await page.getByText("pick a second trace").waitFor();
    for (const key of ["j", "j", "j", "x"]) await page.keyboard.press(key);
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("heading", { name: "Compare two traces" }).waitFor();
    assertMatch(page.url(), /\/traces\/[\dab]{32}\/compare\/[\dab]{32}$/);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { level: 1 }).getByText(/GET/).waitFor();
  });
});

testInBrowser("the comparison says what changed, what only one trace has, and where", async () => {
  await using collector = startPageCollector([CALM, SLOW]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${ADDRESS}`);
    await page.getByText("B takes 200 ms longer (200%).").waitFor();
    await page.getByText("On the critical path: SELECT items of shop +200 ms.").waitFor();
    const rows = page.getByRole("treegrid", { name: "Differences" }).getByRole("row");
    const rowOf = (name: string) => rows.filter({ hasText: name });
    assertEquals(await rows.count(), 4);
    await rowOf("SELECT items").getByText("× 1 → 2").waitFor();
    await rowOf("SELECT items").getByText("+200 ms (1000%)").waitFor();
    await rowOf("cache").getByText("only in A").waitFor();
    await rowOf("render").getByText("same").waitFor();
    await page.getByLabel("Only what differs").check();
    await rowOf("render").waitFor({ state: "detached" });
    assertMatch(page.url(), /show=changes$/);

    await page.getByRole("link", { name: "Swap A and B" }).click();
    await page.getByText("B takes 200 ms less").waitFor();
    await rowOf("cache").getByText("only in B").waitFor();
    await page.getByRole("link", { name: "B: 20 ms" }).click();
    await page.waitForURL(new RegExp(`/traces/${CALM.summary.traceId}\\?span=0{15}2$`));
  });
});

testInBrowser("the comparison follows late spans, and a trace that arrives late", async () => {
  await using collector = startPageCollector([CALM]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}${ADDRESS}`);
    await page.getByText("Trace not found").waitFor();
    await page.locator(".dot.on").first().waitFor();
    collector.add(sketchTrace(SLOW.summary.traceId, [{ ...root, forMillis: 110 }]));
    await page.getByText("B takes 10 ms longer").waitFor();
    collector.add(SLOW);
    await page.getByText("B takes 200 ms longer (200%).").waitFor();
  });
});

testInBrowser("a trace offers others with the same root, and any by its ID", async () => {
  await using collector = startPageCollector([smallTrace(1), shopTrace(), CALM, SLOW]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces/${CALM.summary.traceId}`);
    await page.getByRole("link", { name: "Compare with…" }).click();
    const rows = page.locator(".compare-with tbody tr");
    await rows.first().waitFor();
    assertEquals(await rows.count(), 1);
    const field = page.getByLabel("ID of the other trace");
    await field.fill("none");
    await field.press("Enter");
    await page.getByRole("alert").getByText("Expected a trace ID").waitFor();
    await field.fill("5b8efff7");
    await field.press("Enter");
    await page.getByText("Nothing matches").waitFor();
    await page.goBack();
    await rows.getByRole("link").click();
    await page.waitForURL(`${collector.url}${ADDRESS}`);
    await page.getByText("B takes 200 ms longer").waitFor();
  });
});

testInBrowser(
  "the comparison shows senders' texts as text, and says which trace is missing",
  async () => {
    const hostile = hostileTrace();
    await using collector = startPageCollector([hostile, repeatingTrace(12)]);
    await withPage({}, async (page) => {
      const { traceId } = hostile.summary;
      await page.goto(`${collector.url}/traces/${traceId}/compare/${traceId}`);
      await page.getByText("Both traces take equally long").waitFor();
      await page.getByText("<script>").first().waitFor();
      assertEquals(await page.evaluate("window.hacked"), undefined);
      assertEquals(await page.locator("img, iframe, a[href^='javascript']").count(), 0);
      await page.goto(`${collector.url}/traces/${traceId}/compare/${"c".repeat(32)}`);
      await page.getByText("Trace not found").waitFor();
      await page.getByText("c".repeat(32)).waitFor();
    });
  },
);
