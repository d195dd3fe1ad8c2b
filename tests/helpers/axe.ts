import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core finds serious or critical in the page as it stands: the rule and the element. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Loaded here, because it reads the environment at once, which a bare run may not.
  const { default: axe } = await import("axe-core");
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ resultTypes: ["violations"] })`,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** By how many pixels the page is wider than its window. */
export function overhangPixels(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
}
