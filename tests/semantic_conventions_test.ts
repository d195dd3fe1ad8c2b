// deno-lint-ignore-file no-console -- an app's output is recorded.
import { trace } from "@opentelemetry/api";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Hono } from "hono";
import { streamText } from "hono/streaming";
import { instrumentConsole } from "../lib/instrumentation/console.ts";
import { instrumentFetch } from "../lib/instrumentation/fetch.ts";
import { captureHeaders } from "../lib/instrumentation/headers.ts";
import { httpInstrumentation } from "../lib/instrumentation/http_instrumentation.ts";
import { readForwarded } from "../lib/instrumentation/proxy.ts";
import { planFromSettings } from "../lib/telemetry/plan.ts";
import { readSettings } from "../lib/telemetry/read_settings.ts";
import { startTelemetry } from "../lib/telemetry/sdk.ts";
import { replaceConsole } from "./helpers/console.ts";
import { testIf } from "./helpers/needs.ts";
import { closedUrl } from "./helpers/ports.ts";
import { withApp } from "./helpers/program.ts";
import { checkConventions, needsWeaver } from "./helpers/weaver.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;

/** Makes many kinds of requests to an app of the kit. */
async function request(url: string): Promise<void> {
  const ask = async (path: string, init: RequestInit = {}) =>
    void await (await fetch(`${url}${path}`, init)).text();
  for (const path of ["/", "/error", "/nothing", "/?q=1&sig=secret"]) await ask(path);
  for (const method of ["POST", "QUERY", "PURGE", "HEAD"]) await ask("/", { method });
  await ask("/", { headers: { "user-agent": "", "x-forwarded-for": "192.0.2.1" } });
}

for (
  const [what, args, least] of [
    ["middleware", ["serve", "--mode", "middleware"], { span: 9, span_event: 1 }],
    ["auto", ["auto"], { span: 9, span_event: 1, metric: 2, data_point: 6, log: 1 }],
  ] as const
) {
  testIf(needsWeaver(), NEEDS, `${what}: the conventions' own checker finds no fault`, async () => {
    const { seen, violations } = await checkConventions(async (endpoint) => {
      const flags = ["--traces-exporter", "otlp", "--protocol", "grpc", "--endpoint", endpoint];
      await withApp([...args, ...flags], {}, async (app) => {
        await request(app.url);
        assertMatch((await app.stop()).stderr, /Sent 9 of 9 spans/);
      });
    });
    assertEquals(violations, []);
    for (const [entity, count] of Object.entries(least)) {
      assert(seen[entity]! >= count, `${seen[entity]} of ${entity}`);
    }
  });
}

/** An app with all kinds of answers. */
function createApp(): Hono {
  return new Hono()
    .use(httpInstrumentation({ headers: captureHeaders({ request: ["x-.*"] }), readForwarded }))
    .get("/items/:id", (c) => c.text("item"))
    .get("/stream", (c) => streamText(c, async (stream) => void await stream.write("text")))
    .get("/error", () => {
      throw new DOMException("broken", "DataError");
    })
    .get("/log", (c) => {
      console.warn("a warning", { items: 3 });
      console.error(new RangeError("logged"));
      return c.text("logged");
    });
}

testIf(needsWeaver(), NEEDS, "the checker finds no fault in requests of any kind", async () => {
  const { seen, violations } = await checkConventions(async (endpoint) => {
    const { configuration } = planFromSettings(readSettings({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    }));
    using _warn = replaceConsole("warn");
    using _error = replaceConsole("error");
    const reports: string[] = [];
    await using _telemetry = await startTelemetry(configuration, {
      report: (message) => reports.push(message),
    });
    using _fetch = instrumentFetch();
    using _console = instrumentConsole();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      createApp().fetch,
    );
    const url = `http://127.0.0.1:${server.addr.port}`;
    for (const path of ["/items/1?token=x", "/stream", "/error", "/log", "/nothing"]) {
      const headers = { "x-forwarded-for": "192.0.2.1", "x-own": "1" };
      await (await fetch(`${url}${path}`, { headers })).text();
    }
    await fetch(`${closedUrl()}/gone`).catch(() => {});
    await (await fetch(url, { method: "PURGE" })).text();
    assertEquals(reports, []);
  });
  assertEquals(violations, []);
  assert(seen.span! >= 12, `${seen.span} spans`);
});

testIf(needsWeaver(), NEEDS, "the checker finds what is against the conventions", async () => {
  const { violations } = await checkConventions(async (endpoint) => {
    const { configuration } = planFromSettings(readSettings({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    }));
    await using _ = await startTelemetry(configuration, { report: () => {} });
    trace.getTracer("test").startSpan("GET", {
      attributes: { "http.method": "GET", "http.response.status_code": "200" },
    }).end();
  });
  assertMatch(violations.join("\n"), /http\.method/);
  assertMatch(violations.join("\n"), /http\.response\.status_code/);
});
