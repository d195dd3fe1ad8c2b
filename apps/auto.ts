import type { Hono } from "hono";
import { instrumentFetch } from "../lib/instrumentation/fetch.ts";
import { instrumentHono } from "../lib/instrumentation/hono.ts";
import type { HttpInstrumentationOptions } from "../lib/instrumentation/http_instrumentation.ts";
import { createBaseApp } from "./base.ts";

/**
 * The base app as it is, created while every new Hono app is instrumented. The SDK was started
 * before, by what the environment says. Disposing restores the global `fetch`.
 */
export function createAutoApp(
  http: HttpInstrumentationOptions = {},
): { app: Hono; instrumentation: Disposable } {
  const instrumentation = instrumentFetch(http);
  using _ = instrumentHono(http);
  return { app: createBaseApp(), instrumentation };
}

if (import.meta.main) {
  const { httpInstrumentationOptions } = await import("../lib/telemetry/http_settings.ts");
  const { startTelemetry } = await import("../lib/telemetry/sdk.ts");
  const { readSettings } = await import("../lib/telemetry/settings.ts");

  const reading = readSettings({
    OTEL_SERVICE_NAME: "MyHonoAppInProductionAuto",
    ...Deno.env.toObject(),
  });
  // deno-lint-ignore no-console
  const telemetry = await startTelemetry(reading, { report: console.error });
  const { app } = createAutoApp(httpInstrumentationOptions(reading.settings));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await telemetry.shutdown(); // sends the spans that still wait in a batch
}
