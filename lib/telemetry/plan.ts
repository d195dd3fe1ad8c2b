import type { ConfigurationModel } from "@opentelemetry/configuration";
import { configurationFromSettings } from "./configuration/from_settings.ts";
import type { LogLevel } from "./diagnostics.ts";
import type { SettingsReading } from "./read_settings.ts";
import type { Settings } from "./settings.ts";

/** Everything that telemetry is to be, wherever that was said. */
export interface TelemetryPlan {
  /** What the SDK is built from. */
  configuration: ConfigurationModel;
  /** From which level on the SDK says something of itself. */
  logLevel: LogLevel;
  /** Options of the HTTP instrumentation; what is not said is left to its defaults. */
  http: {
    captureRequestHeaders?: readonly string[];
    captureResponseHeaders?: readonly string[];
    sanitizeHeaders?: readonly string[];
    knownMethods?: readonly string[];
    trustProxy?: boolean;
  };
  /** Names of instrumentations to leave out; `*` is all. */
  disabledInstrumentations: readonly string[];
}

/** The plan of variables and flags. */
export function planFromSettings(reading: SettingsReading): TelemetryPlan {
  const { settings } = reading;
  return {
    configuration: configurationFromSettings(reading),
    logLevel: settings.OTEL_LOG_LEVEL,
    http: httpFromSettings(settings),
    disabledInstrumentations: settings.OTEL_PYTHON_DISABLED_INSTRUMENTATIONS,
  };
}

/** The plan of a configuration file. */
export function planFromConfiguration(configuration: ConfigurationModel): TelemetryPlan {
  const server = configuration["instrumentation/development"]?.general?.http?.server ?? {};
  const {
    request_captured_headers: requestHeaders,
    response_captured_headers: responseHeaders,
    known_methods: knownMethods,
  } = server;
  return {
    configuration,
    logLevel: logLevelOf(configuration.log_level ?? "info"),
    http: {
      ...requestHeaders && { captureRequestHeaders: requestHeaders.map(exactly) },
      ...responseHeaders && { captureResponseHeaders: responseHeaders.map(exactly) },
      ...knownMethods && { knownMethods },
      ...trustsProxy(configuration) && { trustProxy: true },
    },
    disabledInstrumentations: [],
  };
}

function httpFromSettings(settings: Settings): TelemetryPlan["http"] {
  const {
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: captureRequestHeaders,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: captureResponseHeaders,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS: sanitizeHeaders,
    OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: knownMethods,
    OTEL_INSTRUMENTATION_HTTP_TRUST_PROXY: trustProxy,
  } = settings;
  return {
    ...captureRequestHeaders && { captureRequestHeaders },
    ...captureResponseHeaders && { captureResponseHeaders },
    ...sanitizeHeaders && { sanitizeHeaders },
    ...knownMethods && { knownMethods },
    ...trustProxy && { trustProxy },
  };
}

/** The schema has no place of its own for it: `distribution: { otel_kit: { trust_proxy: true } }`. */
function trustsProxy({ distribution }: ConfigurationModel): boolean {
  const ours: { trust_proxy?: unknown } = distribution?.otel_kit ?? {};
  return ours.trust_proxy === true;
}

/** A header's name as a pattern: in the file these are names, in the variables patterns. */
function exactly(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** The severities of the file, of which each has four grades, in the words of OTEL_LOG_LEVEL. */
function logLevelOf(severity: string): LogLevel {
  const word = severity.replace(/\d$/, "");
  if (word === "trace") return "verbose";
  return word === "fatal" ? "error" : word as LogLevel;
}
