import type { ConfigurationModel } from "@opentelemetry/configuration";
import { effectiveSettings } from "../../telemetry/effective_settings.ts";
import type { SettingsReading } from "../../telemetry/read_settings.ts";
import { formatSetting, VARIABLES } from "../../telemetry/settings.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import type { Output } from "../output.ts";

/** Prints every setting in effect, its source, and its value; secrets are masked. */
export function printConfig(
  reading: SettingsReading,
  output: Output,
  { json }: { json: boolean },
): void {
  const { settings, origins } = effectiveSettings(reading);
  const rows = VARIABLES.map((variable) => {
    const { origin, shown = "***" } = reading.foreign.get(variable) ?? {
      origin: origins[variable],
      shown: formatSetting(variable, settings[variable]),
    };
    return { variable, origin, value: shown };
  });
  if (json) {
    output.data(JSON.stringify(rows, null, 2));
    return;
  }
  const width = Math.max(...VARIABLES.map((variable) => variable.length));
  for (const { variable, origin, value } of rows) {
    output.data(`${variable.padEnd(width)}  ${origin.padEnd(11)}  ${value || "(not set)"}`);
  }
}

/** Prints the configuration in a file, with variables substituted; secrets are masked. */
export function printConfiguration(configuration: ConfigurationModel, output: Output): void {
  output.data(JSON.stringify(configuration, maskSecrets, 2));
}

function maskSecrets(key: string, value: unknown): unknown {
  if (key === "headers" && Array.isArray(value)) {
    return value.map((header) => ({ ...header, value: "***" }));
  }
  if (key === "headers_list" && typeof value === "string") return "***";
  return key === "endpoint" && typeof value === "string" ? maskCredentials(value) : value;
}
