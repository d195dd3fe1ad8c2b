import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import { sketchTrace, START_UNIX_MS } from "../helpers/page_traces.ts";

/** One trace a second; the longest fails. */
const TRACES = [100, 400, 200, 300].map((forMillis, index) =>
  sketchTrace(String(index + 1).padStart(32, "0"), [{
    id: "a1",
    serviceName: "shop",
    name: `GET /${forMillis}`,
    kind: 2,
    atMillis: index * 1000,
    forMillis,
    ...forMillis === 400 && { status: { code: 2 } },
  }])
);

async function openChart(page: Page, url: string) {
  await page.goto(`${url}/traces`);
  const chart = page.getByRole("application");
  await chart.locator("circle").first().waitFor();
  const box = (await chart.boundingBox())!;
  /** Where a trace is on the page. */
  const placeOf = async (dot: string, nth = 0) => {
    const { x, y, width, height } = (await chart.locator(dot).nth(nth).boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  return { chart, box, placeOf };
}

testInBrowser("a trace of the chart is named under the pointer, and a click opens it", async () => {
  await using collector = startPageCollector(TRACES);
  await withPage({}, async (page) => {
    const { chart, placeOf } = await openChart(page, collector.url);
    assertEquals(await chart.locator(".dot-ok").count(), 3);
    assertMatch(
      await chart.getAttribute("aria-label") ?? "",
      /^Durations of 4 traces over time, 1 with errors/,
    );
    const { x, y } = await placeOf(".dot-failed");
    await page.mouse.move(x + 3, y + 2);
    await chart.getByText("GET /400 · shop · 400 ms · 1 error").waitFor();
    await page.mouse.click(x + 3, y + 2);
    await page.getByRole("heading", { name: "GET /400", level: 1 }).waitFor();
  });
});

testInBrowser("a drag over the chart selects time and duration, and Now leads back", async () => {
  await using collector = startPageCollector(TRACES);
  await withPage({}, async (page) => {
    const { box, placeOf } = await openChart(page, collector.url);
    // Around the two longest traces, but after the first second.
    const longest = await placeOf(".dot-failed");
    const last = await placeOf(".dot-ok", 2);
    await page.mouse.move(longest.x - 20, box.y + 30 + (last.y - box.y - 30));
    await page.mouse.move(longest.x - 20, last.y + 10);
    await page.mouse.down();
    await page.mouse.move(longest.x + 60, longest.y + 10);
    await page.mouse.move(last.x + 5, longest.y - 30);
    await page.mouse.up();
    await page.getByText("2 of 4 traces", { exact: true }).waitFor();
    const { searchParams } = new URL(page.url());
    assertMatch(searchParams.get("query") ?? "", /^trace\.duration>=2\d\dms$/);
    const from = Number(searchParams.get("from")) - START_UNIX_MS;
    assertEquals(from > 0 && from < 1000, true, `from ${from}`);
    assertEquals(await page.locator(".trace-name").allTextContents(), ["GET /300", "GET /400"]);
    await page.getByRole("button", { name: "Now" }).click();
    await page.waitForURL(/\/traces\?query=[^&]+$/);
    await page.goBack();
    await page.getByText("4 of 4 traces", { exact: true }).waitFor();
  });
});

testInBrowser("the chart can be used with the keyboard alone", async () => {
  await using collector = startPageCollector(TRACES);
  await withPage({}, async (page) => {
    const { chart } = await openChart(page, collector.url);
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    await chart.getByText("GET /100 · shop · 100 ms").waitFor();
    await page.keyboard.press("ArrowRight");
    await chart.getByText("GET /400").waitFor();
    // Down is to the next shorter one; Shift selects.
    await page.keyboard.press("Shift+ArrowDown");
    await chart.getByText("GET /300").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("2 of 4 traces", { exact: true }).waitFor();
    assertEquals(new URL(page.url()).searchParams.get("from"), null);
    await chart.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "GET /300", level: 1 }).waitFor();
  });
});

testInBrowser("the time range narrows list and chart, and is part of the URL", async () => {
  const old = sketchTrace("a".repeat(32), [{
    id: "a1",
    serviceName: "shop",
    name: "GET /old",
    atMillis: Date.now() - START_UNIX_MS - 30 * 60_000,
    forMillis: 5,
  }]);
  const recent = sketchTrace("b".repeat(32), [{
    id: "a1",
    serviceName: "shop",
    name: "GET /recent",
    atMillis: Date.now() - START_UNIX_MS - 60_000,
    forMillis: 5,
  }]);
  await using collector = startPageCollector([old, recent]);
  await withPage({}, async (page) => {
    const { chart } = await openChart(page, collector.url);
    await page.getByText("GET /old").waitFor();
    await page.getByLabel("Time range").selectOption("last 15 min");
    await page.getByText("1 of 2 traces", { exact: true }).waitFor();
    assertEquals(await chart.locator(".dot-ok").count(), 1);
    assertMatch(page.url(), /\/traces\?range=15m$/);
    await page.getByLabel("Time range").selectOption("last hour");
    await page.getByText("GET /old").waitFor();
  });
});

testInBrowser("a time range can be typed, in times and durations, and corrected", async () => {
  const [old, recent] = [45, 20].map((minutes) =>
    sketchTrace(String(minutes).repeat(16), [{
      id: "a1",
      serviceName: "shop",
      name: `GET /${minutes}`,
      atMillis: Date.now() - START_UNIX_MS - minutes * 60_000,
      forMillis: 5,
    }])
  );
  await using collector = startPageCollector([old!, recent!]);
  await withPage({}, async (page) => {
    await openChart(page, collector.url);
    await page.getByLabel("Time range").selectOption("from … to …");
    await page.getByLabel("From", { exact: true }).fill("40m");
    await page.getByLabel("From", { exact: true }).press("Enter");
    await page.getByText("1 of 2 traces", { exact: true }).waitFor();
    await page.getByText("GET /20").waitFor();
    assertMatch(page.url(), /\/traces\?range=40m$/);
    await page.getByLabel("To", { exact: true }).fill("30m");
    await page.getByLabel("To", { exact: true }).press("Enter");
    await page.getByText("No traces match").waitFor();
    assertMatch(page.url(), /\/traces\?from=\d{13}&to=\d{13}$/);
    await page.getByLabel("From", { exact: true }).fill("10m");
    await page.getByLabel("From", { exact: true }).press("Tab");
    await page.getByRole("alert").getByText("The start must be before the end").waitFor();
    await page.getByLabel("From", { exact: true }).fill("1h");
    await page.getByLabel("From", { exact: true }).press("Tab");
    await page.getByText("GET /45").waitFor();
    assertMatch(
      await page.getByLabel("From", { exact: true }).inputValue(),
      /^(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d/,
    );
    await page.reload();
    await page.getByText("GET /45").waitFor();
    await page.getByRole("button", { name: "Now" }).click();
    await page.getByText("2 of 2 traces", { exact: true }).waitFor();
    assertEquals(await page.getByLabel("From", { exact: true }).count(), 0);
  });
});

testInBrowser("failed orders over 300 ms take one query, or four fields", async () => {
  await using collector = startPageCollector(TRACES);
  await withPage({}, async (page) => {
    await openChart(page, collector.url);
    await page.keyboard.press("/");
    await page.keyboard.type("service:shop status:error trace.duration>300ms");
    await page.getByText("1 of 4 traces", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByLabel("Service").fill("shop");
    await page.getByLabel("Status").selectOption("with errors");
    await page.getByLabel("Minimum duration").fill("300");
    await page.getByText("1 of 4 traces", { exact: true }).waitFor();
    await page.getByText("GET /400").waitFor();
  });
});
