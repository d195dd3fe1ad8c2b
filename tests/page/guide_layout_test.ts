import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { GuideView } from "../../lib/guests/guide.ts";
import { overhangPixels, seriousViolations } from "../helpers/axe.ts";
import { keepScreenshot, testInBrowser } from "../helpers/browser.ts";
import { withGuidePage } from "../helpers/guide_page.ts";
import { sendOtlp } from "../helpers/live_page.ts";
import { shopTrace, sketchTrace, START_UNIX_MS } from "../helpers/page_traces.ts";
import { testHints } from "../helpers/test_guide.ts";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
/** Everything that the panel can show next to the step. */
const FULL: Partial<GuideView> = {
  hints: testHints("Where does it go? `catch`", "In `catch`."),
  brokenLink: { name: "exporter", found: "gRPC came to port 4318", fix: "Use port `4317`." },
  problem: "Cannot write manual.ts: it is read-only",
  solution: { state: "failed", lines: ["write manual.ts", "wait for error-span"] },
  waiting: { says: ["spans of MyHonoAppInProductionManual"], until: 4_000_000_000_000 },
};

testInBrowser(
  "the guide opens and closes with its button and with g, and stays that way",
  async () => {
    await withGuidePage({}, async ({ page, panel }) => {
      const button = page.getByRole("button", { name: "Guide" });
      assertEquals(await button.getAttribute("aria-expanded"), "true");
      assertEquals(await button.getAttribute("aria-controls"), await panel.getAttribute("id"));
      await button.click();
      await panel.waitFor({ state: "detached" });
      await page.reload();
      await button.waitFor();
      assertEquals(await button.getAttribute("aria-expanded"), "false");
      assertEquals(await panel.count(), 0);
      await page.keyboard.press("g");
      await panel.waitFor();
      await page.keyboard.press("g");
      await panel.waitFor({ state: "detached" });
      await page.keyboard.press("?");
      await page.getByRole("dialog").getByText("open or close the workshop's guide").waitFor();
    });
  },
);

testInBrowser("the guide's panel can be used with only the keyboard", async () => {
  await withGuidePage({}, async ({ page, panel, guide }) => {
    const next = panel.getByRole("button", { name: "Next" });
    await panel.getByRole("button", { name: "Check" }).focus();
    await page.keyboard.press("Shift+Tab");
    assertEquals(await focused(page), await next.textContent());
    const asked = page.waitForResponse((response) => response.request().method() === "POST");
    await page.keyboard.press("Enter");
    await asked;
    assertEquals(guide.actions, [{ do: "next" }]);
    assertEquals(await focused(page), "Next", "the focus stays for the next step");
  });
});

testInBrowser("a narrow window stacks the guide above the view, and folds it", async () => {
  await withGuidePage({ width: 360, height: 740, changes: FULL }, async ({ page, panel }) => {
    const view = page.locator("main");
    const [above, below] = [await panel.boundingBox(), await view.boundingBox()];
    assertEquals(above!.width, 360);
    assert(above!.y + above!.height <= below!.y, "the view is not below");
    assert(below!.height > 150, `the view has ${below!.height} px left`);
    assertEquals(await overhangPixels(page), 0, "the page is wider than the window");
    await panel.getByRole("button", { name: "Fold", exact: true }).click();
    assertEquals(await panel.getByRole("button", { name: "Next" }).count(), 0);
    await panel.getByRole("heading", { name: "See the manual app" }).waitFor();
    await panel.getByRole("button", { name: "Unfold" }).click();
    await panel.getByRole("button", { name: "Next" }).waitFor();
  });
});

testInBrowser("next to the guide the view is laid out for the available space", async () => {
  const width = 1100;
  await withGuidePage({ width }, async ({ page, panel, collector }) => {
    // A trace so short that the details of a span are next to it from the start, if there is room.
    await sendOtlp(
      collector.httpUrl,
      "traces",
      sketchTrace(TRACE_ID, [
        {
          id: "a1",
          serviceName: "shop",
          name: "GET /",
          kind: 2,
          atMillis: sinceStart(),
          forMillis: 9,
        },
      ]).data,
    );
    await panel.getByRole("link", { name: "trace 0af76519" }).click();
    await page.locator(".span-row").first().waitFor();
    const left = (await panel.boundingBox())!;
    assertEquals((await page.locator("main").boundingBox())!.x, left.x + left.width);
    assertEquals(await page.getByRole("region", { name: "Span" }).count(), 0, "as where narrow");
    await page.keyboard.press("g");
    await page.getByRole("region", { name: "Span" }).waitFor();
    await page.keyboard.press("g");
    await page.getByRole("link", { name: "← Traces" }).click();
    // Rows with two lines, on which the list and the styles must agree.
    await page.locator(".trace-row").first().waitFor();
    const room = width - left.width;
    const height = (await page.locator(".trace-row").first().boundingBox())!.height;
    assertEquals(height > 50, room <= 760);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  testInBrowser(`axe finds nothing serious in the guide's panel in ${colorScheme}`, async (t) => {
    for (const width of [1280, 420]) {
      const look = { width, colorScheme, reducedMotion: "reduce" as const };
      await withGuidePage({ ...look, changes: FULL }, async ({ page, panel, guide, collector }) => {
        await sendOtlp(collector.httpUrl, "traces", shopTrace(TRACE_ID, sinceStart()).data);
        const quiz = [{ id: "who", asks: "Who set it?", choices: ["You", "Jaeger"] }];
        const judged = { ...quiz[0]!, id: "why", isRight: false, why: "Tools only show." };
        guide.change({ step: { ...guide.view.step, quiz: [...quiz, judged] } });
        await panel.getByText("Tools only show.").waitFor();
        await page.locator(".trace-row").first().waitFor();
        await t.step(`at ${width} px`, async () => {
          await keepScreenshot(page, `guide-${colorScheme}-${width}`);
          assertEquals(await seriousViolations(page), []);
          assertEquals(await overhangPixels(page), 0, "the page is wider than the window");
        });
        await t.step(`all steps, while it is busy, at ${width} px`, async () => {
          guide.change({ busy: "check", isPassed: true });
          await panel.getByText("Checking …").waitFor();
          await panel.getByText("All steps", { exact: true }).click();
          assertEquals(await seriousViolations(page), []);
        });
        await t.step(`a question before it is done, at ${width} px`, async () => {
          guide.change({ busy: undefined as never });
          await panel.getByRole("button", { name: "Reset" }).click();
          await page.getByRole("dialog").waitFor();
          assertEquals(await seriousViolations(page), []);
        });
      });
    }
  });
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>("document.activeElement.textContent");
}

function sinceStart(): number {
  return Date.now() - START_UNIX_MS;
}
