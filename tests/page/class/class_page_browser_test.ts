import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import type { ClassServer } from "../../../lib/class/class_server.ts";
import { REPORTS_PATH } from "../../../lib/class/report.ts";
import { openClass } from "../../../lib/cli/class/open_class.ts";
import { overhangPixels, seriousViolations } from "../../helpers/axe.ts";
import { keepScreenshot, testInBrowser, withPage } from "../../helpers/browser.ts";
import { buildPage } from "../../helpers/builds.ts";

/** Names that would do something in a page, a terminal, or a spreadsheet. */
const HOSTILE = [
  "<img src=x onerror=document.title=1>",
  "</td><script>document.title=1</script>",
  '" onmouseover="document.title=1',
  "=HYPERLINK(1)",
  "a;=1+1",
  "\u001b[2J\u001b]0;owned\u0007",
  "\u202Eevil",
  "W".repeat(40),
];
const STEPS = ["first-span", "see-manual", "add-a-processor", "describe-the-sender"];

const LOOKS = [1440, 390].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, height: 900, colorScheme }))
);

testInBrowser("the page of a class shows thirty learners, live", async () => {
  await withClass(async (running) => {
    await withPage({ width: 1440 }, async (page) => {
      await open(page, running);
      await page.getByText("Nobody has joined yet").waitFor();
      await join(running);
      await page.getByText("30 learners: 8 stuck").waitFor();
      assertEquals(await page.locator("tbody tr").count(), 30);

      await report(running, { name: "Learner 9", step: "see-manual", state: "done" });
      await page.locator("tr", { hasText: "Learner 9" }).getByText("done").waitFor();

      await page.getByRole("button", { name: "Sort by need" }).click();
      assertStringIncludes(await page.locator("tbody tr").first().innerText(), "stuck");

      await page.getByRole("button", { name: "Next group" }).click();
      await page.getByRole("button", { name: "Remove all rows" }).click();
      await page.getByText("Nobody has joined yet").waitFor();
    });
  });
});

for (const look of LOOKS) {
  const { width, colorScheme } = look;
  testInBrowser(
    `the page of a class fits ${width} px in ${colorScheme}, and is accessible`,
    async () => {
      await withClass(async (running) => {
        await join(running);
        await withPage(look, async (page) => {
          await open(page, running);
          await page.getByText("30 learners").waitFor();
          await keepScreenshot(page, `class-${width}-${colorScheme}`, { isWhole: true });
          assertEquals(await overhangPixels(page), 0);
          assertEquals(await seriousViolations(page), []);
        });
      });
    },
  );
}

testInBrowser("names of learners do nothing on the page, and nothing in its CSV file", async () => {
  await withClass(async (running) => {
    await join(running);
    await withPage({ width: 1440 }, async (page) => {
      await open(page, running);
      await page.getByText("30 learners").waitFor();
      const names = await page.locator("tbody th").allInnerTexts();
      assertEquals(names.filter((name) => name.startsWith("<img")), [HOSTILE[0]]);
      assertEquals(await page.locator("tbody img, tbody script").count(), 0);
      assertEquals(await page.title(), "otel-kit class");

      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Save as CSV" }).click(),
      ]);
      assertEquals(download.suggestedFilename(), "class.csv");
      const csv = await Deno.readTextFile(await download.path());
      // Spreadsheets may cut at semicolons, too.
      const cells = csv.replaceAll(/"(?:[^"]|"")*"/g, "quoted").split(/[,;\r\n]+/);
      assertEquals(cells.filter((cell) => /^[=+\-@]/.test(cell)), []);
      // deno-lint-ignore no-control-regex
      assertEquals(csv.match(/[\x00-\x09\x0b\x0c\x0e-\x1f\u202e]/g), null);
    });
  });
});

async function withClass(use: (running: ClassServer) => Promise<void>): Promise<void> {
  await buildPage();
  await using running = await openClass({ hostname: "127.0.0.1", port: 0, report: () => {} });
  await use(running);
}

async function open(page: Page, { url, token }: ClassServer): Promise<void> {
  await page.goto(`${url}/?token=${token}`);
}

/** Thirty learners report, as their guides do; each fourth is stuck. */
async function join(running: ClassServer): Promise<void> {
  const names = [...HOSTILE, ...Array.from({ length: 22 }, (_, i) => `Learner ${i + 1}`)];
  for (const [i, name] of names.entries()) {
    const link = i % 4 === 3 || i === 0 ? { link: "collector-exporter" } : {};
    await report(running, { name, step: STEPS[i % STEPS.length]!, state: "begun", ...link });
  }
}

async function report({ url, joinToken }: ClassServer, body: object): Promise<void> {
  const response = await fetch(url + REPORTS_PATH, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${joinToken}` },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  assertEquals(response.status, 204);
}
