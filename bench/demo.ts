/**
 * How long `otel-kit demo` takes from a cold start until its first trace can be read: over the query
 * API, and on the page, in a browser that runs already. Medians. Needs `deno task compile` first; the
 * page is measured where there is a Chromium on PATH.
 *
 * deno task bench:demo [--rounds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Browser, chromium } from "playwright-core";
import { ANY_PORTS } from "../tests/helpers/collector_program.ts";
import { executable, withProgram } from "../tests/helpers/program.ts";

const { rounds } = parseArgs(Deno.args, { default: { rounds: 10 } });

const browser = await startBrowser();
const times = { listening: [] as number[], api: [] as number[], page: [] as number[] };
for (let round = 0; round <= rounds; round++) {
  const startedAt = performance.now();
  const launch = executable();
  // As soon as the page can be opened; the apps follow.
  const ready = "/\n";
  await withProgram(["demo", "--no-open", ...ANY_PORTS], { launch, ready }, async ({ url }) => {
    const listening = performance.now();
    const [api, page] = await Promise.all([
      traceReadable(url),
      browser && traceVisible(browser, url),
    ]);
    // The first round fills the machine's caches.
    if (round === 0) return;
    times.listening.push(listening - startedAt);
    times.api.push(api - startedAt);
    if (page !== undefined) times.page.push(page - startedAt);
  });
}
await browser?.close();

for (const [name, millis] of Object.entries(times)) {
  const median = millis.toSorted((a, b) => a - b)[millis.length >> 1];
  const shown = median === undefined ? "not measured: no Chromium" : `${median.toFixed(0)} ms`;
  await Deno.stdout.write(new TextEncoder().encode(`${name.padEnd(10)} ${shown}\n`));
}

/** When the first trace stands in the API's list. */
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

/** When the first trace stands on the page. */
async function traceVisible(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${url}/traces`);
  await page.getByText("MyHonoAppInProduction").first().waitFor();
  const time = performance.now();
  await page.close();
  return time;
}

async function startBrowser(): Promise<Browser | undefined> {
  for (const executablePath of ["/usr/bin/chromium", "/usr/bin/google-chrome"]) {
    try {
      return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    } catch {
      // not here
    }
  }
  return undefined;
}
