import type { ForeignValue, SettingsReading } from "../telemetry/read_settings.ts";
import { flagName, settingOf, type Variable } from "../telemetry/settings.ts";

/**
 * One sentence for each value that is unknown here and is passed to the program unchanged. Its telemetry may
 * support other exporters, propagators and samplers, other units and other endpoints.
 */
export function passedOn(
  { foreign }: SettingsReading,
  env: Readonly<Record<string, string>>,
): string[] {
  return [...foreign].filter(([variable, { value }]) => env[variable] === value).map((
    [variable, value],
  ) =>
    `Passing on ${nameOf(variable, value)} as given: ` +
    `otel-kit itself expects ${settingOf(variable).type.expected}`
  );
}

/** The variable or the flag with its value, if it may be printed. */
export function nameOf(variable: Variable, { origin, shown }: ForeignValue): string {
  const name = origin === "flag" ? flagName(variable) : variable;
  return shown === undefined ? name : `${name} "${shown}"`;
}
