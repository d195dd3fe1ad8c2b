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
    HEADERS: setting(HEADERS, `Headers to send, for example for authentication${only}`, {
      secret: true,
    }),
    TIMEOUT: setting(
      MILLISECONDS,
      `Time limit for sending a batch; 0 means no limit (default 10000)${only}`,
    ),
    COMPRESSION: setting(
      oneOf("gzip", "none"),
      `Compression, by default none${only}`,
    ),
    INSECURE: setting(
      BOOLEAN,
      `Send without TLS to a gRPC endpoint without http:// or https://${only}`,
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
    SCHEDULE_DELAY: setting(MILLISECONDS, `Maximum delay before a batch of ${items} is sent`, {
      default: delayMillis,
    }),
    EXPORT_TIMEOUT: setting(
      MILLISECONDS,
      `Time limit for sending a batch of ${items}; 0 means no limit`,
      { default: 30_000 },
    ),
    MAX_QUEUE_SIZE: setting(POSITIVE, `Queue size in ${items}; more are dropped and counted`, {
      default: 2048,
    }),
    MAX_EXPORT_BATCH_SIZE: setting(POSITIVE, `Maximum number of ${items} in a batch`, {
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
  OTEL_RESOURCE_ATTRIBUTES: setting(PAIRS, "Additional resource attributes", { default: {} }),
  OTEL_ENTITIES: setting(ENTITIES, "Entities that the resource represents", {
    default: {},
    extra: true,
  }),
  OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: setting(
    listOf("otel", "process", "os", "host", "service", "*"),
    "Resource detectors to use",
    { default: ["*"] },
  ),
  OTEL_CONFIG_FILE: setting(
    text("FILE"),
    "Declarative configuration (YAML); replaces all other settings",
    {
      file: true,
    },
  ),
  OTEL_EXPERIMENTAL_CONFIG_FILE: setting(text("FILE"), "Old name of OTEL_CONFIG_FILE", {
    file: true,
    extra: true,
  }),
  OTEL_SDK_DISABLED: setting(BOOLEAN, "Record and send nothing", { default: false }),
  OTEL_LOG_LEVEL: setting(
    oneOf("none", "error", "warn", "info", "debug", "verbose", "all"),
    "Level of the SDK's own log",
    { default: "info" },
  ),
  OTEL_PROPAGATORS: setting(
    listOf("tracecontext", "baggage", "b3", "b3multi"),
    "Formats for propagating the trace context",
    { default: ["tracecontext", "baggage"] },
  ),
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(COUNT, "Maximum length of an attribute value"),
  OTEL_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Maximum number of attributes", { default: 128 }),

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
      "Which traces to record",
      { default: "parentbased_always_on" },
    ),
    OTEL_TRACES_SAMPLER_ARG: setting(
      number({ min: 0, max: 1 }),
      "Share of traces, for ratio samplers",
      {
        default: 1,
      },
    ),
    ...batchSettings("BSP", "spans", 5000),
    OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: setting(
      COUNT,
      "Maximum length of a span's attribute value",
    ),
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Maximum number of attributes of a span"),
    OTEL_SPAN_EVENT_COUNT_LIMIT: setting(COUNT, "Maximum number of events of a span", {
      default: 128,
    }),
    OTEL_SPAN_LINK_COUNT_LIMIT: setting(COUNT, "Maximum number of links of a span", {
      default: 128,
    }),
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Maximum number of attributes of an event", {
      default: 128,
    }),
    OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: setting(COUNT, "Maximum number of attributes of a link", {
      default: 128,
    }),
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: setting(HTTP_URL, "Where the zipkin exporter sends spans", {
      default: `http://localhost:${ZIPKIN_PORT}/api/v2/spans`,
    }),
    OTEL_EXPORTER_ZIPKIN_TIMEOUT: setting(
      MILLISECONDS,
      "How long the zipkin exporter waits for a response; 0 means no limit",
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
      "Interval between exports of metrics",
      { default: 60_000 },
    ),
    OTEL_METRIC_EXPORT_TIMEOUT: setting(
      MILLISECONDS,
      "Time limit for an export of metrics; 0 means no limit",
      { default: 30_000 },
    ),
    OTEL_METRICS_EXEMPLAR_FILTER: setting(
      oneOf("always_on", "always_off", "trace_based"),
      "Which measurements are kept as exemplars",
      { default: "trace_based" },
    ),
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: setting(
      oneOf("cumulative", "delta", "lowmemory"),
      "Whether OTLP sends sums since the start or since the last export",
      { default: "cumulative" },
    ),
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: setting(
      oneOf("explicit_bucket_histogram", "base2_exponential_bucket_histogram"),
      "Kind of histogram in OTLP",
      { default: "explicit_bucket_histogram" },
    ),
    OTEL_EXPORTER_PROMETHEUS_HOST: setting(
      text("ADDRESS"),
      "Address on which Prometheus can scrape metrics",
      {
        default: "localhost",
      },
    ),
    OTEL_EXPORTER_PROMETHEUS_PORT: setting(PORT, "Port for scraping; 0 means any free port", {
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
      "Maximum length of a log record's attribute value",
    ),
    OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: setting(
      COUNT,
      "Maximum number of attributes of a log record",
    ),
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
    "Trust Forwarded and X-Forwarded-*; use only behind a proxy that sets them",
    { default: false, extra: true },
  ),
  OTEL_PYTHON_DISABLED_INSTRUMENTATIONS: setting(
    texts("NAME,..."),
    "What not to instrument: hono, fetch, console, or * for all",
    { default: [] },
  ),
  OTEL_SEMCONV_STABILITY_OPT_IN: setting(
    texts("NAME,..."),
    "Conventions to follow; otel-kit's own apps always follow the stable ones",
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
