import { formatSetting, type SettingsReading, VARIABLES } from "../telemetry/settings.ts";
import type { Output } from "./output.ts";

/** Prints every setting, where its value came from, and the value; secrets are masked. */
export function printConfig({ settings, origins }: SettingsReading, output: Output): void {
  const width = Math.max(...VARIABLES.map((variable) => variable.length));
  for (const variable of VARIABLES) {
    const value = formatSetting(variable, settings[variable]) || "(not set)";
    output.data(`${variable.padEnd(width)}  ${origins[variable].padEnd(11)}  ${value}`);
  }
}
