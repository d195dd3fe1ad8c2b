import { DEFAULT_PORTS } from "../default_ports.ts";
import { SIGNALS } from "../otlp/signal.ts";
import { flagName, settingOf, type Settings, type Variable, VARIABLES } from "./settings.ts";
import type { Setting } from "./settings.ts";
import { maskCredentials } from "./value_types.ts";

/** Where a value came from. */
export type Origin = "flag" | "environment" | "default";

/** Values by variable name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value that is left to the program that receives it. */
export interface ForeignValue {
  origin: Exclude<Origin, "default">;
  value: string;
  /** The printable form; undefined if it must not be printed. */
  shown: string | undefined;
}

/** The result of {@linkcode readSettings}. */
export interface SettingsReading {
  settings: Settings;
  origins: Readonly<Record<Variable, Origin>>;
  /** One sentence for each variable whose value is invalid and therefore ignored. */
  rejections: string[];
  /** One sentence for each value that is valid but not used as given. */
  warnings: string[];
  /** Values that are invalid here, if the settings are for a program that may accept them. */
  foreign: ReadonlyMap<Variable, ForeignValue>;
}

/** A flag's value is invalid: a mistake on the command line. */
export class SettingError extends Error {
  override name = "SettingError";
}

/**
 * Reads all settings: flags override the environment, which overrides the defaults; empty means unset.
 *
 * An invalid value in the environment is ignored, with a sentence that quotes it; nothing else is read or
 * changed. Flags are keyed by the names of their variables. If the settings are for a program other than the
 * kit's own apps, each invalid value is `foreign`, because that program may accept it.
 *
 * @throws {SettingError} If a flag's value is invalid and it is for the kit's own SDK.
 */
export function readSettings(
  env: Environment,
  flags: Environment = {},
  { areForOthers = false }: { areForOthers?: boolean } = {},
): SettingsReading {
  const settings: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  const rejections: string[] = [];
  const warnings: string[] = [];
  const foreign = new Map<Variable, ForeignValue>();

  function reject(variable: Variable, given: string, isFlag: boolean, expected?: string): void {
    const row = settingOf(variable);
    origins[variable] = "default";
    settings[variable] = row.type.invalid ?? row.default;
    if (areForOthers) {
      const shown = row.secret ? undefined : masked(given);
      foreign.set(variable, { origin: isFlag ? "flag" : "environment", value: given, shown });
      return;
    }
    const problem = rejection(isFlag ? flagName(variable) : variable, given, row, expected);
    if (isFlag) throw new SettingError(problem);
    rejections.push(`Ignoring ${problem}`);
  }

  for (const variable of VARIABLES) {
    const row = settingOf(variable);
    const flag = flags[variable];
    const given = flag ?? env[variable];
    const value = given ? row.type.parse(given) : undefined;
    if (given && value === undefined) {
      reject(variable, given, flag !== undefined);
      continue;
    }
    origins[variable] = value === undefined ? "default" : flag ? "flag" : "environment";
    settings[variable] = value ?? row.default;
    const complaint = value !== undefined && row.type.complain?.(given!);
    if (complaint) {
      warnings.push(`Ignoring a part of ${variable}: ${complaint}; expected ${row.type.expected}`);
    }
  }

  const reading = {
    settings,
    origins,
    rejections,
    warnings,
    foreign,
  } as unknown as SettingsReading;
  for (const variable of endpointsWithoutScheme(reading.settings)) {
    const isFlag = origins[variable] === "flag";
    reject(
      variable,
      String(settings[variable]),
      isFlag,
      `a URL with its scheme, for example http://${settings[variable]}; ` +
        "alone it is for gRPC, with --protocol grpc",
    );
  }
  warnings.push(...crossCheck(reading));
  return reading;
}

function rejection(
  name: string,
  given: string,
  row: Setting<unknown>,
  expected = row.type.expected,
): string {
  return row.secret
    ? `${name}: expected ${expected} (the value is not shown)`
    : `${name} "${masked(given)}": expected ${expected}`;
}

/** An invalid URL may still contain a secret. */
function masked(given: string): string {
  return given.includes("://") || given.includes("@") ? maskCredentials(given) : given;
}

/** Endpoints of only host and port that are for HTTP, where the scheme is required. */
function endpointsWithoutScheme(settings: Settings): Variable[] {
  const isBare = (endpoint: string | undefined) => endpoint && !endpoint.includes("://");
  const isGrpc = (protocol: string | undefined, endpoint: string) =>
    protocol ? protocol === "grpc" : endpoint.endsWith(`:${DEFAULT_PORTS.grpcPort}`);
  const all: Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
  const found: Variable[] = [];
  for (const signal of SIGNALS) {
    const infix = signal.toUpperCase() as Uppercase<typeof signal>;
    const own: Variable = `OTEL_EXPORTER_OTLP_${infix}_ENDPOINT`;
    const variable = settings[own] === undefined ? all : own;
    const endpoint = settings[variable] as string | undefined;
    const protocol = settings[`OTEL_EXPORTER_OTLP_${infix}_PROTOCOL`] ??
      settings.OTEL_EXPORTER_OTLP_PROTOCOL;
    if (isBare(endpoint) && !isGrpc(protocol, endpoint!)) found.push(variable);
  }
  return [...new Set(found)];
}

/** Problems of combinations of settings. */
function crossCheck({ settings, origins, foreign }: SettingsReading): string[] {
  const warnings: string[] = [];
  if (
    origins.OTEL_TRACES_SAMPLER_ARG !== "default" &&
    !foreign.has("OTEL_TRACES_SAMPLER") &&
    !settings.OTEL_TRACES_SAMPLER.endsWith("traceidratio")
  ) {
    warnings.push(
      `OTEL_TRACES_SAMPLER_ARG has no effect: ` +
        `OTEL_TRACES_SAMPLER is "${settings.OTEL_TRACES_SAMPLER}", not one with traceidratio`,
    );
  }
  for (const [prefix, items] of [["OTEL_BSP", "spans"], ["OTEL_BLRP", "log records"]] as const) {
    const batch = settings[`${prefix}_MAX_EXPORT_BATCH_SIZE`];
    const queue = settings[`${prefix}_MAX_QUEUE_SIZE`];
    if (batch > queue) {
      warnings.push(
        `${prefix}_MAX_EXPORT_BATCH_SIZE "${batch}" is more than ${prefix}_MAX_QUEUE_SIZE ` +
          `"${queue}": batches hold ${queue} ${items}`,
      );
    }
  }
  const { OTEL_METRIC_EXPORT_INTERVAL: interval, OTEL_METRIC_EXPORT_TIMEOUT: timeout } = settings;
  if (timeout > interval && origins.OTEL_METRIC_EXPORT_TIMEOUT !== "default") {
    warnings.push(
      `OTEL_METRIC_EXPORT_TIMEOUT "${timeout}" is more than OTEL_METRIC_EXPORT_INTERVAL ` +
        `"${interval}": an export of metrics ends after ${interval} ms`,
    );
  }
  for (const variable of OTLP_TIMEOUTS) {
    const millis = settings[variable] as number | undefined;
    if (millis === undefined || !isProbablySeconds(millis)) continue;
    warnings.push(
      `${variable} "${millis}" is very short: it is in milliseconds, in Python it is in seconds`,
    );
  }
  return warnings;
}

const OTLP_TIMEOUTS = VARIABLES.filter((
  variable,
) => (variable.startsWith("OTEL_EXPORTER_OTLP_") && variable.endsWith("TIMEOUT")));

/** Whether a timeout for a batch is so short that someone probably meant seconds. */
export function isProbablySeconds(millis: number): boolean {
  return millis > 0 && millis < 100;
}
