import { diag, type DiagLogFunction, DiagLogLevel } from "@opentelemetry/api";
import { setGlobalErrorHandler } from "@opentelemetry/core";
import type { Report } from "./delivery.ts";
import type { Settings } from "./settings.ts";

/** A level of the SDK's own log. */
export type LogLevel = Settings["OTEL_LOG_LEVEL"];

const LEVELS: Record<LogLevel, DiagLogLevel> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

/**
 * Prints the SDK's own log from this level on. The `Delivery` of the exporter reports failed exports and full
 * queues instead, once, with counts.
 */
export function startDiagnostics(level: LogLevel, report: Report): Disposable {
  const log: DiagLogFunction = (message, ...details) =>
    report(`OpenTelemetry: ${[message, ...details].map(String).join(" ")}`);
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, {
    logLevel: LEVELS[level],
    suppressOverrideMessage: true,
  });
  setGlobalErrorHandler((error) => diag.debug(String(error)));
  return { [Symbol.dispose]: () => diag.disable() };
}
