import { assert, assertEquals } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { pageTrace, startPageCollector } from "../helpers/page_collector.ts";
import {
  nanosAt,
  repeatingTrace,
  shopTrace,
  sketchTrace,
  START_UNIX_MS,
} from "../helpers/page_traces.ts";

const VIEWS = ["/", "/traces", "/logs", "/metrics", "/services", "/exports", "/guide", "/tutorial"];

testInBrowser("no view requests what the collector doesn't have", async () => {
  await using collector = await startLiveCollector();
  const { data } = shopTrace(undefined, Date.now() - START_UNIX_MS);
  await sendOtlp(collector.httpUrl, "traces", data);
  await withPage({}, async (page) => {
    const failed: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    for (const path of VIEWS) {
      await page.goto(`${collector.uiUrl}${path}`);
      await page.waitForLoadState();
      await page.locator("main :is(h1, h2)").first().waitFor();
    }
    await page.goto(`${collector.uiUrl}/services`);
    await page.getByRole("heading", { name: "web-gateway" }).waitFor();
    assertEquals(failed, []);
  });
});

testInBrowser("the map of services says what its numbers are, and clips no label", async () => {
  await using collector = await startLiveCollector();
  const { data } = shopTrace(undefined, Date.now() - START_UNIX_MS);
  await sendOtlp(collector.httpUrl, "traces", data);
  for (const width of [1280, 390]) {
    await withPage({ width }, async (page) => {
      await page.goto(`${collector.uiUrl}/services`);
      const labels = page.locator(".map-edge text");
      await labels.first().waitFor();
      for (const text of await labels.allTextContents()) {
        assert(/^(✕ )?\d+ calls?(, \d+ failed)?$/.test(text), text);
      }
      const clipped = await page.locator(".service-map svg text").evaluateAll((texts) =>
        texts.filter((text) => {
          const room = (text.closest("a")?.querySelector("rect") ?? text.closest("svg"))!
            .getBoundingClientRect();
          const { left, right, top } = text.getBoundingClientRect();
          return left < room.left || right > room.right || top < room.top;
        }).map(({ textContent }) => textContent)
      );
      assertEquals(clipped, []);
    });
  }
});

testInBrowser("narrow frames of the flame graph stay within their parents", async () => {
  const at = (millis: number) => nanosAt(millis);
  const serviceName = "shop";
  const spans = [
    { id: 1, parent: 0, name: "GET /", start: 0, end: 1000 },
    { id: 2, parent: 1, name: "wide", start: 0, end: 900 },
    { id: 3, parent: 1, name: "narrow", start: 900, end: 930 },
    ...Array.from({ length: 10 }, (_, i) => (
      { id: 10 + i, parent: 3, name: `child ${i}`, start: 900 + 3 * i, end: 903 + 3 * i }
    )),
  ].map(({ id, parent, name, start, end }) => ({
    serviceName,
    traceId: "ab".repeat(16),
    spanId: String(id).padStart(16, "0"),
    ...parent > 0 && { parentSpanId: String(parent).padStart(16, "0") },
    name,
    startTimeUnixNano: at(start),
    endTimeUnixNano: at(end),
  }));
  await using collector = startPageCollector([pageTrace(spans)]);
  await withPage({}, async (page) => {
    await page.goto(`${collector.url}/traces/${"ab".repeat(16)}?view=flame`);
    await page.locator(".flame-frame").first().waitFor();
    const edges = await page.locator(".flame-frame").evaluateAll((frames) =>
      frames.map((frame) => {
        const { left, right } = frame.getBoundingClientRect();
        return { title: frame.getAttribute("title") ?? "", left, right };
      })
    );
    const parent = edges.find(({ title }) => title.startsWith("narrow"))!;
    const children = edges.filter(({ title }) => title.startsWith("child"));
    assertEquals(children.length, 10);
    for (const { title, left, right } of children) {
      assert(left >= parent.left - 1 && right <= parent.right + 1, title);
    }
  });
});

testInBrowser("on a narrow screen, what an empty view says and suggests fits", async () => {
  await using collector = await startLiveCollector();
  await withPage({ width: 390 }, async (page) => {
    for (const path of ["/traces", "/logs", "/metrics", "/services", "/exports", "/guide"]) {
      await page.goto(`${collector.uiUrl}${path}`);
      await page.locator(".message h2").first().waitFor();
      const wide = await page.locator(".message > *").evaluateAll((parts) =>
        parts.filter((part) => part.getBoundingClientRect().right > 390)
          .map(({ textContent }) => textContent)
      );
      assertEquals(wide, [], path);
    }
  });
});

testInBrowser("on a narrow screen, the navigation shows the current view", async () => {
  await using collector = await startLiveCollector();
  await withPage({ width: 390 }, async (page) => {
    await page.goto(`${collector.uiUrl}/exports`);
    await page.getByText("No requests yet").waitFor();
    const box = await page.getByRole("link", { name: "Exports" }).boundingBox();
    assert(box && box.x + box.width <= 390, JSON.stringify(box));
  });
});

testInBrowser("tables of exports and routes fit, even with many and long names", async () => {
  await using collector = await startLiveCollector();
  const atMillis = Date.now() - START_UNIX_MS;
  const spans = Array.from({ length: 9 }, (_, i) => ({
    id: `a${i}`,
    serviceName: `a-service-with-a-rather-long-name-${i}`,
    name: "an operation whose name is much longer than what fits next to its numbers ".repeat(2),
    kind: 2,
    atMillis: atMillis + i,
    forMillis: 120,
  }));
  const inner = { id: "b1", serviceName: "inner", name: "job", kind: 1, atMillis, forMillis: 1 };
  const { data } = sketchTrace("cd".repeat(16), [...spans, inner]);
  await sendOtlp(collector.httpUrl, "traces", data);
  const refused = { ...data.resourceSpans![0]!.scopeSpans![0]!.spans![0]!, spanId: "no ID" };
  await sendOtlp(collector.httpUrl, "traces", {
    resourceSpans: [{ scopeSpans: [{ spans: [refused] }] }],
  });
  for (const width of [1024, 390]) {
    await withPage({ width }, async (page) => {
      for (const [path, ready] of [["/exports", ".reason"], ["/services", ".routes tbody tr"]]) {
        await page.goto(`${collector.uiUrl}${path}`);
        await page.locator(ready!).first().waitFor();
        const hidden = await page.locator(".scroll-x").evaluateAll((all) =>
          all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
        );
        assert(hidden.length > 0);
        const most = Math.max(...hidden);
        assert(most <= 0, `${path} hides ${most} px at ${width} px`);
      }
    });
  }
});

testInBrowser("on a phone, a fold has its name, and a duration is not on half a bar", async () => {
  const short = sketchTrace("ef".repeat(16), [
    { id: "a1", serviceName: "shop", name: "GET /", kind: 2, atMillis: 0, forMillis: 1000 },
    { id: "b1", parent: "a1", serviceName: "shop", name: "end", atMillis: 800, forMillis: 180 },
  ]);
  const repeating = repeatingTrace(140);
  await using collector = startPageCollector([short, repeating]);
  await withPage({ width: 390 }, async (page) => {
    await page.goto(`${collector.url}/traces/${repeating.summary.traceId}`);
    const name = page.locator(".span-row", { hasText: "× 140" }).locator(".span-name .cut");
    const { width } = (await name.boundingBox())!;
    assert(width >= 50, `the name of the fold has ${width} px`);
    await page.goto(`${collector.url}/traces/${short.summary.traceId}`);
    const row = page.locator(".span-row", { hasText: "end" });
    const label = (await row.locator(".bar-label").boundingBox())!;
    const bar = (await row.locator(".bar").boundingBox())!;
    assert(
      label.x + label.width <= bar.x + 1,
      `${label.x} to ${label.x + label.width} on ${bar.x}`,
    );
  });
});
