import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { seriousViolations } from "../helpers/axe.ts";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { attributes, nanosAt, shopTrace } from "../helpers/page_traces.ts";

const SHOP = shopTrace();

/** Two instances with a counter by route and a histogram, and another metric. */
async function startFilled() {
  const collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "traces", SHOP.data);
  const exemplars = [{
    timeUnixNano: nanosAt(-5000),
    asDouble: 0.07,
    traceId: SHOP.summary.traceId,
    spanId: SHOP.summary.root.spanId,
  }];
  for (const instance of ["pod-1", "pod-2"]) {
    const dataPoints = ["/a", "/b"].flatMap((route) =>
      [1, 2, 3].map((round) => ({
        startTimeUnixNano: nanosAt(-10_000),
        timeUnixNano: nanosAt(round * 10_000),
        asDouble: round * 100,
        attributes: attributes({ "http.route": route }),
      }))
    );
    await sendOtlp(collector.httpUrl, "metrics", {
      resourceMetrics: [{
        resource: {
          attributes: attributes({ "service.name": "shop", "service.instance.id": instance }),
        },
        scopeMetrics: [{
          scope: { name: "shop" },
          metrics: [
            {
              name: "orders",
              unit: "{order}",
              sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints },
            },
            {
              name: "request.duration",
              unit: "s",
              histogram: {
                aggregationTemporality: 1,
                dataPoints: [0, 1].map((round) => ({
                  startTimeUnixNano: nanosAt((round - 1) * 10_000),
                  timeUnixNano: nanosAt(round * 10_000),
                  count: "6",
                  sum: 0.4,
                  explicitBounds: [0.05, 0.1],
                  bucketCounts: ["0", "5", "1"],
                  ...round === 0 && { exemplars },
                })),
              },
            },
          ],
        }],
      }],
    });
  }
  return collector;
}

testInBrowser("metrics are found by name, and the search is part of the URL", async () => {
  await using collector = await startFilled();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics`);
    await page.getByText("2 metrics of 1 service").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("duration");
    await page.getByText("1 metric of 1 service").waitFor();
    assertEquals(await page.locator(".card h2").allTextContents(), ["request.duration"]);
    assertMatch(page.url(), /\/metrics\?q=duration$/);
    await page.getByLabel("Search").fill("nothing");
    await page.getByText("No metrics match").waitFor();
    await page.getByText("Show all metrics").click();
    await page.getByText("2 metrics of 1 service").waitFor();
  });
});

testInBrowser("instances are one line, and another attribute can group them", async () => {
  await using collector = await startFilled();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics/orders`);
    const legend = page.locator(".legend");
    // Each instance counts 10 a second for each route.
    await legend.getByText("http.route=/a 20 orders/s").waitFor();
    assertEquals(await legend.locator("li").count(), 3);
    await page.getByLabel("Group by").selectOption("service.instance.id");
    await legend.getByText("pod-2 20 orders/s").waitFor();
    assertMatch(page.url(), /\?group=service\.instance\.id$/);
    await page.reload();
    await legend.getByText("pod-2 20 orders/s").waitFor();
    await page.getByLabel("Time range").selectOption("last 5 min");
    await page.getByText("No points in this time range.").waitFor();
  });
});

testInBrowser("the legend has the values under the pointer, and of the arrow keys", async () => {
  await using collector = await startFilled();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics/orders`);
    const legend = page.locator(".legend");
    await legend.getByText("last", { exact: true }).waitFor();
    const chart = page.getByRole("application", { name: /^orders over time/ });
    await chart.locator("canvas").waitFor();
    await chart.focus();
    await page.keyboard.press("Home");
    // The first point covers 20 s, with 100 of each instance.
    await legend.getByText("http.route=/a 10 orders/s").waitFor();
    await page.keyboard.press("ArrowRight");
    await legend.getByText("http.route=/a 20 orders/s").waitFor();
    const { x, y, width, height } = (await chart.locator(".u-over").boundingBox())!;
    await page.mouse.move(x + 5, y + height / 2);
    await legend.getByText("http.route=/a 10 orders/s").waitFor();
    await page.mouse.move(x + width - 5, y + height / 2);
    await legend.getByText("http.route=/a 20 orders/s").waitFor();
  });
});

testInBrowser("a histogram is a heat map, whose exemplars open their traces", async () => {
  await using collector = await startFilled();
  await withPage({ reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics/request.duration`);
    const map = page.getByRole("application", { name: /^Distribution of request.duration/ });
    await map.locator(".heat-cell").first().waitFor();
    assertEquals(await map.locator(".heat-cell").count(), 4);
    assertEquals(await seriousViolations(page), []);
    await map.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    await map.getByText("10 above 50 ms up to 100 ms · exemplar of 70 ms").waitFor();
    const { x, y, width, height } = (await map.locator(".exemplar").first().boundingBox())!;
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.getByRole("heading", { name: "POST /checkout", level: 1 }).waitFor();
  });
});

const LONG_NAME = `a.${"very.long.".repeat(9)}name`;

/** Gauges with points of their own kind each: a NaN, and one point in each of three series. */
async function startOddGauges() {
  const collector = await startLiveCollector();
  const at = (round: number) => nanosAt(round * 10_000);
  await sendOtlp(collector.httpUrl, "metrics", {
    resourceMetrics: [{
      resource: { attributes: attributes({ "service.name": "shop" }) },
      scopeMetrics: [{
        scope: { name: "shop" },
        metrics: [
          {
            name: "ratio",
            gauge: {
              dataPoints: [0.5, "NaN"].map((asDouble, round) => ({
                timeUnixNano: at(round),
                // OTLP JSON has strings for what JSON has no number for.
                asDouble: asDouble as number,
              })),
            },
          },
          {
            name: LONG_NAME,
            gauge: {
              dataPoints: [1, 2, 3].map((round) => ({
                timeUnixNano: at(round),
                asDouble: round,
                attributes: attributes({ round }),
              })),
            },
          },
        ],
      }],
    }],
  });
  return collector;
}

testInBrowser("a card's legend says NaN, as the metric's table does", async () => {
  await using collector = await startOddGauges();
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics?q=ratio`);
    await page.locator(".legend").getByText("shop NaN").waitFor();
    await page.goto(`${collector.uiUrl}/metrics/ratio`);
    await page.locator(".legend").getByText("shop NaN").waitFor();
    await page.locator(".series").getByText("NaN").waitFor();
  });
});

testInBrowser("series that differ only in their scope have labels of their own", async () => {
  await using collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "metrics", {
    resourceMetrics: [{
      resource: { attributes: attributes({ "service.name": "shop" }) },
      scopeMetrics: ["1", "2"].map((version) => ({
        scope: { name: "shop", version },
        metrics: [{
          name: "size",
          gauge: { dataPoints: [{ timeUnixNano: nanosAt(0), asDouble: Number(version) }] },
        }],
      })),
    }],
  });
  await withPage({}, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics/size`);
    await page.locator(".legend").getByText("shop scope.version=2 2").waitFor();
    const cells = page.locator(".series tbody td.mono");
    assertEquals(await cells.allTextContents(), ["scope.version=1", "scope.version=2"]);
  });
});

testInBrowser("a line of one point is visible, and a long name is whole on a phone", async () => {
  await using collector = await startOddGauges();
  await withPage({ width: 390 }, async (page) => {
    await page.goto(`${collector.uiUrl}/metrics/${LONG_NAME}`);
    await page.locator(".chart canvas").waitFor();
    for (const color of ["--service-0", "--service-1", "--service-2"]) {
      assert(await countPixels(page, color) > 4, `no point in ${color}`);
    }
    const heading = page.getByRole("heading", { level: 1 });
    const { x, width } = (await heading.boundingBox())!;
    assert(x + width <= 390, `the heading ends at ${x + width}`);
    assertEquals(await heading.evaluate((h1) => h1.scrollWidth - h1.clientWidth), 0);
  });
});

/** How many pixels of the chart have the color of a custom property. */
function countPixels(page: Page, property: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const canvas = document.querySelector(".chart canvas");
    const probe = document.createElement("span");
    probe.style.color = "var(${property})";
    canvas.parentElement.append(probe);
    const color = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
    probe.remove();
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (color.every((part, i) => Math.abs(data[at + i] - part) < 8)) count++;
    }
    return count;
  })()`);
}
