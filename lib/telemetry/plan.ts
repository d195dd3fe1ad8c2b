import type { ConfigurationModel } from "@opentelemetry/configuration";
import { configurationFromSettings } from "./configuration/from_settings.ts";
import type { LogLevel } from "./diagnostics.ts";
import type { SettingsReading } from "./read_settings.ts";
import type { Settings } from "./settings.ts";

/** The complete telemetry configuration, from whichever source. */
export interface TelemetryPlan {
  /** What the SDK is built from. */
  configuration: ConfigurationModel;
  /** The SDK's own log is printed from this level on. */
  logLevel: LogLevel;
  /** Options of the HTTP instrumentation; unset ones have its defaults. */
  http: {
    captureRequestHeaders?: readonly string[];
    captureResponseHeaders?: readonly string[];
    sanitizeHeaders?: readonly string[];
    knownMethods?: readonly string[];
    trustProxy?: boolean;
  };
  /** Names of instrumentations to disable; `*` disables all. */
  disabledInstrumentations: readonly string[];
}

/** The plan from variables and flags. */
export function planFromSettings(reading: SettingsReading): TelemetryPlan {
  const { settings } = reading;
  return {
    configuration: configurationFromSettings(reading),
    logLevel: settings.OTEL_LOG_LEVEL,
    http: httpFromSettings(settings),
    disabledInstrumentations: settings.OTEL_PYTHON_DISABLED_INSTRUMENTATIONS,
  };
}

/** The plan from a configuration file. */
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

/** The schema has no property for it, so it is here: `distribution: { otel_kit: { trust_proxy: true } }`. */
function trustsProxy({ distribution }: ConfigurationModel): boolean {
  const ours: { trust_proxy?: unknown } = distribution?.otel_kit ?? {};
  return ours.trust_proxy === true;
}

/** Turns a header's name into a pattern: the file contains names, the variables contain patterns. */
function exactly(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Maps the file's severities, which have four grades each, to the levels of OTEL_LOG_LEVEL. */
function logLevelOf(severity: string): LogLevel {
  const word = severity.replace(/\d$/, "");
  if (word === "trace") return "verbose";
  return word === "fatal" ? "error" : word as LogLevel;
}
