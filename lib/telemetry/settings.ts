import { DEFAULT_PORTS, PROMETHEUS_EXPORTER_PORT, ZIPKIN_PORT } from "../default_ports.ts";
import { forSignal, prefixed, type Setting, setting } from "./setting.ts";
import type { Signal } from "../otlp/signal.ts";
import {
  BOOLEAN,
  ENDPOINT,
  ENTITIES,
  HEADERS,
  HTTP_URL,
  integer,
  listOf,
  MILLISECONDS,
  number,
  oneOf,
  PAIRS,
  PATTERNS,
  PORT,
  POSITIVE_MILLISECONDS,
  text,
  texts,
} from "./value_types.ts";

const COUNT = integer();
const POSITIVE = integer({ min: 1 });

const { httpPort, grpcPort } = DEFAULT_PORTS;

/** The OTLP settings that exist for all signals together and for each of them. */
function otlpSettings<const Infix extends string>(infix: Infix, only: string) {
  return prefixed(`OTEL_EXPORTER_OTLP_${infix}`, {
    ENDPOINT: setting(
      ENDPOINT,
      `Where telemetry is sent (default http://localhost:${httpPort})${only}`,
    ),
    PROTOCOL: setting(
      oneOf("http/protobuf", "http/json", "grpc"),
      `How telemetry is sent, by default http/protobuf, or grpc to port ${grpcPort}${only}`,
    ),
    HEADERS: setting(HEADERS, `Headers sent along, for example for authentication${only}`, {
      secret: true,
    }),
    TIMEOUT: setting(
      MILLISECONDS,
      `How long to try to send a batch; 0 is no limit (default 10000)${only}`,
    ),
    COMPRESSION: setting(
      oneOf("gzip", "none"),
      `How telemetry is compressed, by default not at all${only}`,
    ),
    INSECURE: setting(
      BOOLEAN,
      `Over gRPC, to an endpoint without http:// or https://: without TLS${only}`,
    ),
    CERTIFICATE: setting(text("FILE"), `Certificates (PEM) of the authorities to trust${only}`, {
      file: true,
    }),
    CLIENT_KEY: setting(text("FILE"), `Private key (PEM) for mutual TLS${only}`, { file: true }),
    CLIENT_CERTIFICATE: setting(text("FILE"), `Certificate (PEM) for mutual TLS${only}`, {
      file: true,
    }),
  });
}

/** The settings of a batch processor. */
function batchSettings<const Name extends string>(name: Name, items: string, delayMillis: number) {
  return prefixed(`OTEL_${name}_`, {
    SCHEDULE_DELAY: setting(MILLISECONDS, `Longest wait before a batch of ${items} is sent`, {
      default: delayMillis,
    }),
    EXPORT_TIMEOUT: setting(
      MILLISECONDS,
      `Longest time for sending a batch of ${items}; 0 is no limit`,
      { default: 30_000 },
    ),
    MAX_QUEUE_SIZE: setting(POSITIVE, `How many ${items} may wait; more are dropped and counted`, {
      default: 2048,
    }),
    MAX_EXPORT_BATCH_SIZE: setting(POSITIVE, `How many ${items} are in a batch, at most`, {
      default: 512,
    }),
  });
}

/** Settings that only Python's SDK understands; accepted, so that its command lines work here too. */
const PYTHON = prefixed("OTEL_PYTHON_", {
  CONTEXT: setting(text("NAME"), "Context implementation", { pythonOnly: true }),
  ID_GENERATOR: setting(text("NAME"), "Generator of ids", { pythonOnly: true }),
  TRACER_PROVIDER: setting(text("NAME"), "Tracer provider", { pythonOnly: true }),
  METER_PROVIDER: setting(text("NAME"), "Meter provider", { pythonOnly: true }),
  TRACER_CONFIGURATOR: setting(text("NAME"), "Configurator of tracers", { pythonOnly: true }),
  METER_CONFIGURATOR: setting(text("NAME"), "Configurator of meters", { pythonOnly: true }),
  LOGGER_CONFIGURATOR: setting(text("NAME"), "Configurator of loggers", { pythonOnly: true }),
  SDK_INTERNAL_METRICS_ENABLED: setting(BOOLEAN, "Measure the SDK itself", { pythonOnly: true }),
  DISTRO: setting(text("NAME"), "Distribution", { pythonOnly: true }),
  CONFIGURATOR: setting(text("NAME"), "Configurator", { pythonOnly: true }),
  AUTO_INSTRUMENTATION_EXPERIMENTAL_GEVENT_PATCH: setting(text("NAME"), "Patch gevent", {
    pythonOnly: true,
  }),
});

/**
 * Every known variable, in the order in which help texts list them.
 *
 * Names, defaults and allowed values are the specification's:
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const SETTINGS = {
  OTEL_SERVICE_NAME: setting(text("NAME"), "Name of the service"),
  OTEL_RESOURCE_ATTRIBUTES: setting(PAIRS, "More attributes of the resource", { default: {} }),
  OTEL_ENTITIES: setting(ENTITIES, "Entities that the resource stands for", {
    default: {},
    extra: true,
  }),
  OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: setting(
    listOf("otel", "process", "os", "host", "service", "*"),
    "What the resource is described by",
    { default: ["*"] },
  ),
  OTEL_CONFIG_FILE: setting(text("FILE"), "Declarative configuration (YAML), instead of all else", {
    file: true,
  }),
  OTEL_EXPERIMENTAL_CONFIG_FILE: setting(text("FILE"), "Old name of OTEL_CONFIG_FILE", {
    file: true,
    extra: true,
  }),
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
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(COUNT, "Characters of an attribute value, at most"),
  OTEL_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of anything, at most", { default: 128 }),

  ...otlpSettings("", ""),

  ...forSignal("traces", {
    OTEL_TRACES_EXPORTER: setting(listOf("otlp", "console", "zipkin"), "Where spans go", {
      default: ["otlp"],
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
      { default: "parentbased_always_on" },
    ),
    OTEL_TRACES_SAMPLER_ARG: setting(number({ min: 0, max: 1 }), "Share of traces, for a ratio", {
      default: 1,
    }),
    ...batchSettings("BSP", "spans", 5000),
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(
      COUNT,
      "Characters of a span's attribute value, at most",
    ),
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span, at most"),
    OTEL_SPAN_EVENT_COUNT_LIMIT: setting(COUNT, "Events of a span, at most", { default: 128 }),
    OTEL_SPAN_LINK_COUNT_LIMIT: setting(COUNT, "Links of a span, at most", { default: 128 }),
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span's event, at most", {
      default: 128,
    }),
    OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a span's link, at most", {
      default: 128,
    }),
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: setting(HTTP_URL, "Where the zipkin exporter sends spans", {
      default: `http://localhost:${ZIPKIN_PORT}/api/v2/spans`,
    }),
    OTEL_EXPORTER_ZIPKIN_TIMEOUT: setting(
      MILLISECONDS,
      "How long the zipkin exporter waits for an answer; 0 is no limit",
      { default: 10_000 },
    ),
    ...otlpSettings("TRACES_", " (traces only)"),
  }),

  ...forSignal("metrics", {
    OTEL_METRICS_EXPORTER: setting(listOf("otlp", "console", "prometheus"), "Where metrics go", {
      default: ["otlp"],
    }),
    OTEL_METRIC_EXPORT_INTERVAL: setting(
      POSITIVE_MILLISECONDS,
      "Time from one export of metrics to the next",
      { default: 60_000 },
    ),
    OTEL_METRIC_EXPORT_TIMEOUT: setting(
      MILLISECONDS,
      "Longest time for an export of metrics; 0 is no limit",
      { default: 30_000 },
    ),
    OTEL_METRICS_EXEMPLAR_FILTER: setting(
      oneOf("always_on", "always_off", "trace_based"),
      "Which measurements are kept as examples",
      { default: "trace_based" },
    ),
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: setting(
      oneOf("cumulative", "delta", "lowmemory"),
      "Whether OTLP sends sums since the start or since the last export",
      { default: "cumulative" },
    ),
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: setting(
      oneOf("explicit_bucket_histogram", "base2_exponential_bucket_histogram"),
      "The buckets of histograms in OTLP",
      { default: "explicit_bucket_histogram" },
    ),
    OTEL_EXPORTER_PROMETHEUS_HOST: setting(text("ADDRESS"), "Where Prometheus may ask", {
      default: "localhost",
    }),
    OTEL_EXPORTER_PROMETHEUS_PORT: setting(PORT, "The port for that; 0 is any free one", {
      default: PROMETHEUS_EXPORTER_PORT,
    }),
    ...otlpSettings("METRICS_", " (metrics only)"),
  }),

  ...forSignal("logs", {
    OTEL_LOGS_EXPORTER: setting(listOf("otlp", "console"), "Where log records go", {
      default: ["otlp"],
    }),
    ...batchSettings("BLRP", "log records", 1000),
    OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(
      COUNT,
      "Characters of a log record's attribute value, at most",
    ),
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Attributes of a log record, at most"),
    ...otlpSettings("LOGS_", " (logs only)"),
  }),

  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: setting(
    PATTERNS,
    "Request headers to record",
    { extra: true },
  ),
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: setting(
    PATTERNS,
    "Response headers to record",
    { extra: true },
  ),
  OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS: setting(
    PATTERNS,
    "Headers whose values are replaced by [REDACTED]",
    { extra: true },
  ),
  OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: setting(
    texts("METHOD,..."),
    "HTTP methods recorded by name",
    { extra: true },
  ),
  OTEL_INSTRUMENTATION_HTTP_TRUST_PROXY: setting(
    BOOLEAN,
    "Believe Forwarded and X-Forwarded-*: only behind a proxy that sets them",
    { default: false, extra: true },
  ),
  OTEL_PYTHON_DISABLED_INSTRUMENTATIONS: setting(
    texts("NAME,..."),
    "What not to instrument: hono, fetch, console, or * for all",
    { default: [] },
  ),
  OTEL_SEMCONV_STABILITY_OPT_IN: setting(
    texts("NAME,..."),
    "Conventions to follow; our own app follows the stable ones alone",
    { default: [] },
  ),
  ...PYTHON,
};

/** The name of a known variable. */
export type Variable = keyof typeof SETTINGS;

/** The values of all settings. */
export type Settings = {
  readonly [V in Variable]: (typeof SETTINGS)[V] extends Setting<infer T, infer Default>
    ? T | Default
    : never;
};

/** The names of all variables, in the order of the table. */
export const VARIABLES = Object.keys(SETTINGS) as Variable[];

/** The row of a variable, whatever the type of its value. */
export function settingOf(variable: Variable): Setting<unknown> {
  return SETTINGS[variable] as Setting<unknown>;
}

/** Whether the variable is known. */
export function isVariable(name: string): name is Variable {
  return Object.hasOwn(SETTINGS, name);
}

/** The flag of a variable: `--service-name` of OTEL_SERVICE_NAME, `--distro` of OTEL_PYTHON_DISTRO. */
export function flagName<V extends Variable>(variable: V): `--${FlagName<V>}` {
  const words = variable.replace(/^OTEL_(PYTHON_)?/, "").toLowerCase().replaceAll("_", "-");
  return `--${words as FlagName<V>}`;
}

/** The same without the leading hyphens. */
export type FlagName<V extends string> = V extends `OTEL_PYTHON_${infer Name}` ? Hyphenated<Name>
  : V extends `OTEL_${infer Name}` ? Hyphenated<Name>
  : never;

type Hyphenated<Name extends string> = Name extends `${infer Word}_${infer Rest}`
  ? `${Lowercase<Word>}-${Hyphenated<Rest>}`
  : Lowercase<Name>;

/** The value as text for printing: secrets are masked, unset values are empty. */
export function formatSetting(variable: Variable, value: Settings[Variable]): string {
  const { type, secret } = settingOf(variable);
  if (value === undefined) return "";
  if (secret) return "***";
  return type.format ? type.format(value) : String(value);
}

/**
 * A valid value in the strict form that other programs require: words in the specification's case, numbers
 * without blanks.
 */
export function spellSetting(variable: Variable, text: string): string {
  const { type } = settingOf(variable);
  const value = type.parse(text);
  if (type.choices === undefined && typeof value !== "number") return type.spell?.(text) ?? text;
  return type.format?.(value) ?? String(value);
}

export type { Setting, Signal };
