import { context, metrics, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { assertEquals } from "@std/assert";
import { AsyncLocalStorage } from "node:async_hooks";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry } from "../../lib/telemetry/sdk.ts";
import { replaceConsole } from "../helpers/console.ts";
import { testWith } from "../helpers/needs.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";

const NEEDS = ["env", "sys", "read", "net"] as const;

/** Data that an app keeps about the request that it handles. */
const currentUser = new AsyncLocalStorage<string>();

// No other test of this file may export before this one: modules that are already loaded no longer leak.
testWith(NEEDS, "an export leaks no context into later requests", async () => {
  await using collector = startHttpReceiver();
  await using zipkin = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(null, { status: 202 }),
  );
  using _ = replaceConsole("dir");
  for (const protocol of ["http/protobuf", "http/json"]) {
    const { configuration } = planFromSettings(readSettings({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
      OTEL_EXPORTER_ZIPKIN_ENDPOINT: `http://127.0.0.1:${zipkin.addr.port}/api/v2/spans`,
      OTEL_EXPORTER_PROMETHEUS_PORT: "0",
      OTEL_TRACES_EXPORTER: "otlp,console,zipkin",
      OTEL_METRICS_EXPORTER: "otlp,console,prometheus",
      OTEL_LOGS_EXPORTER: "otlp,console",
    }));
    const reports: string[] = [];
    const report = (message: string) => reports.push(message);
    await using telemetry = await startTelemetry(configuration, { report });
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => Response.json([context.active() === ROOT_CONTEXT, currentUser.getStore() ?? null]),
    );
    await currentUser.run(
      "somebody",
      () =>
        trace.getTracer("test").startActiveSpan("request", async (span) => {
          logs.getLogger("test").emit({ body: "line" });
          metrics.getMeter("test").createCounter("sold").add(1);
          span.end();
          await telemetry.forceFlush();
          const [, metricsUrl = ""] = /metrics at (\S+)/.exec(reports.join()) ?? [];
          await (await fetch(metricsUrl)).text();
        }),
    );
    assertEquals(telemetry.deliveries.map(({ sent }) => sent), [1, 1, 1, 1], reports.join("\n"));
    const response = await fetch(`http://127.0.0.1:${server.addr.port}/`);
    assertEquals(await response.json(), [true, null], `after an export over ${protocol}`);
  }
});
