import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { areGranted } from "./needs.ts";
import { onPath } from "./on_path.ts";

const ROOT = new URL("../../", import.meta.url);
const CHROMIUM = onPath("chromium");
const SCREENSHOTS = new URL("dist/screenshots/", ROOT);

/** Registers a test that runs where Chromium is; elsewhere its name says why it does not. */
export function testInBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
): void {
  const isMissing = !CHROMIUM.includes("/");
  Deno.test({
    name: isMissing ? `${name} (ignored: no chromium on PATH)` : name,
    fn,
    ignore: isMissing || !areGranted(["net", "env", "read", "write", "run", "sys"]),
    // Playwright keeps timers of its own, which end in whichever test runs then.
    sanitizeOps: false,
    sanitizeResources: false,
  });
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

let build: Promise<void> | undefined;
let playwright: Promise<typeof import("playwright-core")> | undefined;

/** Builds dist/page from the sources, once a run. */
export function buildPage(): Promise<void> {
  return build ??= runBuild();
}

/** A page of a fresh browser; fails if a script of it throws or the browser reports an error. */
export async function withPage(
  { width = 1280, height = 800, colorScheme = "light", reducedMotion, hostnames, expectedErrors }:
    Look,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  await buildPage();
  const browser = await launch(hostnames);
  const errors: string[] = [];
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme,
      ...(reducedMotion && { reducedMotion }),
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // Browsers report answers such as 404 by themselves; the page handles them.
      const isHandled = message.text().startsWith("Failed to load resource") ||
        expectedErrors?.test(message.text());
      if (message.type() === "error" && !isHandled) errors.push(message.text());
    });
    await use(page);
  } finally {
    await browser.close();
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

async function launch(hostnames: readonly string[] = []): Promise<Browser> {
  const rules = hostnames.map((name) => `MAP ${name} 127.0.0.1`).join(", ");
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

async function runBuild(): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "page"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`Cannot build the page: ${new TextDecoder().decode(stderr)}`);
}
