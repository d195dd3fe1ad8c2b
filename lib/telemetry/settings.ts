import {
  BOOLEAN,
  HEADERS,
  HTTP_URL,
  integer,
  listOf,
  number,
  oneOf,
  PAIRS,
  PATTERNS,
  text,
  texts,
  type ValueType,
} from "./value_types.ts";

/** What a setting is about: one of the three signals, or all of them. */
export type Signal = "traces" | "metrics" | "logs";

/** One OTEL_* variable, and with it one flag. */
export interface Setting<T, Default extends T | undefined = T | undefined> {
  type: ValueType<T>;
  /** What holds where the variable is not set; undefined where that says something of its own. */
  default: Default;
  signal: Signal | "all";
  /** One line for `--help`. */
  help: string;
  /** Never to be printed. */
  secret?: boolean;
  /** A file that must be readable. */
  file?: boolean;
}

function setting<T>(
  type: ValueType<T>,
  help: string,
  extra?: Partial<Pick<Setting<T>, "signal" | "secret" | "file">>,
): Setting<T, undefined>;
function setting<T>(
  type: ValueType<T>,
  help: string,
  extra: Partial<Setting<NoInfer<T>>> & { default: NoInfer<T> },
): Setting<T, T>;
function setting<T>(type: ValueType<T>, help: string, extra: Partial<Setting<T>> = {}) {
  return { type, help, default: undefined, signal: "all", ...extra };
}

/** A longer time would make a timer fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const MILLISECONDS = integer({ max: MAX_TIMER_MS, unit: "MS" });
const COUNT = integer();
const POSITIVE = integer({ min: 1 });

/** The OTLP settings that exist for all signals together and for each of them. */
const OTLP = {
  ENDPOINT: setting(HTTP_URL, "Where telemetry is sent (default http://localhost:4318)"),
  PROTOCOL: setting(
    oneOf("http/protobuf", "http/json", "grpc"),
    "How telemetry is sent, by default http/protobuf, or grpc to port 4317",
  ),
  HEADERS: setting(HEADERS, "Headers sent along, for example for authentication", { secret: true }),
  TIMEOUT: setting(MILLISECONDS, "How long to try to send a batch; 0 is no limit (default 10000)"),
  COMPRESSION: setting(oneOf("gzip", "none"), "How telemetry is compressed, by default not at all"),
  CERTIFICATE: setting(text("FILE"), "Certificates (PEM) of the authorities to trust", {
    file: true,
  }),
  CLIENT_KEY: setting(text("FILE"), "Private key (PEM) for mutual TLS", { file: true }),
  CLIENT_CERTIFICATE: setting(text("FILE"), "Certificate (PEM) for mutual TLS", { file: true }),
};

type OtlpSettings<Infix extends string> = {
  [Name in keyof typeof OTLP as `OTEL_EXPORTER_OTLP_${Infix}${Name}`]: (typeof OTLP)[Name];
};

function otlpSettings<const Infix extends string>(
  infix: Infix,
  signal: Signal | "all",
): OtlpSettings<Infix> {
  const only = signal === "all" ? "" : ` (${signal} only)`;
  const rows = Object.entries(OTLP).map(([name, row]) => [
    `OTEL_EXPORTER_OTLP_${infix}${name}`,
    { ...row, signal, help: row.help + only },
  ]);
  return Object.fromEntries(rows);
}

/**
 * Every variable that is known, in the order in which help texts list them.
 *
 * Names, defaults and allowed values are the specification's:
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const SETTINGS = {
  OTEL_SERVICE_NAME: setting(text("NAME"), "Name of the service"),
  OTEL_RESOURCE_ATTRIBUTES: setting(PAIRS, "More attributes of the resource", { default: {} }),
  OTEL_SDK_DISABLED: setting(BOOLEAN, "Record and send nothing", { default: false }),
  OTEL_LOG_LEVEL: setting(
    oneOf("none", "error", "warn", "info", "debug", "verbose", "all"),
    "How much the SDK says of itself",
    { default: "info" },
  ),
  OTEL_PROPAGATORS: setting(
    listOf("tracecontext", "baggage", "b3", "b3multi"),
    "How the trace context travels",
    { default: ["tracecontext", "baggage"] },
  ),

  OTEL_TRACES_EXPORTER: setting(listOf("otlp", "console"), "Where spans go", {
    default: ["otlp"],
    signal: "traces",
  }),
  OTEL_TRACES_SAMPLER: setting(
    oneOf(
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ),
    "Which traces are recorded",
    { default: "parentbased_always_on", signal: "traces" },
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(number({ min: 0, max: 1 }), "Share of traces, for a ratio", {
    default: 1,
    signal: "traces",
  }),

  ...otlpSettings("", "all"),
  ...otlpSettings("TRACES_", "traces"),

  OTEL_BSP_SCHEDULE_DELAY: setting(MILLISECONDS, "Longest wait before a batch of spans is sent", {
    default: 5000,
    signal: "traces",
  }),
  OTEL_BSP_EXPORT_TIMEOUT: setting(
    MILLISECONDS,
    "Longest time for sending a batch of spans; 0 is no limit",
    {
      default: 30_000,
      signal: "traces",
    },
  ),
  OTEL_BSP_MAX_QUEUE_SIZE: setting(POSITIVE, "Spans that may wait; more are dropped and counted", {
    default: 2048,
    signal: "traces",
  }),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: setting(POSITIVE, "Spans in a batch, at most", {
    default: 512,
    signal: "traces",
  }),

  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(COUNT, "Characters of an attribute value, at most"),
  OTEL_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of anything, at most", { default: 128 }),
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(
    COUNT,
    "Characters of a span's attribute value, at most",
    { signal: "traces" },
  ),
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span, at most", {
    signal: "traces",
  }),
  OTEL_SPAN_EVENT_COUNT_LIMIT: setting(COUNT, "Events of a span, at most", {
    default: 128,
    signal: "traces",
  }),
  OTEL_SPAN_LINK_COUNT_LIMIT: setting(COUNT, "Links of a span, at most", {
    default: 128,
    signal: "traces",
  }),
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span's event, at most", {
    default: 128,
    signal: "traces",
  }),
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span's link, at most", {
    default: 128,
    signal: "traces",
  }),

  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: setting(
    PATTERNS,
    "Request headers to record",
  ),
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: setting(
    PATTERNS,
    "Response headers to record",
  ),
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS: setting(
    PATTERNS,
    "Headers whose values are replaced by [REDACTED]",
  ),
  OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: setting(
    texts("METHOD,..."),
    "HTTP methods recorded by name",
  ),
};

/** The name of a variable that is known. */
export type Variable = keyof typeof SETTINGS;

/** The values of all settings. */
export type Settings = {
  readonly [V in Variable]: (typeof SETTINGS)[V] extends Setting<infer T, infer Default>
    ? T | Default
    : never;
};

/** Where a value came from. */
export type Origin = "flag" | "environment" | "default";

/** Texts by the name of a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What {@linkcode readSettings} found. */
export interface SettingsReading {
  settings: Settings;
  origins: Readonly<Record<Variable, Origin>>;
  /** One sentence for each value that is not used as given. */
  warnings: string[];
}

/** The names of all variables, in the order of the table. */
export const VARIABLES = Object.keys(SETTINGS) as Variable[];

/** A flag's value is not valid: a mistake of whoever wrote the command line. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** The flag of a variable: `--service-name` of OTEL_SERVICE_NAME. */
export function flagName(variable: Variable): string {
  return `--${variable.slice("OTEL_".length).toLowerCase().replaceAll("_", "-")}`;
}

/** The value as text, for printing: secrets are masked, what is not set is empty. */
export function formatSetting(variable: Variable, value: Settings[Variable]): string {
  const { type, secret } = SETTINGS[variable] as Setting<unknown>;
  if (value === undefined) return "";
  if (secret) return "***";
  return type.format ? type.format(value) : String(value);
}

/**
 * Reads all settings: a flag beats the environment, which beats the default; empty is unset.
 *
 * A bad value in the environment is ignored with a warning that shows it; nothing else is read or
 * changed. Flags are given by the names of their variables.
 *
 * @throws {SettingError} If a flag's value is not valid.
 */
export function readSettings(env: Environment, flags: Environment = {}): SettingsReading {
  const settings: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  const warnings: string[] = [];

  for (const variable of VARIABLES) {
    const row: Setting<unknown> = SETTINGS[variable] as Setting<unknown>;
    const flag = flags[variable];
    const given = flag ?? env[variable];
    let value: unknown;
    if (given) value = row.type.parse(given);
    if (value === undefined && given) {
      if (flag) throw new SettingError(rejection(flagName(variable), given, row));
      warnings.push(`Ignoring ${rejection(variable, given, row)}`);
    }
    origins[variable] = value === undefined ? "default" : flag ? "flag" : "environment";
    settings[variable] = value ?? row.default;
  }

  const reading = { settings, origins, warnings } as unknown as SettingsReading;
  warnings.push(...crossCheck(reading));
  return reading;
}

function rejection(name: string, given: string, row: Setting<unknown>): string {
  return row.secret
    ? `${name}: expected ${row.type.expected} (the value is not shown)`
    : `${name} "${given}": expected ${row.type.expected}`;
}

/** What is wrong only together. */
function crossCheck({ settings, origins }: SettingsReading): string[] {
  const warnings: string[] = [];
  if (
    origins.OTEL_TRACES_SAMPLER_ARG !== "default" &&
    !settings.OTEL_TRACES_SAMPLER.endsWith("traceidratio")
  ) {
    warnings.push(
      `OTEL_TRACES_SAMPLER_ARG has no effect: ` +
        `OTEL_TRACES_SAMPLER is "${settings.OTEL_TRACES_SAMPLER}", not one with traceidratio`,
    );
  }
  const { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: batch, OTEL_BSP_MAX_QUEUE_SIZE: queue } = settings;
  if (batch > queue) {
    warnings.push(
      `OTEL_BSP_MAX_EXPORT_BATCH_SIZE "${batch}" is more than OTEL_BSP_MAX_QUEUE_SIZE "${queue}": ` +
        `batches hold ${queue} spans`,
    );
  }
  return warnings;
}
