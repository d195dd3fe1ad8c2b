/**
 * How long `otel-kit demo` takes from a cold start until its first trace can be read: from the query API, and
 * on the page, in a browser that is already running. The figures are medians; if other versions of Deno are
 * given, they take turns. The page is measured if there is a Chromium on PATH.
 *
 * deno task bench:demo [--rounds N] [--deno PATH]...
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Browser } from "playwright-core";
import { ANY_PORTS } from "../tests/helpers/collector_program.ts";
import { withFolder } from "../tests/helpers/folder.ts";
import { type Launch, withProgram } from "../tests/helpers/program.ts";
import { startBrowser } from "./browser.ts";
import { measuredDenos } from "./denos.ts";
import { preparePrograms } from "./kit.ts";
import { median } from "./median.ts";
import { printTable } from "./report.ts";

/** In milliseconds after the start of the program. */
interface Times {
  /** The page can be opened. */
  listening: number[];
  /** The first trace is in the API's list. */
  api: number[];
  /** It is on the page. */
  page: number[];
}

const flags = parseArgs(Deno.args, { string: ["deno", "rounds"], collect: ["deno"] });
const rounds = Number(flags.rounds ?? 10);
const denos = await measuredDenos(flags.deno);

const browser = await startBrowser();
await withFolder(async (folder) => {
  const measured: { name: string; launch: Launch; times: Times }[] = [];
  for (const deno of denos) {
    const { kit: { name, launch, executable } } = await preparePrograms(deno, folder);
    const times = { listening: [], api: [], page: [] };
    measured.push({ name: executable ? name : `${name}, from sources`, launch, times });
  }
  for (let round = 0; round <= rounds; round++) {
    // The first round fills the machine's caches.
    for (const { launch, times } of measured) await measure(launch, round > 0 ? times : undefined);
  }
  printTable([
    ["", "listening", "in the API", "on the page"],
    ...measured.map(({ name, times: { listening, api, page } }) => [
      name,
      ...[listening, api].map(shown),
      browser ? shown(page) : "no Chromium",
    ]),
  ]);
});
await browser?.close();

function shown(millis: number[]): string {
  return `${median(millis).toFixed(0)} ms`;
}

async function measure(launch: Launch, times: Times | undefined): Promise<void> {
  const startedAt = performance.now();
  // Printed as soon as the page can be opened; the apps follow.
  const ready = "/\n";
  await withProgram(["demo", "--no-open", ...ANY_PORTS], { launch, ready }, async ({ url }) => {
    const listening = performance.now();
    const [api, page] = await Promise.all([
      traceReadable(url),
      browser && traceVisible(browser, url),
    ]);
    times?.listening.push(listening - startedAt);
    times?.api.push(api - startedAt);
    if (page !== undefined) times?.page.push(page - startedAt);
  });
}

/** The time when the first trace is in the API's list. */
async function traceReadable(url: string): Promise<number> {
  const events = await fetch(`${url}/api/kit/events`);
  const reader = events.body!.getReader();
  for (;;) {
    const { kept } = await (await fetch(`${url}/api/kit/traces`)).json();
    if (kept > 0) break;
    await reader.read();
  }
  const time = performance.now();
  await reader.cancel();
  return time;
}

/** The time when the first trace is on the page. */
async function traceVisible(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${url}/traces`);
  await page.getByText("MyHonoAppInProduction").first().waitFor();
  const time = performance.now();
  await page.close();
  return time;
}
