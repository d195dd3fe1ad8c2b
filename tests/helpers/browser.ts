import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { type Condition, testIf } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { buildPage } from "./builds.ts";
import { ROOT } from "./sources.ts";

const CHROMIUM = onPath("chromium");
const SCREENSHOTS = new URL("dist/screenshots/", ROOT);

/** Registers a test that runs where Chromium is; elsewhere its name says why it does not. */
export function testInBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
  { alone = [], ...others }: Partial<Condition> = {},
): void {
  const missing = CHROMIUM.includes("/") ? others.missing : "no chromium on PATH";
  // Playwright keeps timers of its own, which end in whichever test runs then.
  const sanitizers = { sanitizeOps: false, sanitizeResources: false };
  testIf({ missing, alone }, ["net", "env", "read", "write", "run", "sys"], name, fn, sanitizers);
}

/** How the page is looked at. */
export interface Look {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  reducedMotion?: "reduce";
  /** Names that the browser takes for this machine. */
  hostnames?: string[];
  /** What the browser may report, because the test provokes it. */
  expectedErrors?: RegExp;
}

let playwright: Promise<typeof import("playwright-core")> | undefined;

/** A page without a past, in this file's browser; fails if a script of it throws or the browser reports an error. */
export async function withPage(
  { width = 1280, height = 800, colorScheme = "light", reducedMotion, hostnames, expectedErrors }:
    Look,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  await buildPage();
  const browser = await browserFor(hostnames);
  const errors: string[] = [];
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    ...(reducedMotion && { reducedMotion }),
  });
  try {
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // Browsers report answers such as 404 by themselves; the page handles them.
      const isHandled = message.text().startsWith("Failed to load resource") ||
        expectedErrors?.test(message.text());
      if (message.type() === "error" && !isHandled) errors.push(message.text());
    });
    await use(page);
  } finally {
    await page.close();
  }
  if (errors.length > 0) throw new Error(`The page reported errors:\n${errors.join("\n")}`);
}

/** Keeps a picture for whoever wants to look: dist/screenshots/NAME.png; whole, or what is in sight. */
export async function keepScreenshot(
  page: Page,
  name: string,
  { isWhole = false }: { isWhole?: boolean } = {},
): Promise<void> {
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
  const picture = await page.screenshot({ animations: "disabled", fullPage: isWhole });
  await Deno.writeFile(new URL(`${name}.png`, SCREENSHOTS), picture);
}

/** Browsers by their rules for names; each is started for the first test that needs it. */
const browsers = new Map<string, Promise<Browser>>();

Deno.test.afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close();
});

async function browserFor(hostnames: readonly string[] = []): Promise<Browser> {
  const rules = hostnames.map((name) => `MAP ${name} 127.0.0.1`).join(", ");
  const running = browsers.get(rules);
  if ((await running)?.isConnected()) return await running!;
  const started = launch(rules);
  browsers.set(rules, started);
  return await started;
}

async function launch(rules: string): Promise<Browser> {
  const args = ["--no-sandbox", ...rules ? [`--host-resolver-rules=${rules}`] : []];
  const { chromium } = await (playwright ??= loadPlaywright());
  return await chromium.launch({ executablePath: CHROMIUM, args });
}

/**
 * Loads Playwright, here and not above, because it reads the environment at once, which a bare run may
 * not. It also asks for files under /proc, and in Node the answer is never an error; Deno 2.9 throws
 * where not every permission is given.
 */
async function loadPlaywright(): Promise<typeof import("playwright-core")> {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  try {
    return await import("playwright-core");
  } finally {
    fs.existsSync = existsSync;
  }
}
