import type { SettingsReading } from "../telemetry/read_settings.ts";
import { flagName, type Variable, VARIABLES } from "../telemetry/settings.ts";

/** A setting that a runtime's telemetry does not read, and what it does instead. */
export interface Gap {
  variables: RegExp;
  /** Values that it implements anyway. */
  except?: (value: unknown) => boolean;
  instead: string;
}

/** Settings that only affect the kit's own app. */
export const OUR_OWN: Gap = {
  variables: /^OTEL_INSTRUMENTATION_HTTP_/,
  instead: "it is only for otel-kit's own apps",
};

/** One sentence for each given setting that falls into a gap. */
export function fallenInto(
  gaps: readonly Gap[],
  reading: SettingsReading,
  runtime: string,
): string[] {
  return VARIABLES.flatMap((variable) => {
    if (reading.origins[variable] === "default") return [];
    const value = reading.settings[variable];
    const gap = gaps.find(({ variables, except }) => variables.test(variable) && !except?.(value));
    return gap ? [`${nameOf(variable, reading)}: no effect on ${runtime}; ${gap.instead}`] : [];
  });
}

function nameOf(variable: Variable, { origins }: SettingsReading): string {
  return origins[variable] === "flag" ? flagName(variable) : variable;
}
