import type { Locator, Page } from "playwright-core";
import type { GuideView } from "../../lib/guests/guide.ts";
import type { Collector } from "../../lib/collector/collector.ts";
import { type Look, withPage } from "./browser.ts";
import { startLiveCollector } from "./live_page.ts";
import { startTestGuide, type TestGuide } from "./test_guide.ts";

/** A real collector's page, with a guide that shows what the test sets. */
export interface GuidePage {
  page: Page;
  panel: Locator;
  guide: TestGuide;
  collector: Collector;
}

/** Opens the page at /traces, with the panel on it. */
export async function withGuidePage(
  { changes = {}, ...look }: Look & { changes?: Partial<GuideView> },
  use: (guided: GuidePage) => Promise<void>,
): Promise<void> {
  const guide = startTestGuide(changes);
  await using collector = await startLiveCollector({ guide: guide.handlers });
  await withPage(look, async (page) => {
    await page.goto(`${collector.uiUrl}/traces`);
    const panel = page.getByRole("complementary", { name: "Guide" });
    await panel.waitFor();
    await page.locator(".dot.on").first().waitFor();
    await use({ page, panel, guide, collector });
  });
}

/** Performs an action that makes the page call the guide, and waits until the page accepts another one. */
export async function asking(page: Page, act: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse((response) =>
    response.url().endsWith("/api/kit/guide") && response.request().method() === "POST"
  );
  await act();
  await answered;
  // The page accepts no input until it has read the answer.
  await page.locator('.guide-tools [aria-disabled="false"]').first().waitFor();
}
