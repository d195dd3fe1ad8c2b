import type { Hono } from "hono";
import { instrumentConsole } from "../lib/instrumentation/console.ts";
import { instrumentFetch } from "../lib/instrumentation/fetch.ts";
import { instrumentHono } from "../lib/instrumentation/hono.ts";
import type { HttpInstrumentationOptions } from "../lib/instrumentation/http_instrumentation.ts";
import { createBaseApp } from "./base.ts";

/**
 * The unchanged base app, created while every new Hono app is instrumented. The SDK is already running,
 * configured by the environment. Disposing restores what was replaced: the global `fetch` and the console.
 * Names in `disabled` (hono, fetch, console, or * for all) are not instrumented.
 */
export function createAutoApp(
  http: HttpInstrumentationOptions = {},
  disabled: readonly string[] = [],
): { app: Hono; instrumentation: Disposable } {
  const isOn = (name: string) => !disabled.includes(name) && !disabled.includes("*");
  const instrumentation = new DisposableStack();
  if (isOn("console")) instrumentation.use(instrumentConsole());
  if (isOn("fetch")) instrumentation.use(instrumentFetch(http));
  using _ = isOn("hono") ? instrumentHono(http) : undefined;
  return { app: createBaseApp(), instrumentation };
}

if (import.meta.main) {
  const { readHeaderPatterns } = await import("../lib/telemetry/header_patterns.ts");
  const { optionsFromSettings } = await import("../lib/instrumentation/http_settings.ts");
  const { planFromSettings } = await import("../lib/telemetry/plan.ts");
  const { startTelemetry } = await import("../lib/telemetry/sdk.ts");
  const { readSettings } = await import("../lib/telemetry/read_settings.ts");

  const plan = planFromSettings(readSettings({
    OTEL_SERVICE_NAME: "MyHonoAppInProductionAuto",
    ...Deno.env.toObject(),
  }));
  // deno-lint-ignore no-console
  const telemetry = await startTelemetry(plan.configuration, { report: console.error });
  // deno-lint-ignore no-console
  const http = optionsFromSettings(await readHeaderPatterns(plan.http, console.error));
  const { app } = createAutoApp(http, plan.disabledInstrumentations);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 5000 }, app.fetch);
  Deno.addSignalListener("SIGINT", () => server.shutdown());
  await server.finished;
  await telemetry.shutdown(); // flushes the queued batch
}
