import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** Serious and critical axe-core findings on the current page: the rule and the element. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Loaded lazily because it reads the environment on import, which a run without permissions may not.
  const { default: axe } = await import("axe-core");
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ resultTypes: ["violations"] })`,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How many pixels longer the page is than its window; its views scroll on their own. */
export function pixelsBelow(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollHeight - innerHeight");
}

/** How many pixels wider the page is than its window. */
export function overhangPixels(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
}
