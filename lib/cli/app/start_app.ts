import { type InstrumentedApp, type ModeName, MODES } from "../../../apps/mod.ts";
import type { Delivery } from "../../telemetry/delivery.ts";
import type { TelemetryPlan } from "../../telemetry/plan.ts";

/** An app with running telemetry. */
export interface RunningApp extends InstrumentedApp {
  /** The counts of its telemetry. */
  deliveries: readonly Delivery[];
}

/** Creates the app of a mode with the planned telemetry. */
export async function startApp(
  mode: ModeName,
  plan: TelemetryPlan | undefined,
  report: (line: string) => void,
): Promise<RunningApp> {
  const { create } = MODES[mode];
  if (!plan) return { ...await create({}), deliveries: [] };
  const { configuration, logLevel, disabledInstrumentations } = plan;
  const { readHeaderPatterns } = await import("../../telemetry/header_patterns.ts");
  const http = await readHeaderPatterns(plan.http, report);

  if (mode === "auto") {
    const { startTelemetry } = await import("../../telemetry/sdk.ts");
    const telemetry = await startTelemetry(configuration, { report, logLevel });
    const instrumented = await create({ http, disabledInstrumentations });
    return {
      app: instrumented.app,
      deliveries: telemetry.deliveries,
      async shutdown() {
        await instrumented.shutdown();
        await telemetry.shutdown();
      },
    };
  }

  const { ExporterRegistry } = await import("../../telemetry/exporter_registry.ts");
  const { createSpanProcessors } = await import("../../telemetry/traces/span_processors.ts");
  const { createTracerProvider } = await import(
    "../../telemetry/traces/create_tracer_provider.ts"
  );
  const { createResource } = await import("../../telemetry/resource.ts");
  const { createPropagator } = await import("../../telemetry/propagation/propagator.ts");
  const { startDiagnostics } = await import("../../telemetry/diagnostics.ts");
  startDiagnostics(logLevel, report);
  const registry = new ExporterRegistry(report);
  const { processors = [] } = configuration.tracer_provider ?? {};
  const spanProcessors = configuration.disabled
    ? []
    : await createSpanProcessors(processors, registry);
  // The server's spans are the same as those of the lesson's provider, at half the cost.
  const tracerProvider = createTracerProvider(configuration, {
    resource: createResource({ attributes: configuration.resource?.attributes ?? [] }),
    spanProcessors,
    report,
  });
  const instrumented = await create({
    spanProcessors,
    propagator: createPropagator(configuration.propagator, report),
    http: { ...http, tracerProvider },
  });
  return {
    app: instrumented.app,
    deliveries: registry.deliveries,
    shutdown() {
      registry.end();
      return instrumented.shutdown();
    },
  };
}
