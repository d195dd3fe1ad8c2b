// cspell:ignore requestfinished requestfailed
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { testInBrowser, withPage } from "../../helpers/browser.ts";
import { memoryReceiverOptions } from "../../helpers/collector_store.ts";
import { hasWebExporters, WEB_EXPORTERS, webExporterScript } from "../../helpers/web_exporters.ts";

const NEEDS = { missing: hasWebExporters() ? undefined : "run `npm ci` in tests/testdata/web" };

/** Serves a page with the script on its own port, and opens it. */
async function withShop(
  script: string,
  { hostname, ...look }: { hostname: string; hostnames?: string[]; expectedErrors?: RegExp },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  await using shop = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const isScript = new URL(url).pathname === "/page.js";
    return isScript
      ? new Response(script, { headers: { "content-type": "text/javascript" } })
      : new Response("<!doctype html><link rel=icon href=data:,><script src=/page.js></script>", {
        headers: { "content-type": "text/html" },
      });
  });
  await withPage(look, async (page) => {
    await page.goto(`http://${hostname}:${shop.addr.port}/`);
    await use(page);
  });
}

function sendSpan(page: Page, url: string, name: string, headers?: Record<string, string>) {
  type Sending = { sendSpan(url: string, name: string, headers: unknown): Promise<void> };
  return page.evaluate(
    ([url, name, headers]) => (globalThis as unknown as Sending).sendSpan(url, name, headers),
    [url, name, headers] as const,
  );
}

for (const exporter of WEB_EXPORTERS) {
  testInBrowser(`the web SDK's ${exporter} sends from a page on another port`, async () => {
    const options = memoryReceiverOptions();
    await using receiver = createHttpReceiver(options);
    const script = await webExporterScript(exporter);
    for (const hostname of ["localhost", "127.0.0.1", "shop.localhost"]) {
      await withShop(script, { hostname }, async (page) => {
        const host = hostname === "shop.localhost" ? hostname : "localhost";
        const url = `http://${host}:${receiver.port}/v1/traces`;
        await sendSpan(page, url, "by default");
        await options.store.waitForRequests(1);
        await sendSpan(page, url, "with a header", { "x-tenant": "a" });
        await options.store.waitForRequests(2);
      });
      const names = options.store.traces.map((request) =>
        request.resourceSpans![0]!.scopeSpans![0]!.spans![0]!.name
      );
      assertEquals(names, ["by default", "with a header"]);
      assertEquals(options.records.map(({ status }) => status), [200, 200]);
      options.store.requests.length = options.records.length = 0;
    }
  }, NEEDS);
}

testInBrowser(
  "a page on another site, or with a name rebound to this machine, cannot send",
  async () => {
    const options = memoryReceiverOptions();
    await using receiver = createHttpReceiver(options);
    const script = await webExporterScript("exporter-0.57");
    const hostnames = ["evil.example", "collector"];
    const expectedErrors = /CORS|ERR_FAILED|403|sendBeacon|Refused|OTLPExporterError/;
    for (const hostname of hostnames) {
      await withShop(script, { hostname, hostnames, expectedErrors }, async (page) => {
        for (const host of ["localhost", hostname]) {
          const url = `http://${host}:${receiver.port}/v1/traces`;
          const answered = page.waitForEvent("requestfinished").catch(() => undefined);
          const failed = page.waitForEvent("requestfailed").catch(() => undefined);
          await sendSpan(page, url, "unwanted").catch(() => undefined);
          await Promise.race([answered, failed]);
        }
      });
    }
    assertEquals(options.store.requests, []);
    for (const { reason } of options.records) assertStringIncludes(reason ?? "", "Cannot serve");
  },
  NEEDS,
);
