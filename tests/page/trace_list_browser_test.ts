import { assertEquals, assertMatch } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { startPageCollector } from "../helpers/page_collector.ts";
import { nanosAt, shopTrace, sketchTrace, smallTrace } from "../helpers/page_traces.ts";
import { poll } from "../helpers/poll.ts";

const OLD = 250;
const NEW = 150;

testInBrowser(
  "the trace list has no gap if it is reloaded while older traces arrive",
  async () => {
    await using collector = await startLiveCollector();
    await sendOtlp(collector.httpUrl, "traces", traces(1, OLD));
    await withPage({}, async (page) => {
      const asked = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      let isFirst = true;
      await page.route(/\/api\/kit\/traces\?.*before=/, async (route) => {
        if (isFirst) {
          isFirst = false;
          asked.resolve();
          await released.promise;
        }
        // The page may have abandoned it meanwhile.
        await route.continue().catch(() => {});
      });
      await page.goto(`${collector.uiUrl}/traces`);
      await page.locator(".trace-row").first().waitFor();
      await page.evaluate(SCROLL);
      await asked.promise;
      await sendOtlp(collector.httpUrl, "traces", traces(OLD + 1, NEW));
      const news = page.getByRole("button", { name: /^\d+ new$/ });
      await news.click();
      await news.waitFor({ state: "detached" });
      released.resolve();
      const isWhole = async () => {
        const rows = await page.evaluate<number>(SCROLL);
        return rows === OLD + NEW ? { result: rows } : { answer: String(rows) };
      };
      await poll(isWhole, `${OLD + NEW} rows`);
    });
  },
);

testInBrowser(
  "a field that is read after a pause keeps what others changed meanwhile",
  async () => {
    await using collector = startPageCollector([smallTrace(1)]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces`);
      await page.getByText("GET /items/1").waitFor();
      await page.evaluate(`
      const [service, status] = ["Service", "Status"]
        .map((label) => document.querySelector(\`[aria-label="\${label}"]\`));
      service.value = "shop";
      service.dispatchEvent(new Event("input", { bubbles: true }));
      status.value = "error";
      status.dispatchEvent(new Event("change", { bubbles: true }));
    `);
      await page.waitForURL((url) => url.searchParams.get("query") === "status:error service:shop");
    });
  },
);

testInBrowser("a search that stops counting says so, until all it finds is shown", async () => {
  await using collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "traces", traces(1, OLD));
  await sendOtlp(collector.httpUrl, "traces", traces(OLD + 1, 1, "POST"));
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/traces?query=name:GET*`);
    await page.getByText("at least 100 of 251 traces", { exact: true }).waitFor();
    const isWhole = async () => {
      const rows = await page.evaluate<number>(SCROLL);
      return rows === OLD ? { result: rows } : { answer: String(rows) };
    };
    await poll(isWhole, `${OLD} rows`);
    await page.getByText("250 of 251 traces", { exact: true }).waitFor();
  });
});

testInBrowser("a click on a heading sorts all traces, not only those that are loaded", async () => {
  const traces = Array.from({ length: 130 }, (_, index) => smallTrace(index));
  // Arrives first, so that it is not among the first hundred.
  const slow = sketchTrace("f".repeat(32), [
    { id: "a1", serviceName: "zoo", name: "GET /slow", atMillis: -500, forMillis: 300 },
  ]);
  await using collector = startPageCollector([slow, ...traces]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    const first = page.locator(".trace-row").first();
    await first.getByText("GET /items/129").waitFor();
    const heading = (name: string) => page.getByRole("columnheader", { name });
    assertEquals(await heading("Time").getAttribute("aria-sort"), "descending");
    await heading("Duration").getByRole("button").focus();
    await page.keyboard.press("Enter");
    await first.getByText("GET /slow").waitFor();
    assertEquals(await heading("Duration").getAttribute("aria-sort"), "descending");
    assertEquals(await heading("Time").getAttribute("aria-sort"), "none");
    assertMatch(page.url(), /\/traces\?sort=-duration$/);
    await page.reload();
    await first.getByText("GET /slow").waitFor();
    await heading("Root service").getByRole("button").click();
    await page.waitForURL(/sort=service$/);
    await first.locator(".at-service").getByText("auto").waitFor();
    await heading("Root service").getByRole("button").click();
    await first.locator(".at-service").getByText("zoo").waitFor();
  });
});

testInBrowser("traces are in the order of their start, whichever arrived first", async () => {
  await using collector = startPageCollector([smallTrace(5)]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("GET /items/5").waitFor();
    await page.locator(".dot.on").first().waitFor();
    collector.add(smallTrace(3));
    await page.getByText("GET /items/3").waitFor();
    collector.add(smallTrace(9));
    await page.getByText("GET /items/9").waitFor();
    assertEquals(await page.locator(".trace-name").allTextContents(), [
      "GET /items/9",
      "GET /items/5",
      "GET /items/3",
    ]);
  });
});

testInBrowser("a paused list counts what arrives, and shows it when it is resumed", async () => {
  await using collector = startPageCollector([smallTrace(1)]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces`);
    await page.getByText("GET /items/1").waitFor();
    await page.locator(".dot.on").first().waitFor();
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "Paused", pressed: true }).waitFor();
    collector.add(smallTrace(2), smallTrace(3));
    await page.getByRole("button", { name: "2 new" }).waitFor();
    assertEquals(await page.locator(".trace-row").count(), 1);
    await page.getByRole("button", { name: "Paused" }).click();
    await page.getByText("GET /items/3").waitFor();
    await page.getByRole("button", { name: "Pause", pressed: false }).waitFor();
  });
});

testInBrowser("no name is written over another, however long it is", async () => {
  const name = "a-service-with-a-name-so-long-that-no-column-holds-it-in-production-eu-west-1";
  const long = sketchTrace("e".repeat(32), [
    {
      id: "a1",
      serviceName: name,
      name: "GET /".padEnd(200, "long/"),
      atMillis: 900,
      forMillis: 3,
    },
    ...Array.from({ length: 6 }, (_, index) => ({
      id: `b${index}`,
      parent: "a1",
      serviceName: `${name}-${index}`,
      name: "call",
      atMillis: 900,
      forMillis: 1,
    })),
  ]);
  await using collector = startPageCollector([long, smallTrace(1)]);
  for (const width of [1440, 1024, 390]) {
    await withPage({ width }, async (page) => {
      await page.goto(`${collector.url}/traces`);
      await page.getByText("+3").waitFor({ state: "attached" });
      assertEquals(await page.evaluate(OVERLAPS), [], `at ${width} px`);
    });
  }
});

testInBrowser(
  "the services of a trace are named on hover, and when its row is selected",
  async () => {
    await using collector = startPageCollector([shopTrace()]);
    await withPage({}, async (page) => {
      await page.goto(`${collector.url}/traces`);
      const names = page.locator(".service-names");
      const row = page.locator(".trace-row");
      await row.waitFor();
      assertEquals(await names.isVisible(), false);
      await row.locator(".at-services .service").first().hover();
      await names.getByText("ledger").waitFor();
      await page.mouse.move(0, 0);
      await names.waitFor({ state: "hidden" });
      await page.keyboard.press("j");
      await names.getByText("ledger").waitFor();
    });
  },
);

/** Cells of the list's rows whose text is over another cell's box. */
const OVERLAPS = `[...document.querySelectorAll(".trace-row")].flatMap((row) => {
  const boxes = [...row.children].map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const { left, right, top, bottom } = cell.getBoundingClientRect();
    const shown = getComputedStyle(cell).overflow === "hidden" ? cell : cell.firstElementChild ?? cell;
    const content = shown.getBoundingClientRect();
    return { name: cell.className, left, right, top, bottom, end: content.right };
  }).filter(({ left, right }) => right > left);
  return boxes.flatMap((a) =>
    boxes.filter((b) => a !== b && a.top < b.bottom && b.top < a.bottom && a.left < b.left &&
      a.end > b.left + 0.5).map((b) => a.name + " over " + b.name)
  );
})`;

/** Scrolls to the end of the list. */
const SCROLL = `(() => {
  const list = document.querySelector("[role=grid]");
  list.scrollTo(0, list.scrollHeight);
  return Number(list.getAttribute("aria-rowcount")) - 1;
})()`;

/** This many traces with one span each, the newest last. */
function traces(first: number, count: number, method = "GET") {
  const spans = Array.from({ length: count }, (_, i) => ({
    traceId: String(first + i).padStart(32, "0"),
    spanId: "1".padStart(16, "0"),
    name: `${method} /${first + i}`,
    kind: 2,
    startTimeUnixNano: nanosAt(first + i),
    endTimeUnixNano: nanosAt(first + i + 1),
  }));
  return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
}
