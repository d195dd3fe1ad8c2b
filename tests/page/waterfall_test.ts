import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { seriousViolations } from "../helpers/axe.ts";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { type PageTrace, snapshotOf, startPageCollector } from "../helpers/page_collector.ts";
import {
  attributes,
  repeatingTrace,
  shopTrace,
  sketchTrace,
  spanId,
} from "../helpers/page_traces.ts";

const SHOP = shopTrace();
const REPEATING = repeatingTrace(140);

testInBrowser("equal spans are one row, which a click or a key unfolds, in the URL", async () => {
  await using collector = startPageCollector([REPEATING]);
  await withPage({}, async (page) => {
    await open(page, collector.url, REPEATING);
    const rows = page.getByRole("treegrid").getByRole("row");
    const fold = rows.filter({ hasText: "× 140" });
    await fold.getByText("sum 980 ms").waitFor();
    await fold.getByText("N+1?").waitFor();
    await fold.getByText("✕ 1").waitFor();
    assertEquals(await rows.count(), 4);
    assertEquals(await fold.getAttribute("aria-expanded"), "false");
    await fold.click();
    await page.waitForURL(/rows=some\.0{9}c0{6}\*/);
    assertEquals(await page.getByRole("treegrid").getAttribute("aria-rowcount"), "144");
    await page.reload();
    await rows.nth(4).waitFor();
    assertEquals(await page.getByRole("treegrid").getAttribute("aria-rowcount"), "144");
    await fold.click();
    await page.waitForURL((url) => !url.searchParams.has("rows"));
    for (const key of ["Home", "j", "j", "Enter"]) await page.keyboard.press(key);
    await page.waitForURL(/rows=some/);
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL((url) => !url.searchParams.has("rows"));
    await page.keyboard.press("*");
    await page.waitForURL(/rows=open/);
  });
});

testInBrowser("the head says what the trace waited for, equal spans together", async () => {
  const trace = repeatingTrace(180);
  await using collector = startPageCollector([trace]);
  await withPage({}, async (page) => {
    await open(page, collector.url, trace);
    await page.getByText("critical path: 63%").waitFor();
    await page.getByRole("link", { name: "180 × SELECT items" }).click();
    await page.getByRole("region", { name: "Span" }).getByText("CLIENT").waitFor();
  });
});

testInBrowser("thousands of equal spans are drawn with a few elements", async () => {
  const many = repeatingTrace(5_000, (index) => ({ atMillis: 10 + index / 3, forMillis: 0.1 }));
  await using collector = startPageCollector([many]);
  await withPage({}, async (page) => {
    await open(page, collector.url, many);
    await page.getByText("× 5").waitFor();
    // The parent's part of the critical path is in the gaps between them.
    assert(await page.locator(".span-time > *").count() < 1_300);
  });
});

testInBrowser("going to an error or a link opens the fold around it", async () => {
  await using collector = startPageCollector([REPEATING]);
  await withPage({}, async (page) => {
    await open(page, collector.url, REPEATING);
    await page.keyboard.press("e");
    await page.getByRole("row", { selected: true }).filter({ hasText: "SELECT items" }).waitFor();
    assertMatch(page.url(), /span=0{9}c000003/);
    // A span far away gets to the middle of the list.
    await page.goto(`${page.url().replace(/c000003/, "c000046")}`);
    const selected = page.getByRole("row", { selected: true }).filter({ hasText: "SELECT" });
    await selected.waitFor();
    const list = (await page.getByRole("treegrid").boundingBox())!;
    const { y } = (await selected.boundingBox())!;
    assert(Math.abs(y + 13 - (list.y + list.height / 2)) < 60, `${y}`);
    assertEquals(await page.getByRole("treegrid").getAttribute("aria-rowcount"), "144");
  });
});

testInBrowser(
  "the minimap zooms by dragging, keys, and the wheel, and the URL has it",
  async () => {
    await using collector = startPageCollector([SHOP]);
    await withPage({}, async (page) => {
      await open(page, collector.url, SHOP);
      const minimap = page.getByRole("slider", { name: "Visible time" });
      const { x, y, width } = (await minimap.boundingBox())!;
      await page.mouse.move(x + width / 2, y + 10);
      await page.mouse.down();
      await page.mouse.move(x + width - 1, y + 10, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/zoom=9\d{7}-18\d{7}/);
      await page.locator(".axis").getByText("100 ms").waitFor();
      assertEquals(await page.locator(".axis").getByText("0", { exact: true }).count(), 0);
      assertMatch(await minimap.getAttribute("aria-valuetext") ?? "", /^91\.\d ms to 182 ms$/);
      await page.reload();
      await page.locator(".axis").getByText("100 ms").waitFor();

      const shown = () => new URL(page.url()).searchParams.get("zoom")!.split("-").map(Number);
      const [start, end] = shown() as [number, number];
      await page.keyboard.press("h");
      await page.waitForFunction(`!location.search.includes("zoom=${start}-")`);
      assert(shown()[0]! < start);
      await page.keyboard.press("+");
      await page.waitForFunction(`!location.search.includes("-${end}")`);
      await page.keyboard.press("0");
      await page.waitForURL((url) => !url.searchParams.has("zoom"));

      // To the time of a span, and further by dragging the axis.
      for (const key of ["Home", "j", "z"]) await page.keyboard.press(key);
      await page.waitForURL(/zoom=950000-24050000/);
      const axis = (await page.locator(".axis-marks").boundingBox())!;
      await page.mouse.move(axis.x + axis.width / 2, axis.y + 10);
      await page.mouse.down();
      await page.mouse.move(axis.x, axis.y + 10, { steps: 3 });
      await page.mouse.up();
      await page.waitForURL(/zoom=1[23]\d{6}-35\d{6}/);
      await page.keyboard.press("0");
      await page.waitForURL((url) => !url.searchParams.has("zoom"));

      await page.mouse.move(x + width / 4, y + 10);
      await page.mouse.wheel(0, -300);
      await page.waitForURL(/zoom=/);
      await minimap.dblclick();
      await page.waitForURL((url) => !url.searchParams.has("zoom"));
      await minimap.focus();
      await page.keyboard.press("ArrowUp");
      await page.waitForURL(/zoom=/);
      await page.keyboard.press("Home");
      await page.waitForURL((url) => !url.searchParams.has("zoom"));
    });
  },
);

testInBrowser("panes are resized by pointer and keys, and stay so", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await open(page, collector.url, SHOP, `?span=${spanId("c1")}`);
    for (
      const [name, key] of [["Width of the names", "ArrowRight"], [
        "Size of the details",
        "ArrowLeft",
      ]]
    ) {
      const splitter = page.getByRole("separator", { name: name! });
      const size = async () => Number(await splitter.getAttribute("aria-valuenow"));
      const initial = await size();
      await splitter.focus();
      await page.keyboard.press(key!);
      assertEquals(await size(), initial + 2);
      const { x, y } = (await splitter.boundingBox())!;
      const by = key === "ArrowRight" ? 100 : -100;
      await page.mouse.move(x, y + 20);
      await page.mouse.down();
      await page.mouse.move(x + by, y + 20, { steps: 3 });
      await page.mouse.up();
      const dragged = await size();
      assert(dragged > initial + 6, `${dragged}`);
      await page.reload();
      await splitter.waitFor();
      assertEquals(await size(), dragged);
      await splitter.dblclick();
      assertEquals(await size(), initial);
    }
  });
});

testInBrowser("the search marks matches, counts them, and goes from one to the next", async () => {
  await using collector = startPageCollector([SHOP, REPEATING]);
  await withPage({}, async (page) => {
    await open(page, collector.url, SHOP);
    await page.keyboard.press("/");
    await page.keyboard.type("service:ledger duration>10ms");
    await page.getByText("2 matches").waitFor();
    const marked = page.locator(".span-row.found");
    assertEquals(await marked.count(), 2);
    await page.keyboard.press("Enter");
    await page.getByText("1 of 2").waitFor();
    await page.keyboard.press("Shift+Enter");
    await page.getByText("2 of 2").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.getByText("1 of 2").waitFor();
    assertEquals(await current(page), "INSERT payments");
    await page.keyboard.press("N");
    await page.getByText("2 of 2").waitFor();
    assertEquals(await current(page), "SELECT balance");
    assertMatch(page.url(), /find=service%3Aledger\+duration%3E10ms/);

    await open(page, collector.url, SHOP, `?find=division`);
    await page.getByText("1 match").waitFor();
    await page.getByLabel("Find in this trace").fill("nowhere");
    await page.getByText("no match").waitFor();

    // A match within a fold.
    await open(page, collector.url, REPEATING, "?find=SELECT+status:error");
    await page.getByText("1 match").waitFor();
    await page.locator(".span-row.found").filter({ hasText: "× 140" }).waitFor();
    await page.keyboard.press("n");
    await page.getByText("1 of 1").waitFor();
    assertEquals(await page.getByRole("treegrid").getAttribute("aria-rowcount"), "144");
  });
});

testInBrowser("a client span says which service it calls, in its row and its details", async () => {
  await using collector = startPageCollector([SHOP]);
  await withPage({}, async (page) => {
    await open(page, collector.url, SHOP, `?span=${spanId("a3")}`);
    await page.getByRole("row").getByText("→ payments-with-a-rather-long-service-name").waitFor();
    const detail = page.getByRole("region", { name: "Span" });
    await detail.getByText("calls").waitFor();
  });
});

testInBrowser("a GenAI span shows its messages as a conversation, in text only", async () => {
  const markup = "<img src=x onerror=window.hacked=1> **bold** [a](javascript:1)";
  const messages = [
    { role: "user", parts: [{ type: "text", content: markup }] },
    {
      role: "assistant",
      parts: [{ type: "tool_call", name: "weather", arguments: { at: "Paris" } }],
    },
  ];
  const trace = sketchTrace("9".repeat(32), [{
    id: "a1",
    serviceName: "bot",
    name: "chat gpt-x",
    kind: 3,
    atMillis: 0,
    forMillis: 9,
    attributes: attributes({
      "gen_ai.request.model": "gpt-x",
      "gen_ai.input.messages": JSON.stringify(messages),
      "gen_ai.output.messages": [
        {
          role: "assistant",
          parts: [{ type: "text", content: "x".repeat(3_000) }],
          finish_reason: "length",
        },
      ],
    }),
  }]);
  await using collector = startPageCollector([trace]);
  await withPage({}, async (page) => {
    await open(page, collector.url, trace);
    const conversation = page.getByRole("region", { name: "Conversation" });
    await conversation.getByText(markup).waitFor();
    await conversation.getByText("tool call weather").waitFor();
    await conversation.getByText("finished: length").waitFor();
    assertEquals(await conversation.locator("img, a, strong").count(), 0);
    assertEquals(await page.evaluate("window.hacked"), undefined);
    assertEquals(await page.getByText("gen_ai.input.messages").count(), 0);
    await page.getByText("gen_ai.request.model").waitFor();
    await conversation.getByRole("button", { name: /Show all 3.000 characters/ }).click();
    await conversation.getByText("x".repeat(3_000), { exact: true }).waitFor();
    assertEquals(await seriousViolations(page), []);
  });
});

testInBrowser("the file of a trace folds, zooms, and finds, too", async () => {
  await withPage({}, async (page) => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/trace.html`, await snapshotOf(REPEATING));
      await page.goto(`file://${folder}/trace.html`);
      const fold = page.getByRole("row").filter({ hasText: "× 140" });
      await fold.click();
      await page.waitForURL(/#rows=some/);
      await page.keyboard.press("+");
      await page.waitForURL(/zoom=/);
      await page.keyboard.press("/");
      await page.keyboard.type("end");
      await page.waitForURL(/find=end/);
      await page.getByText(/\d match/).waitFor();
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});

async function open(page: Page, url: string, trace: PageTrace, query = ""): Promise<void> {
  await page.goto(`${url}/traces/${trace.summary.traceId}${query}`);
  await page.getByRole("treegrid").getByRole("row").first().waitFor();
}

/** The name of the span in the selected row. */
async function current(page: Page): Promise<string | undefined> {
  const text = await page.getByRole("row", { selected: true }).locator(".cut").textContent();
  return text?.split(",")[0];
}
