import type { ForeignValue, SettingsReading } from "../telemetry/read_settings.ts";
import { flagName, settingOf, type Variable } from "../telemetry/settings.ts";

/**
 * One sentence for each value that is not known here and that the program gets as it was given. Its
 * telemetry may know more exporters, propagators and samplers, other units and other endpoints.
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

/** The variable or the flag with its value, if that may be shown. */
export function nameOf(variable: Variable, { origin, shown }: ForeignValue): string {
  const name = origin === "flag" ? flagName(variable) : variable;
  return shown === undefined ? name : `${name} "${shown}"`;
}
