import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testInBrowser, withPage } from "../helpers/browser.ts";
import { sendOtlp, startLiveCollector } from "../helpers/live_page.ts";
import { shopTrace, smallTrace } from "../helpers/page_traces.ts";

/** A hostname of another site, whose owner makes it resolve to this machine. */
const EVIL = "evil.example";
const KEPT = shopTrace();
const SENT = smallTrace(1).data;

/** The browser's messages about answers that it withholds from a page. */
const BLOCKED = /blocked by CORS policy|Cross-Origin|ERR_BLOCKED|EventSource|frame-ancestors/;

for (const host of [EVIL, "evil.localhost"]) {
  testInBrowser(`a page on ${host} cannot read, delete, or send`, async (t) => {
    await using collector = await startLiveCollector();
    await sendOtlp(collector.httpUrl, "traces", KEPT.data);
    await using site = startSite(host);
    await withPage({ hostnames: [EVIL], expectedErrors: BLOCKED }, async (page) => {
      await page.goto(site.url);
      for (const name of ["127.0.0.1", "localhost"]) {
        const api = `http://${name}:${new URL(collector.uiUrl).port}/api/kit`;
        const otlp = `http://${name}:${new URL(collector.httpUrl).port}/v1/traces`;
        for (const [what, expression] of Object.entries(attacks(api, otlp))) {
          await t.step(`${what} at ${name}`, async () => {
            assertEquals(await page.evaluate(expression), "nothing");
          });
        }
      }
      await assertUntouched(collector.uiUrl);
      // They reached the collector, whose inspector shows what it refused.
      const exports = await (await fetch(`${collector.uiUrl}/api/kit/exports`)).json();
      const reasons = exports.filter(({ status }: { status: number }) => status === 403)
        .map(({ reason }: { reason: string }) => reason);
      assert(reasons.length >= 6, `${reasons.length} requests were refused`);
      for (const reason of reasons) assertStringIncludes(reason, site.url.slice(0, -1));
    });
  });
}

testInBrowser("a page on another port of this machine cannot read or delete", async (t) => {
  await using collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "traces", KEPT.data);
  await using site = startSite("localhost");
  await withPage({ expectedErrors: BLOCKED }, async (page) => {
    await page.goto(site.url);
    for (const name of ["127.0.0.1", "localhost"]) {
      const api = `http://${name}:${new URL(collector.uiUrl).port}/api/kit`;
      for (const [what, expression] of Object.entries(readAttacks(api))) {
        await t.step(`${what} at ${name}`, async () => {
          assertEquals(await page.evaluate(expression), "nothing");
        });
      }
    }
    await assertUntouched(collector.uiUrl);
    // Browser apps in development on this machine may send, as to any collector.
    const answer = await page.evaluate(
      send(`${collector.httpUrl}/v1/traces`, "cors", "application/json"),
    );
    assertMatch(String(answer), /^200 /);
  });
});

testInBrowser("another site's hostname that resolves to this machine reaches nothing", async () => {
  await using collector = await startLiveCollector();
  await sendOtlp(collector.httpUrl, "traces", KEPT.data);
  await withPage({ hostnames: [EVIL] }, async (page) => {
    const rebound = `http://${EVIL}:${new URL(collector.uiUrl).port}`;
    for (const path of ["/", "/api/kit/traces", "/api/kit/stats", "/api/kit/data?signal=traces"]) {
      assertEquals((await page.goto(`${rebound}${path}`))?.status(), 403, path);
    }
    await assertUntouched(collector.uiUrl);
  });
});

/** A script for each attack, whose value is "nothing" or the data that it got. */
function attacks(api: string, otlp: string): Record<string, string> {
  return {
    ...readAttacks(api),
    "send JSON": send(otlp, "cors", "application/json"),
    "send text": send(otlp, "cors", "text/plain"),
    "send text without asking": send(otlp, "no-cors", "text/plain"),
    "send a form without asking": send(otlp, "no-cors", "application/x-www-form-urlencoded"),
    "send by beacon": `(navigator.sendBeacon(${JSON.stringify(otlp)}, ${
      JSON.stringify(SENT_TEXT)
    }), "nothing")`,
  };
}

function readAttacks(api: string): Record<string, string> {
  const request = (path: string, options: RequestInit) =>
    `fetch("${api}${path}", ${JSON.stringify(options)})` +
    `.then(async (r) => r.status + " " + await r.text(), () => "nothing")` +
    // An opaque answer has neither status nor text.
    `.then((got) => got === "0 " ? "nothing" : got)`;
  return {
    "read": request("/traces", {}),
    "read without asking": request("/traces", { mode: "no-cors" }),
    "read with cookies": request("/data?signal=traces", { credentials: "include" }),
    "delete a trace": request(`/traces/${KEPT.summary.traceId}`, { method: "DELETE" }),
    "delete everything": request("/data", { method: "DELETE" }),
    "import without asking": request("/data", {
      method: "POST",
      mode: "no-cors",
      body: SENT_TEXT,
    }),
    "send a request to the apps": request("/compare", {
      method: "POST",
      mode: "no-cors",
      body: '{"path":"/"}',
    }),
    "listen": `new Promise((resolve) => {
      const source = new EventSource("${api}/events");
      for (const name of ["open", "message", "traces", "stats"]) {
        source.addEventListener(name, (event) => resolve(name + " " + event.data));
      }
      source.onerror = () => { source.close(); resolve("nothing"); };
    })`,
    "load as a script": `new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = "${api}/traces";
      script.onload = () => resolve("loaded");
      script.onerror = () => resolve("nothing");
      document.head.append(script);
    })`,
    "show in a frame": `new Promise((resolve) => {
      const frame = document.createElement("iframe");
      frame.src = "${api.replace("/api/kit", "/traces")}";
      frame.onload = () => {
        let text = "";
        try { text = frame.contentDocument?.body.textContent ?? ""; } catch { /* another origin */ }
        resolve(text || "nothing");
      };
      document.body.append(frame);
    })`,
  };
}

const SENT_TEXT = JSON.stringify(SENT);

function send(url: string, mode: RequestMode, type: string): string {
  const options = { method: "POST", mode, headers: { "content-type": type }, body: SENT_TEXT };
  return `fetch("${url}", ${JSON.stringify(options)})` +
    `.then(async (r) => r.status + " " + await r.text(), () => "nothing")` +
    `.then((got) => got === "0 " ? "nothing" : got)`;
}

/** Checks that the stored data is complete, and that nothing was added. */
async function assertUntouched(uiUrl: string): Promise<void> {
  const { traces } = await (await fetch(`${uiUrl}/api/kit/traces`)).json();
  assertEquals(
    traces.map(({ traceId, spanCount }: { traceId: string; spanCount: number }) => [
      traceId,
      spanCount,
    ]),
    [[KEPT.summary.traceId, KEPT.summary.spanCount]],
  );
}

/** An empty page on a host. */
function startSite(host: string) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response("<!doctype html><title>x</title>", { headers: { "content-type": "text/html" } }),
  );
  return {
    url: `http://${host}:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
