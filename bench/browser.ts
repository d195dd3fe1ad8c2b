import { type Browser, chromium } from "playwright-core";
import { onPath } from "../tests/helpers/on_path.ts";

/** Starts the Chromium on PATH, without a window; undefined if there is none. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = onPath("chromium");
  if (!executablePath.includes("/")) return undefined;
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
