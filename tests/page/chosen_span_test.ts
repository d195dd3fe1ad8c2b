import { assert, assertEquals, assertMatch } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import { bigTrace, shopTrace, sketchTrace } from "../helpers/page_traces.ts";

const ERROR = 2;
const SHOP = shopTrace();
const FAILS_BELOW = sketchTrace("0".repeat(30) + "fb", [
  { id: "a1", serviceName: "web", name: "GET /", kind: 2, atMillis: 0, forMillis: 9 },
  {
    id: "a2",
    parent: "a1",
    serviceName: "web",
    name: "query",
    kind: 3,
    atMillis: 2,
    forMillis: 3,
    status: { code: ERROR, message: "no such table" },
  },
]);

testInBrowser("a short trace opens with its first error next to the waterfall", async () => {
  await using collector = startPageCollector([SHOP, FAILS_BELOW]);
  await withPage({}, async (page) => {
    const address = `${collector.url}/traces/${FAILS_BELOW.summary.traceId}`;
    await page.goto(address);
    const detail = page.getByRole("region", { name: "Span" });
    await detail.getByText("ERROR: no such table").waitFor();
    assertEquals(page.url(), address, "what is shown unasked is not in the address");
    assertEquals(await page.getByRole("row", { selected: true }).count(), 1);

    await page.keyboard.press("k");
    await detail.getByRole("heading", { name: "GET /" }).waitFor();
    assertMatch(page.url(), /\?span=0{14}a1$/);
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("treegrid").waitFor();
    assertEquals(await detail.count(), 0, "the closed detail stays closed");
    await page.keyboard.press("Escape");
    await page.getByText("POST /checkout").waitFor();
  });
});

testInBrowser("a short trace without an error opens with its root", async () => {
  const trace = bigTrace(5);
  await using collector = startPageCollector([trace]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces/${trace.summary.traceId}`);
    const detail = page.getByRole("region", { name: "Span" });
    await detail.getByRole("heading", { name: "step 0" }).waitFor();
    await detail.getByRole("button", { name: "Close" }).click();
    await detail.waitFor({ state: "hidden" });
  });
});

testInBrowser(
  "a longer trace gives all of the width to its spans until one is chosen",
  async () => {
    const trace = bigTrace(20);
    await using collector = startPageCollector([trace]);
    await withPage({ width: 1440 }, async (page) => {
      await page.goto(`${collector.url}/traces/${trace.summary.traceId}`);
      const detail = page.getByRole("region", { name: "Span" });
      const row = page.getByRole("row").first();
      await row.waitFor();
      assertEquals(await detail.count(), 0);
      const { width } = (await row.locator(".span-time").boundingBox())!;
      // It was 414 px wide.
      assert(width >= 830, `${width} px`);
      await row.click();
      await detail.getByRole("heading", { name: "step 0" }).waitFor();
    });
  },
);

testInBrowser("a narrow window shows the waterfall alone until a span is chosen", async () => {
  await using collector = startPageCollector([FAILS_BELOW]);
  await withPage({ width: 390 }, async (page) => {
    await page.goto(`${collector.url}/traces/${FAILS_BELOW.summary.traceId}`);
    const detail = page.getByRole("region", { name: "Span" });
    await page.getByRole("treegrid").getByText("query").waitFor();
    assertEquals(await detail.count(), 0);
    await page.getByRole("treegrid").getByText("query").click();
    await detail.getByText("ERROR: no such table").waitFor();
  });
});
