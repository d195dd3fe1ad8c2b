// deno-lint-ignore-file no-console
/**
 * Turns console output into log records. Importing it changes nothing.
 *
 * @module
 */
import { context, createContextKey } from "@opentelemetry/api";
import { type Logger, logs, SeverityNumber } from "@opentelemetry/api-logs";
import { format, inspect } from "node:util";
import { exceptionOf } from "./exception.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

type Method = "trace" | "debug" | "log" | "info" | "warn" | "error" | "assert" | "dir" | "table";

/** The severity of each method, and how its arguments become text. */
const METHODS: Record<
  Method,
  { severity: SeverityNumber; text: string; body: (args: unknown[]) => string | undefined }
> = {
  trace: { severity: SeverityNumber.TRACE, text: "TRACE", body: formatAll },
  debug: { severity: SeverityNumber.DEBUG, text: "DEBUG", body: formatAll },
  log: { severity: SeverityNumber.INFO, text: "INFO", body: formatAll },
  info: { severity: SeverityNumber.INFO, text: "INFO", body: formatAll },
  warn: { severity: SeverityNumber.WARN, text: "WARN", body: formatAll },
  error: { severity: SeverityNumber.ERROR, text: "ERROR", body: formatAll },
  assert: { severity: SeverityNumber.ERROR, text: "ERROR", body: formatAssertion },
  dir: { severity: SeverityNumber.INFO, text: "INFO", body: ([value]) => inspect(value) },
  table: { severity: SeverityNumber.INFO, text: "INFO", body: ([value]) => inspect(value) },
};

/** The SDK sets this key around the work of exporters, so that it is not observed. */
const SUPPRESSED = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Turns each line that is written to the console into a log record as well, in the current trace. The line
 * still reaches the terminal. Disposing restores the console.
 *
 * @example
 * ```ts
 * import { instrumentConsole } from "@otel-kit/instrumentation/console";
 *
 * using _instrumentation = instrumentConsole();
 * console.info("A log record, too");
 * ```
 */
export function instrumentConsole(): Disposable {
  const logger = logs.getLogger(INSTRUMENTATION_SCOPE.name, INSTRUMENTATION_SCOPE.version);
  const originals = new Map<Method, (...args: unknown[]) => void>();
  for (const method of Object.keys(METHODS) as Method[]) {
    const original = console[method] as (...args: unknown[]) => void;
    originals.set(method, original);
    console[method] = function (this: unknown, ...args: unknown[]) {
      original.apply(this, args);
      record(logger, method, args);
    };
  }
  return {
    [Symbol.dispose]() {
      for (const [method, original] of originals) console[method] = original;
    },
  };
}

function record(logger: Logger, method: Method, args: unknown[]): void {
  if (context.active().getValue(SUPPRESSED) === true) return;
  const { severity: severityNumber, text: severityText, body: toText } = METHODS[method];
  if (!logger.enabled({ severityNumber })) return;
  const body = toText(args);
  if (body === undefined) return;
  const error = args.find((arg) => arg instanceof Error);
  logger.emit({
    severityNumber,
    severityText,
    body,
    ...error && { exception: exceptionOf(error) },
  });
}

function formatAll(args: unknown[]): string {
  return format(...args);
}

/** Only a failed assertion writes something. */
function formatAssertion([condition, ...args]: unknown[]): string | undefined {
  return condition ? undefined : format("Assertion failed:", ...args);
}
