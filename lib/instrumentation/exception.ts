import type { Exception } from "@opentelemetry/api";
import { messageOf } from "./error_chain.ts";
import { redactUrls } from "./url.ts";

/** The built-in errors: a class that extends one inherits its name. */
const BUILT_IN = new Set([
  "Error",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
  "AggregateError",
]);

/**
 * The kind of error, for `error.type` and `exception.type`: its own name, such as `AbortError` for a
 * DOMException; otherwise the name of its class. Never a number, which some errors have as a code.
 */
export function errorType(error: Error): string {
  const name: unknown = error.name;
  if (typeof name === "string" && name !== "" && !BUILT_IN.has(name)) return name;
  const className: unknown = error.constructor?.name;
  return (typeof className === "string" && className) || String(name || "Error");
}

/**
 * The thrown value, for its event or log record. Message and stack can quote URLs, in which signatures are
 * replaced. The code is left out, because the SDK would use a numeric `code` as the type.
 */
export function exceptionOf(thrown: unknown): Exception & { message: string } {
  const message = redactUrls(messageOf(thrown));
  if (!(thrown instanceof Error)) return { name: "NonError", message };
  const { stack } = thrown;
  return {
    name: errorType(thrown),
    message,
    ...typeof stack === "string" && { stack: redactUrls(stack) },
  };
}
