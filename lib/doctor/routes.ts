import type { ConfigurationFile } from "../telemetry/configuration/configuration_file.ts";
import { exportersOf } from "../telemetry/configuration/exporters.ts";
import { configurationFromSettings } from "../telemetry/configuration/from_settings.ts";
import { type OtlpTarget, otlpTarget } from "../telemetry/otlp/target.ts";
import { type Signal, SIGNALS } from "../otlp/signal.ts";
import type { DoctorInput } from "./finding.ts";

/** The targets of one signal. */
export interface Route {
  signal: Signal;
  /** The names of the exporters, as in OTEL_TRACES_EXPORTER. */
  exporters: string[];
  /** The targets of OTLP. */
  targets: OtlpTarget[];
}

type Configuration = ConfigurationFile["configuration"];

/** The configuration in effect: the configuration file, else the settings; undefined if the file is invalid. */
export function configurationOf(
  { reading, configurationFile }: DoctorInput,
): Configuration | undefined {
  return configurationFile
    ? configurationFile.file?.configuration
    : configurationFromSettings(reading);
}

/** The targets of each signal; none if the SDK is disabled or the configuration file is invalid. */
export function findRoutes(input: DoctorInput): Route[] {
  const configuration = configurationOf(input);
  if (!configuration || configuration.disabled) return [];
  return SIGNALS.map((signal) => {
    const models = exportersOf(configuration, signal);
    const route: Route = { signal, exporters: [], targets: [] };
    for (const [key, value] of models.flatMap((model) => Object.entries(model))) {
      const isOtlp = key === "otlp_http" || key === "otlp_grpc";
      route.exporters.push(isOtlp ? "otlp" : key.replace("/development", ""));
      if (!isOtlp) continue;
      route.targets.push(otlpTarget({ [key]: value ?? {} }, signal));
    }
    return route;
  });
}
