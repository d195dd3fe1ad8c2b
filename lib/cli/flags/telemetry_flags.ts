import { messageOf } from "../../error_message.ts";
import {
  type Environment,
  type Origin,
  readSettings,
  SettingError,
  type SettingsReading,
} from "../../telemetry/read_settings.ts";
import { SIGNALS } from "../../otlp/signal.ts";
import {
  type FlagName,
  flagName,
  formatSetting,
  isVariable,
  settingOf,
  spellSetting,
  type Variable,
  VARIABLES,
} from "../../telemetry/settings.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues, ValueFlag } from "./flags.ts";
import { flagEntries, section, settingFlag, wrap } from "./help.ts";

/** Short names for the flags that learners type most often. */
const ALIASES: Partial<Record<Variable, readonly string[]>> = {
  OTEL_SERVICE_NAME: ["s"],
  OTEL_RESOURCE_ATTRIBUTES: ["r"],
  OTEL_CONFIG_FILE: ["c"],
  OTEL_LOG_LEVEL: ["L"],
  OTEL_EXPORTER_OTLP_ENDPOINT: ["E", "endpoint"],
  OTEL_EXPORTER_OTLP_PROTOCOL: ["P", "protocol"],
  OTEL_EXPORTER_OTLP_HEADERS: ["H"],
  OTEL_TRACES_EXPORTER: ["t"],
  OTEL_TRACES_SAMPLER: ["S"],
  OTEL_TRACES_SAMPLER_ARG: ["A"],
  OTEL_METRICS_EXPORTER: ["m"],
  OTEL_METRIC_EXPORT_INTERVAL: ["i"],
  OTEL_LOGS_EXPORTER: ["l"],
};

/** The flags that act on the settings. */
export const SETTINGS_FLAGS = {
  env: {
    aliases: ["e"],
    placeholder: "OTEL_NAME=VALUE",
    repeatable: true,
    help: "Set a variable that has no flag",
  },
  strict: { help: "Treat an invalid variable as an error, like an invalid flag" },
  "dry-run": { aliases: ["n"], help: "Check everything, print what would run, and exit" },
  "print-config": { help: "Print every setting and where it comes from, and exit" },
  json: { help: "With --print-config: print JSON" },
} as const satisfies FlagTable;

/** A flag for each OTEL_* variable. */
export const VARIABLE_FLAGS = flagsOf(VARIABLES);

/** One flag for each OTEL_* variable, and those that act on the settings. */
export const TELEMETRY_FLAGS = { ...SETTINGS_FLAGS, ...VARIABLE_FLAGS };

/** The part of `--help` on telemetry flags; those for one signal repeat the ones for all. */
export function telemetryHelp(): string {
  const listed = VARIABLES.filter((variable) =>
    !/^OTEL_EXPORTER_OTLP_(TRACES|METRICS|LOGS)_(?!TEMPORALITY|DEFAULT)/.test(variable) &&
    !settingOf(variable).pythonOnly
  );
  const sectionOf = (heading: string, signal: string) =>
    section(
      heading,
      flagEntries(flagsOf(listed.filter((variable) => settingOf(variable).signal === signal))),
    );
  const pythonOnly = VARIABLES.filter((variable) => settingOf(variable).pythonOnly);
  return [
    section("Settings", flagEntries(SETTINGS_FLAGS)),
    sectionOf("Telemetry flags (--service-name is the variable OTEL_SERVICE_NAME, ...)", "all"),
    ...SIGNALS.map((signal) => sectionOf(`${signal[0]!.toUpperCase()}${signal.slice(1)}`, signal)),
    wrap(
      "Each --exporter-otlp-... flag also exists for one signal, for example " +
        "--exporter-otlp-traces-endpoint. You can abbreviate flags as long as they stay " +
        "unambiguous. " +
        `Also accepted, for command lines that were written for Python: ${
          pythonOnly.map(flagName).join(", ")
        }.`,
    ),
  ].join("\n\n");
}

/** The values of these flags for a command, which may have only some of them. */
type GivenFlags = Partial<FlagValues<typeof VARIABLE_FLAGS & Pick<typeof SETTINGS_FLAGS, "env">>>;

/**
 * The variables set by flags, including `--env`.
 *
 * @throws {UsageError} If a value of `--env` is not an OTEL_* variable with a value.
 */
export function givenTelemetryFlags(flags: GivenFlags): Record<string, string> {
  const given: Record<string, string> = {};
  for (const pair of flags.env ?? []) {
    const [, name, value] = /^(OTEL_\w+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) {
      const shown = pair.replace(/=.*/s, "=...");
      throw new UsageError(`Cannot use --env "${shown}": expected OTEL_NAME=VALUE`);
    }
    given[name] = value;
  }
  for (const variable of VARIABLES) {
    const value = flags[nameOf(variable)];
    if (value !== undefined) given[variable] = value;
  }
  return given;
}

/**
 * Reads the settings from environment and flags. A program other than the kit's app may accept values that are
 * unknown here, so they are rejected only if the user asks for that.
 *
 * @throws {UsageError} If a flag's value is invalid, or, if requested, a variable's.
 */
export function readTelemetrySettings(
  flags: Environment,
  { strict, areForOthers = false }: { strict: boolean; areForOthers?: boolean },
): SettingsReading {
  let reading: SettingsReading;
  try {
    reading = readSettings(Deno.env.toObject(), flags, { areForOthers: areForOthers && !strict });
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new UsageError(`Cannot use ${error.message}`);
  }
  if (strict && reading.rejections.length > 0) {
    throw new UsageError(
      reading.rejections.map((line) => line.replace(/^Ignoring/, "Cannot use")).join("\n"),
    );
  }
  const [unreadable] = unreadableFiles(reading, strict ? ["flag", "environment"] : ["flag"]);
  if (unreadable) throw new UsageError(`Cannot use ${unreadable}`);
  return reading;
}

/** One sentence for each unreadable file in settings from these sources. */
export function unreadableFiles(
  { settings, origins }: SettingsReading,
  from: readonly Origin[],
): string[] {
  return VARIABLES.filter((variable) => settingOf(variable).file).flatMap((variable) => {
    const origin = origins[variable];
    const reason = from.includes(origin) && whyUnreadable(String(settings[variable]));
    if (!reason) return [];
    const name = origin === "flag" ? flagName(variable) : variable;
    return [`${name} "${settings[variable]}": ${reason}`];
  });
}

/**
 * The variables in effect: flags become variables, values get the form that every program reads, and invalid
 * variables are unset. Unknown names and values for other programs are kept.
 */
export function resultingVariables(
  { origins, foreign }: SettingsReading,
  flags: Environment,
): Record<string, string> {
  const variables = Deno.env.toObject();
  for (const [name, value] of Object.entries(flags)) {
    if (value) variables[name] = value;
    else delete variables[name];
  }
  for (const variable of VARIABLES) {
    const text = variables[variable];
    if (text === undefined || foreign.has(variable)) continue;
    if (origins[variable] === "default") delete variables[variable];
    else variables[variable] = spellSetting(variable, text);
  }
  return variables;
}

/** Updates this process's environment to match the settings, because SDK classes read it too. */
export function applySettings(reading: SettingsReading, flags: Environment): void {
  const variables = resultingVariables(reading, flags);
  for (const name of new Set([...VARIABLES, ...Object.keys(flags)])) {
    const value = variables[name];
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
  for (const [specified, sdk] of SDK_NAMES) {
    if (reading.origins[specified] !== "default") {
      Deno.env.set(sdk, formatSetting(specified, reading.settings[specified]));
    }
  }
}

/** Variables that the SDK reads under a different name than the specification's. */
const SDK_NAMES = [
  ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT"],
  ["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT"],
] as const;

/** The names of known variables that were given. */
export function givenVariables({ origins }: SettingsReading): Variable[] {
  return VARIABLES.filter((variable) => origins[variable] !== "default");
}

/** Unknown names that flags set. */
export function unknownNames(flags: Environment): string[] {
  return Object.keys(flags).filter((name) => !isVariable(name));
}

function flagsOf(variables: readonly Variable[]): Record<FlagName<Variable>, ValueFlag> {
  const entries = variables.map((variable) =>
    [nameOf(variable), settingFlag(variable, ALIASES[variable])] as const
  );
  return Object.fromEntries(entries) as Record<FlagName<Variable>, ValueFlag>;
}

function nameOf<V extends Variable>(variable: V): FlagName<V> {
  return flagName(variable).slice(2) as FlagName<V>;
}

function whyUnreadable(path: string): string | undefined {
  try {
    Deno.openSync(path).close();
    return undefined;
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "there is no such file" : messageOf(error);
  }
}
