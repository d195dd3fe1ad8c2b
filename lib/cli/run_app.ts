import { type InstrumentedApp, type ModeName, MODES } from "../../apps/mod.ts";
import type { Delivery } from "../telemetry/delivery.ts";
import { describeTarget, resolveOtlpTarget } from "../telemetry/otlp/target.ts";
import { httpInstrumentationOptions } from "../telemetry/http_settings.ts";
import type { SettingsReading } from "../telemetry/settings.ts";
import type { CommandContext } from "./command.ts";
import { type AppServer, startAppServer } from "./app_server.ts";
import { within } from "./deadline.ts";

/** For requests in flight and for what waits to be sent, together. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Of these, for the requests. */
const DRAIN_TIMEOUT_MS = 2500;

/** Options of {@linkcode runApp}. */
export interface RunAppOptions {
  hostname: string;
  /** 0 is any free port. */
  port: number;
  /** The settings, with {@linkcode modeDefaults} applied; undefined for base, which has none. */
  reading: SettingsReading | undefined;
}

/** The settings with what the mode says where the user says nothing. */
export function modeDefaults(mode: ModeName, reading: SettingsReading): SettingsReading {
  const { settings, origins } = reading;
  const { serviceName, exporters } = MODES[mode];
  return {
    ...reading,
    settings: {
      ...settings,
      OTEL_SERVICE_NAME: settings.OTEL_SERVICE_NAME ??
        settings.OTEL_RESOURCE_ATTRIBUTES["service.name"] ?? serviceName,
      ...origins.OTEL_TRACES_EXPORTER === "default" && { OTEL_TRACES_EXPORTER: exporters },
    },
  };
}

/** Where spans go, in a line. */
function describeExporters(reading: SettingsReading): string {
  const { settings } = reading;
  if (settings.OTEL_SDK_DISABLED) return "nowhere: OTEL_SDK_DISABLED is true";
  const ways = settings.OTEL_TRACES_EXPORTER.map((exporter) =>
    exporter === "otlp"
      ? `otlp (${describeTarget(resolveOtlpTarget(reading, "traces"))})`
      : exporter
  );
  return ways.join(", ") || "nowhere: OTEL_TRACES_EXPORTER is none";
}

/** What the user should know of the OTLP target; nothing where none is used. */
export function otlpNotes(reading: SettingsReading): string[] {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER } = reading.settings;
  const used = !OTEL_SDK_DISABLED && OTEL_TRACES_EXPORTER.includes("otlp");
  return used ? resolveOtlpTarget(reading, "traces").notes : [];
}

/**
 * Serves the app of a mode until the context says stop, then ends in order: no new requests, those
 * in flight are answered, what waits is sent, and it is told what was sent and what was lost.
 *
 * @throws {StartError} If the address cannot be listened on.
 */
export async function runApp(
  mode: ModeName,
  { hostname, port, reading }: RunAppOptions,
  { stop, output }: CommandContext,
): Promise<number> {
  const running = await startApp(mode, reading, output.status);
  let server: AppServer;
  try {
    server = startAppServer(running.app.fetch, { hostname, port });
  } catch (error) {
    await running.shutdown();
    throw error;
  }
  for (const line of banner(mode, server.address, reading)) output.status(line);

  await aborted(stop);
  output.status("Stopping");
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  await server.shutdown(DRAIN_TIMEOUT_MS);
  await within(deadline - Date.now(), running.shutdown());
  for (const delivery of running.deliveries) output.status(delivery.summary());
  return 0;
}

interface RunningApp extends InstrumentedApp {
  deliveries: readonly Delivery[];
}

async function startApp(
  mode: ModeName,
  reading: SettingsReading | undefined,
  report: (line: string) => void,
): Promise<RunningApp> {
  const { create } = MODES[mode];
  if (!reading) return { ...await create({}), deliveries: [] };
  const http = httpInstrumentationOptions(reading.settings);

  if (mode === "auto") {
    const { startTelemetry } = await import("../telemetry/sdk.ts");
    const telemetry = await startTelemetry(reading, { report });
    const instrumented = await create({ http });
    return {
      app: instrumented.app,
      deliveries: telemetry.deliveries,
      async shutdown() {
        await instrumented.shutdown();
        await telemetry.shutdown();
      },
    };
  }

  const { createSpanPipeline } = await import("../telemetry/span_processors.ts");
  const { createPropagator } = await import("../telemetry/propagation/propagator.ts");
  const { startDiagnostics } = await import("../telemetry/diagnostics.ts");
  startDiagnostics(reading.settings, report);
  const pipeline = await createSpanPipeline(reading, { report });
  const instrumented = await create({
    spanProcessors: pipeline.processors,
    propagator: createPropagator(reading.settings),
    http,
  });
  return {
    app: instrumented.app,
    deliveries: pipeline.deliveries,
    shutdown() {
      pipeline.end();
      return instrumented.shutdown();
    },
  };
}

function banner(
  mode: ModeName,
  { hostname, port }: Deno.NetAddr,
  reading: SettingsReading | undefined,
): string[] {
  const host = ["0.0.0.0", "::"].includes(hostname)
    ? "localhost"
    : hostname.includes(":")
    ? `[${hostname}]`
    : hostname;
  const url = `http://${host}:${port}/`;
  return [
    `Listening on ${url}`,
    `  mode          ${mode}: ${MODES[mode].summary}`,
    ...reading
      ? [
        `  service.name  ${reading.settings.OTEL_SERVICE_NAME}`,
        `  spans go to   ${describeExporters(reading)}`,
      ]
      : [],
    `  try           curl -i ${url}`,
    `  stop          Ctrl-C`,
  ];
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}
