import { assertEquals } from "@std/assert";
import { testInBrowser, withPage } from "../../helpers/browser.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";
import { recordedCalls } from "../../helpers/recorded_trace.ts";
import { needsServers } from "../../helpers/servers.ts";
import { startZipkinPage } from "../../helpers/zipkin_page.ts";

const ID = "4bf92f3577b34da6a3ce929d0e0e4736";

testInBrowser("Zipkin's own page finds and shows traces of this collector", async (t) => {
  await using collector = await startQueryCollector();
  const sent = await fetch(`${collector.otlpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(recordedCalls(ID)),
  });
  assertEquals(sent.status, 200, await sent.text());
  await using zipkin = await startZipkinPage(collector.url);
  await withPage({}, async (page) => {
    await t.step("search", async () => {
      await page.goto(`${zipkin.url}?serviceName=shop&remoteServiceName=database&limit=10`);
      await page.getByRole("button", { name: "Run query" }).click();
      await page.getByText("shop: get /items").waitFor();
      assertEquals(await page.getByTestId("TraceSummaryRow-duration").innerText(), "100.000ms");
    });

    await t.step("a trace", async () => {
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("database: select").waitFor();
      // Until the reload, the page shows the search results.
      await page.reload();
      await page.getByText("database: select").waitFor();
      await page.getByText("stock: get /more").waitFor();
      await page.getByText("Division by zero").waitFor();
    });

    await t.step("dependencies", async () => {
      await page.goto(`${zipkin.url}dependency`);
      await page.getByRole("button", { name: "Run query" }).click();
      await page.getByTestId("dependencies-graph").waitFor();
      await page.getByRole("combobox").click();
      const names = await page.getByRole("option").allInnerTexts();
      assertEquals(names.toSorted(), ["database", "shop", "stock"]);
    });
  });
  const paths = new Set(
    zipkin.requests.map(({ path }) => path.replace(/[?].*|\/[\da-f]{32}$/g, "")),
  );
  assertEquals(
    [...paths].sort(),
    [
      ...["autocompleteKeys", "dependencies", "remoteServices", "services", "spans"],
      ...["trace", "traces"],
    ].map((name) => `/api/v2/${name}`).concat("/config.json"),
  );
  assertEquals(zipkin.requests.filter(({ status }) => status !== 200), []);
}, needsServers("zipkin"));
