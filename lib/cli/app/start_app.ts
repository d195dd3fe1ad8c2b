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

  const { startTelemetry } = await import("../../telemetry/sdk.ts");
  const telemetry = await startTelemetry(
    mode === "auto" ? configuration : lessonOf(configuration),
    { report, logLevel },
  );
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

type Configuration = TelemetryPlan["configuration"];

/** The lessons by hand and with middleware have traces only, and a resource without detectors. */
function lessonOf(configuration: Configuration): Configuration {
  const { meter_provider: _, logger_provider: __, resource, ...traces } = configuration;
  return { ...traces, resource: { attributes: resource?.attributes ?? [] } };
}
