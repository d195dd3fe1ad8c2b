import {
  type Environment,
  flagName,
  formatSetting,
  readSettings,
  type Setting,
  SettingError,
  SETTINGS,
  type SettingsReading,
  type Variable,
  VARIABLES,
} from "../telemetry/settings.ts";
import { UsageError } from "./errors.ts";
import type { Flag, ParsedFlags } from "./flags.ts";
import { flagEntries, section, settingFlag } from "./help.ts";

/** Short names for the flags that a learner types most. */
const ALIASES: Partial<Record<Variable, readonly string[]>> = {
  OTEL_EXPORTER_OTLP_ENDPOINT: ["endpoint"],
  OTEL_EXPORTER_OTLP_PROTOCOL: ["protocol"],
};

const FLAGS: readonly (readonly [Variable, Flag])[] = VARIABLES.map((variable) =>
  [variable, settingFlag(variable, ALIASES[variable])] as const
);

/** One flag for each OTEL_* variable. */
export const TELEMETRY_FLAGS: readonly Flag[] = FLAGS.map(([, flag]) => flag);

/** The part of `--help` on telemetry flags: those for one signal repeat the ones for all. */
export function telemetryHelp(): string {
  const listed = FLAGS.filter(([variable]) => !/^OTEL_EXPORTER_OTLP_TRACES_/.test(variable));
  return [
    section(
      "Telemetry flags (--service-name is the variable OTEL_SERVICE_NAME, and so on)",
      flagEntries(listed.map(([, flag]) => flag)),
    ),
    "Each --exporter-otlp-... flag also exists for traces alone, for example\n" +
    "--exporter-otlp-traces-endpoint.",
  ].join("\n\n");
}

/** The telemetry flags that were given, by the names of their variables. */
export function givenTelemetryFlags({ values }: ParsedFlags): Record<string, string> {
  return Object.fromEntries(
    FLAGS.flatMap(([variable, { name }]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[variable, String(value)]];
    }),
  );
}

/**
 * Reads the settings and brings the environment in line with them, because SDK classes read it too:
 * flags become variables, and variables that are not valid are unset.
 *
 * @throws {UsageError} If a flag's value is not valid.
 */
export function applySettings(flags: Environment): SettingsReading {
  const env = Deno.env.toObject();
  let reading: SettingsReading;
  try {
    reading = readSettings(env, flags);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new UsageError(`Cannot use ${error.message}`);
  }
  for (const variable of VARIABLES) {
    const flag = flags[variable];
    if (flag) {
      checkFile(variable, flag);
      Deno.env.set(variable, flag);
    } else if (flag === "" || (env[variable] && reading.origins[variable] === "default")) {
      Deno.env.delete(variable);
    }
  }
  for (const [specified, sdk] of SDK_NAMES) {
    if (reading.origins[specified] !== "default") {
      Deno.env.set(sdk, formatSetting(specified, reading.settings[specified]));
    }
  }
  return reading;
}

/** Where the SDK reads a variable by another name than the specification gives it. */
const SDK_NAMES = [
  ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT"],
  ["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT"],
] as const;

function checkFile(variable: Variable, path: string): void {
  const { file = false }: Setting<unknown> = SETTINGS[variable] as Setting<unknown>;
  if (!file) return;
  try {
    Deno.openSync(path).close();
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new UsageError(`Cannot use ${flagName(variable)} "${path}": ${reason}`, { cause: error });
  }
}
