import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { type Condition, testIf } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { buildPage } from "./builds.ts";
import { ROOT } from "./sources.ts";

const CHROMIUM = onPath("chromium");
const SCREENSHOTS = new URL("dist/screenshots/", ROOT);

/** Registers a test that runs if Chromium is installed; otherwise its name says why it is ignored. */
export function testInBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
  { alone = [], ...others }: Partial<Condition> = {},
): void {
  const missing = CHROMIUM.includes("/") ? others.missing : "no chromium on PATH";
  // Playwright's own timers end during whichever test is running.
  const sanitizers = { sanitizeOps: false, sanitizeResources: false };
  testIf({ missing, alone }, ["net", "env", "read", "write", "run", "sys"], name, fn, sanitizers);
}

/** How the page is displayed. */
export interface Look {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  reducedMotion?: "reduce";
  /** Hostnames that the browser resolves to this machine. */
  hostnames?: string[];
  /** Browser errors that the test provokes and that don't fail it. */
  expectedErrors?: RegExp;
}

let playwright: Promise<typeof import("playwright-core")> | undefined;

/**
 * A fresh page in this file's browser. Fails if a script on the page throws or the browser reports an
 * error.
 */
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
      // The browser itself reports answers such as 404, which the page handles.
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

/** Saves a screenshot for review as dist/screenshots/NAME.png, either of the full page or of the viewport. */
export async function keepScreenshot(
  page: Page,
  name: string,
  { isWhole = false }: { isWhole?: boolean } = {},
): Promise<void> {
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
  const picture = await page.screenshot({ animations: "disabled", fullPage: isWhole });
  await Deno.writeFile(new URL(`${name}.png`, SCREENSHOTS), picture);
}

/** Browsers by their host rules. Each starts when the first test needs it. */
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
 * Loads Playwright lazily because it reads the environment on import, which a run without permissions may
 * not. It also looks up files under /proc. Node never reports an error for these; Deno 2.9 throws unless
 * every permission is granted.
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
