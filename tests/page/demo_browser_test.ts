import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { keepScreenshot, testInBrowser, withPage } from "../helpers/browser.ts";
import { withDemo } from "../helpers/live_page.ts";
import { WITH_PORT_5000 } from "../helpers/needs.ts";

const MODES = ["base", "manual", "middleware", "auto"];
/** The division by zero in each file. */
const DIVISION = "1n / 0n";

testInBrowser("the demo's first screen sends one request to all four modes", async (t) => {
  await withDemo(async ({ url }) => {
    await withPage({ width: 1440 }, async (page) => {
      await page.goto(url);
      await page.getByRole("heading", { name: "One request, four ways to watch it" }).waitFor();
      await page.getByText("Send all four the same request").waitFor();
      assertEquals(await page.locator(".column h2").allTextContents(), MODES);
      assertEquals(
        await page.getByRole("link", { name: "Compare" }).getAttribute("href"),
        "/compare",
      );

      await page.getByRole("button", { name: "GET /error", exact: true }).click();
      await page.getByText(/last: GET \/error, \d\d:\d\d:\d\d/).waitFor();
      await page.getByText("Every client saw the same error").waitFor();
      for (const mode of MODES) {
        await column(page, mode).getByText("500 Internal Server Error").first().waitFor();
      }

      await t.step("base shows the answer, and nothing more", async () => {
        const base = column(page, "base");
        await base.getByText("nothing else").waitFor();
        await base.getByText("Why did it fail?").waitFor();
        assertEquals(await base.getByRole("link").allTextContents(), ["code", "tutorial"]);
        assertEquals(await factsOf(base), {});
      });

      await t.step("manual shows its spans, its event, and where the error is", async () => {
        const manual = column(page, "manual");
        await manual.getByRole("link", { name: "trace" }).waitFor();
        const { duration: _, event, ...facts } = await factsOf(manual);
        assertMatch(event ?? "", /^root_event at [\d.]+ (µs|ms)$/);
        const line = await lineOf("apps/manual.ts", DIVISION);
        assertEquals(facts, {
          span: "✕ root",
          exception: `✕ RangeError: Division by zero apps/manual.ts:${line}`,
        });
        assertEquals(await manual.locator(".row-route").innerText(), "Route\nnot known");
      });

      await t.step("middleware shows route, status, and where the error is", async () => {
        const shown = column(page, "middleware");
        await shown.getByRole("link", { name: "trace" }).waitFor();
        const { duration: _, headers, ...facts } = await factsOf(shown);
        assertMatch(headers ?? "", /^\d+ headers$/);
        assertEquals(facts, await httpFacts("apps/middleware.ts"));
      });

      await t.step("auto shows the same from outside, and the log record", async () => {
        const auto = column(page, "auto");
        await auto.getByText("median of all requests").waitFor();
        await auto.getByRole("link", { name: "logs" }).waitFor();
        const { duration: _, ...facts } = await factsOf(auto);
        assertEquals(facts, {
          ...await httpFacts("apps/base.ts"),
          logs: "ERROR RangeError: Division by zero",
        });
      });

      await t.step("rows align across the columns", async () => {
        for (const row of ["code", "answer", "known", "span", "exception", "duration", "next"]) {
          const tops = await page.locator(`.row-${row}`).evaluateAll((cells) =>
            cells.map((cell) => cell.getBoundingClientRect().top)
          );
          assertEquals([row, tops.length, new Set(tops).size], [row, 5, 1]);
        }
      });
      await keepScreenshot(page, "demo-compare-error-light-1440");

      await t.step("the address holds the request: a reload shows the same one", async () => {
        const address = page.url();
        assertMatch(address, /\?path=%2Ferror&run=\w{8}$/);
        const sent = await page.locator(".sender [role=status]").innerText();
        await page.reload();
        await page.getByText(sent).waitFor();
        await column(page, "auto").getByRole("link", { name: "trace" }).waitFor();
        await page.getByRole("link", { name: "Traces", exact: true }).click();
        await page.getByRole("link", { name: "Compare" }).click();
        await page.getByText(sent).waitFor();
        assertEquals(page.url().split("?")[1], address.split("?")[1]);
      });

      await t.step("an address from elsewhere sends the request", async () => {
        await page.goto(`${url}/compare?path=/&run=unknown1`);
        await page.getByText(/last: GET \/, /).waitFor();
        for (const mode of MODES) await column(page, mode).getByText("Hello, World!").waitFor();
        await column(page, "auto").locator(".row-route").getByText("/", { exact: true }).waitFor();
        await column(page, "manual").getByText("root_event").waitFor();
        assertEquals(await page.getByText("RangeError").count(), 0);
        assert(!page.url().includes("unknown1"));
      });

      await t.step("another path is sent as typed, and explains why nobody knows it", async () => {
        await page.getByLabel("Another path").fill("/nowhere?x=1");
        await page.keyboard.press("Enter");
        await page.getByText("last: GET /nowhere?x=1").waitFor();
        await page.getByText("No route has this path").waitFor();
        await column(page, "manual").getByText("no handler ran, so nobody wrote a span").waitFor();
        await column(page, "auto").locator(".row-status").getByText("404").waitFor();
      });
    });
  });
}, WITH_PORT_5000);

testInBrowser("the demo shows what each mode costs in code, from the real files", async () => {
  await withDemo(async ({ url }) => {
    await withPage({}, async (page) => {
      await page.goto(url);
      const base = await sourceLines("apps/base.ts");
      for (
        const [mode, file] of [["manual", "apps/manual.ts"], ["middleware", "apps/middleware.ts"]]
      ) {
        const own = await sourceLines(file!);
        const common = commonLines(base, own);
        const added = own.length - common;
        const shown = column(page, mode!);
        await shown.getByText(`+${added} lines`, { exact: true }).waitFor();
        await shown.getByRole("link", { name: "code" }).click();
        await page.getByRole("heading", { name: file! }).waitFor();
        assertMatch(page.url(), new RegExp(`\\?code=${mode}$`));
        assertEquals(await codeLines(page, ":not(.removed)"), own);
        const marked = await codeLines(page, ".added");
        assertEquals(marked.length, added);
        assertEquals((await codeLines(page, ".removed")).length, base.length - common);
        assert(marked.some((line) => line.includes("opentelemetry")));
        const lefts = await page.locator(".line-text").evaluateAll((lines) =>
          lines.map((line) => line.getBoundingClientRect().left)
        );
        assertEquals(new Set(lefts).size, 1, "added lines are shifted");
        assertEquals(await overhangs(page), { page: false, code: true });
        await page.getByRole("link", { name: "Back to all four" }).click();
      }
      await column(page, "auto").getByText("+0 lines", { exact: true }).waitFor();
      await column(page, "base").getByText("nothing: no telemetry", { exact: true }).waitFor();
      await page.goto(`${url}/compare?code=auto`);
      await page.getByRole("heading", { name: "apps/base.ts" }).waitFor();
      assertEquals(await page.locator(".code li.added").count(), 0);
    });
  });
}, WITH_PORT_5000);

testInBrowser(
  "the demo leads from a column to the trace, the services and the tutorial",
  async (t) => {
    await withDemo(async ({ url }) => {
      await withPage({}, async (page) => {
        await page.goto(url);
        await page.getByRole("button", { name: "GET /error", exact: true }).click();

        await t.step("the trace has its own URL", async () => {
          await column(page, "auto").getByRole("link", { name: "trace" }).click();
          await page.getByRole("heading", { name: "GET /error", level: 1 }).waitFor();
          const address = page.url();
          assertMatch(address, /\/traces\/[0-9a-f]{32}$/);
          await page.goto("about:blank");
          await page.goto(address);
          const detail = page.getByRole("region", { name: "Span" });
          await detail.getByText("✕ ERROR: Division by zero").waitFor();
          await detail.getByText("MyHonoAppInProductionAuto").first().waitFor();
          const place = `apps/base.ts:${await lineOf("apps/base.ts", DIVISION)}`;
          await detail.getByText(place).first().waitFor();
          await keepScreenshot(page, "demo-trace-light-1280");
        });

        await t.step("the list finds it by filter and by text", async () => {
          await page.goto(`${url}/traces?status=error`);
          await page.locator(".trace-row").first().waitFor();
          assertEquals(await page.locator(".trace-row", { hasText: "GET /error" }).count(), 2);
          assertEquals(await page.locator(".trace-row", { hasText: /root/ }).count(), 1);
          await page.keyboard.press("/");
          await page.keyboard.type("InProductionManual");
          await page.getByText(/^1 of \d+ traces$/).waitFor();
          await page.keyboard.press("Escape");
          await page.keyboard.press("j");
          await page.keyboard.press("Enter");
          await page.getByRole("heading", { name: "root", level: 1 }).waitFor();
        });

        await t.step("the digits lead to the views", async () => {
          for (
            const [key, path] of ["compare", "traces", "logs", "metrics", "services", "exports"]
              .entries()
          ) {
            await page.keyboard.press(String(key + 1));
            await page.waitForURL(`${url}/${path}`);
          }
        });

        await t.step("the services show rate, errors and duration of each route", async () => {
          await page.goto(`${url}/services`);
          const table = page.getByRole("table", { name: /MyHonoAppInProductionAuto/ });
          const row = table.getByRole("row").filter({ hasText: "GET /error" });
          await row.waitFor();
          assertMatch(await row.innerText(), /100 ?%[\s\S]*(µs|ms)/);
        });

        await t.step("the metrics have a chart, and the numbers in a table", async () => {
          await page.goto(`${url}/metrics`);
          await page.getByRole("link", { name: "http.server.request.duration" }).click();
          await page.getByRole("heading", { name: "http.server.request.duration" }).waitFor();
          await page.locator(".chart canvas").waitFor();
          const row = page.getByRole("row").filter({ hasText: "http.route=/error" });
          await row.filter({ hasText: "MyHonoAppInProductionAuto" }).first().waitFor();
          assertMatch(await row.first().innerText(), /1 measured, mean [\d.]+ m?s/);
          await keepScreenshot(page, "demo-metric-light-1280");
        });

        await t.step("the tutorial is shown next to it", async () => {
          await page.goto(url);
          await page.getByRole("link", { name: "Which one should you use when?" }).click();
          await page.getByRole("navigation", { name: "Tutorial" }).waitFor();
          assertEquals(new URL(page.url()).pathname, "/tutorial/6-conclusion");
          await page.goto(url);
          await column(page, "manual").getByRole("link", { name: "tutorial" }).click();
          await page.locator("h2:target", { hasText: "Step 8" }).waitFor();
          await page.getByRole("link", { name: "Back to the live page" }).click();
          await page.getByRole("article").first().waitFor();
        });
      });
    });
  },
  WITH_PORT_5000,
);

function column(page: Page, mode: string): Locator {
  return page.getByRole("article", { name: mode, exact: true });
}

/** What a column knows, by subject. */
async function factsOf(column: Locator): Promise<Record<string, string>> {
  const rows = await column.locator(".row:has(.known)").evaluateAll((rows) =>
    rows.map((row) => [
      /row-(\w+)/.exec(row.className)?.[1] ?? "",
      [...row.querySelectorAll(".known span")].map((part) => part.textContent).join(" "),
    ])
  );
  return Object.fromEntries(rows);
}

async function httpFacts(file: string): Promise<Record<string, string>> {
  return {
    span: "✕ GET /error",
    exception: `✕ RangeError: Division by zero ${file}:${await lineOf(file, DIVISION)}`,
    route: "/error",
    status: "500",
    client: "127.0.0.1",
  };
}

/** The lines of the code view, without empty ones. */
async function codeLines(page: Page, selector: string): Promise<string[]> {
  const lines = await page.locator(`.code li${selector} .line-text`).allTextContents();
  return lines.filter((line) => line.trim() !== "");
}

/** Whether the page, and the code in its frame, are taller than there is room. */
async function overhangs(page: Page): Promise<{ page: boolean; code: boolean }> {
  const isTaller = (selector: string) =>
    page.locator(selector).evaluate((element) => element.scrollHeight > element.clientHeight);
  return { page: await isTaller("main"), code: await isTaller(".code") };
}

async function sourceLines(file: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(`../../${file}`, import.meta.url));
  return text.split("\n").filter((line) => line.trim() !== "");
}

async function lineOf(file: string, code: string): Promise<number> {
  const text = await Deno.readTextFile(new URL(`../../${file}`, import.meta.url));
  return text.split("\n").findIndex((line) => line.includes(code)) + 1;
}

/** The length of the longest common subsequence of lines. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const row = [0];
    for (const [i, other] of b.entries()) {
      row.push(line === other ? above[i]! + 1 : Math.max(row[i]!, above[i + 1]!));
    }
    above = row;
  }
  return above.at(-1)!;
}
