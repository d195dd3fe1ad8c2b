import { type ModeName, MODES } from "../../../apps/mod.ts";
import { otlpNotes } from "../../telemetry/configuration/otlp_exporter.ts";
import {
  planFromConfiguration,
  planFromSettings,
  type TelemetryPlan,
} from "../../telemetry/plan.ts";
import type { Environment, SettingsReading } from "../../telemetry/read_settings.ts";
import { SIGNALS } from "../../otlp/signal.ts";
import { flagName } from "../../telemetry/settings.ts";
import { UsageError } from "../errors.ts";
import { ineffectiveSettings } from "./ineffective.ts";
import { givenVariables, unknownNames } from "../flags/telemetry_flags.ts";

/** The telemetry configuration of the kit's own app, from any source. */
export interface TelemetrySource {
  plan: TelemetryPlan;
  /** The settings; undefined if a configuration file replaces them. */
  reading: SettingsReading | undefined;
  /** Warnings for the user. */
  warnings: string[];
  /** Notes for the user. */
  notes: string[];
}

/**
 * Determines the telemetry configuration: from the configuration file if one is set, otherwise from the
 * settings, with the mode's defaults for unset ones.
 *
 * @throws {UsageError} If the configuration file cannot be used.
 */
export async function findTelemetry(
  mode: ModeName,
  given: SettingsReading,
  flags: Environment,
): Promise<TelemetrySource> {
  const unknown = unknownNames(flags).map((name) =>
    `--env ${name}: no effect here; the variable is unknown`
  );
  const path = configurationFileOf(given);
  if (mode === "auto" && path !== undefined) {
    const isOldName = given.settings.OTEL_CONFIG_FILE === undefined;
    const { configuration, warnings, variables } = await readFile(path);
    return {
      plan: planFromConfiguration(configuration),
      reading: undefined,
      warnings: [
        ...unknown,
        ...isOldName ? ["OTEL_EXPERIMENTAL_CONFIG_FILE is the old name: use OTEL_CONFIG_FILE"] : [],
        ...warnings,
        ...ignoredBesideFile(given, [
          ...variables,
          isOldName ? "OTEL_EXPERIMENTAL_CONFIG_FILE" : "OTEL_CONFIG_FILE",
        ]),
      ],
      notes: [],
    };
  }
  const reading = modeDefaults(mode, given);
  const plan = planFromSettings(reading);
  return {
    plan,
    reading,
    warnings: [
      ...unknown,
      ...reading.rejections,
      ...reading.warnings,
      ...ineffectiveSettings(mode, given),
    ],
    notes: mode === "auto" ? notesOf(reading) : notesOf(reading).slice(0, 1),
  };
}

/** The path of the configuration file, if there is one. */
export function configurationFileOf({ settings }: SettingsReading): string | undefined {
  return settings.OTEL_CONFIG_FILE ?? settings.OTEL_EXPERIMENTAL_CONFIG_FILE;
}

/** Notes about the targets of OTLP, once for all signals that share one. */
export function notesOf(reading: SettingsReading): string[] {
  const { settings } = reading;
  if (settings.OTEL_SDK_DISABLED) return [];
  const notes = new Map<string, string>();
  for (const signal of SIGNALS) {
    const variable = `OTEL_${signal.toUpperCase() as Uppercase<typeof signal>}_EXPORTER` as const;
    if (!(settings[variable] as string[]).includes("otlp")) continue;
    for (const note of otlpNotes(reading, signal)) {
      const key = note.replace(signal, "");
      if (!notes.has(key)) notes.set(key, note);
    }
  }
  return [...notes.values()];
}

async function readFile(path: string) {
  const { ConfigurationFileError, readConfigurationFile } = await import(
    "../../telemetry/configuration/configuration_file.ts"
  );
  try {
    return readConfigurationFile(path);
  } catch (error) {
    if (!(error instanceof ConfigurationFileError)) throw error;
    throw new UsageError(`Cannot use the configuration file: ${error.message}`, { cause: error });
  }
}

/** By the specification, everything that the file does not refer to is ignored. */
function ignoredBesideFile(reading: SettingsReading, referred: readonly string[]): string[] {
  const ignored = givenVariables(reading)
    .filter((variable) => !referred.includes(variable))
    .map((variable) => reading.origins[variable] === "flag" ? flagName(variable) : variable);
  return ignored.length > 0
    ? [`${ignored.join(", ")}: no effect; the configuration file counts instead`]
    : [];
}

/** The settings, with the mode's defaults for unset ones. */
function modeDefaults(mode: ModeName, reading: SettingsReading): SettingsReading {
  const { settings, origins } = reading;
  const { serviceName, exporters } = MODES[mode];
  const name = settings.OTEL_SERVICE_NAME ??
    settings.OTEL_RESOURCE_ATTRIBUTES["service.name"] ??
    settings.OTEL_ENTITIES["service.name"] ?? serviceName;
  return {
    ...reading,
    settings: {
      ...settings,
      OTEL_SERVICE_NAME: name,
      ...origins.OTEL_TRACES_EXPORTER === "default" && { OTEL_TRACES_EXPORTER: exporters },
    },
  };
}
