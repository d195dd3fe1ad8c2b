import { assert, assertEquals, assertMatch } from "@std/assert";
import { dashboardHtml } from "../../../lib/workshop/rules/dashboard.ts";
import type { Panel, Point } from "../../../lib/workshop/rules/panels.ts";
import { overhangPixels, seriousViolations } from "../../helpers/axe.ts";
import { testInBrowser, withPage } from "../../helpers/browser.ts";

const RANGE = { from: 0, to: 300_000, stepMillis: 5000 };

function panel(given: Partial<Panel>, ...points: Point[]): Panel {
  const series = points.length > 0 ? [{ name: "", points }] : [];
  return { name: "rate", isAlert: false, expr: "sum(a)", series, ...given };
}

function page(...panels: Panel[]): string {
  return dashboardHtml({ file: "red.rules.yaml", range: RANGE, panels, everySeconds: 3600 });
}

/** The lines of all charts. */
function paths(html: string): string[] {
  return [...html.matchAll(/ d="([^"]*)"/g)].map(([, path = ""]) => path);
}

Deno.test("a chart has a line with a gap where there was no result", () => {
  const values: Point[] = [[0, 0], [5000, 4], [150_000, 2], [295_000, 4], [300_000, 4]];
  const html = page(panel({}, ...values));
  // From the bottom (146) to the top (10), and from the left (48) to the right (392).
  assertEquals(paths(html), ["M48.0 146.0L53.7 10.0M220.0 78.0h1M386.3 10.0L392.0 10.0"]);
  assertMatch(html, /<p class="now">4<\/p>/);
});

Deno.test("an alert fires while its query has a result now", () => {
  const fires = page(panel({ isAlert: true }, [300_000, 0.2]));
  assertMatch(fires, /class="alert fires"/);
  assertMatch(fires, /fires: 0.2/);
  for (const points of [[[295_000, 0.2]], []] as Point[][]) {
    const quiet = page(panel({ isAlert: true }, ...points));
    assert(!quiet.includes('class="alert fires"'));
    assertMatch(quiet, /n(&#39;|')t fire/);
  }
});

Deno.test("a panel without a chart says why, and texts stay texts", () => {
  const html = page(panel({ problem: "It isn't <b>valid</b>.", expr: "a < 1" }));
  assertEquals(paths(html), []);
  assert(!html.includes("<b>"));
  assertMatch(html, /a &lt; 1/);
});

Deno.test("several series have a legend", () => {
  const series = ["a=1", "a=2"].map((name) => ({ name, points: [[0, 1], [5000, 2]] as const }));
  const html = page(panel({ series }));
  assertEquals(paths(html).length, 2);
  assertMatch(html, /<li class="line-1">a=2<\/li>/);
  assertMatch(html, /no result now/);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 1440]) {
    testInBrowser(`the dashboard is accessible, ${colorScheme}, ${width} pixels wide`, async () => {
      await withPage({ width, colorScheme }, async (tab) => {
        const long = "sum(rate(http_server_request_duration_seconds_count[1m]))";
        await tab.setContent(page(
          panel({ expr: long }, [0, 1], [300_000, 3]),
          panel({ name: "Fails", isAlert: true }, [295_000, 1], [300_000, 1]),
          panel({ problem: "It has no expr yet.", expr: "" }),
        ));
        assertEquals(await overhangPixels(tab), 0);
        assertEquals(await seriousViolations(tab), []);
        const boxes = await Promise.all(
          (await tab.locator("section").all()).map((one) => one.boundingBox()),
        );
        const rows = new Set(boxes.map((box) => box!.y)).size;
        assertEquals(rows, width === 320 ? 3 : 1);
      });
    });
  }
}
