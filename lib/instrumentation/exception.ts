import type { Exception } from "@opentelemetry/api";
import { messageOf } from "./error_chain.ts";
import { redactUrls } from "./url.ts";

/** The language's own errors: a class that extends one inherits its name. */
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
 * What kind of error it is, for `error.type` and `exception.type`: the name that it gives itself, as
 * `AbortError` for a DOMException; else that of its class. Never a number, as some have for a code.
 */
export function errorType(error: Error): string {
  const name: unknown = error.name;
  if (typeof name === "string" && name !== "" && !BUILT_IN.has(name)) return name;
  const className: unknown = error.constructor?.name;
  return (typeof className === "string" && className) || String(name || "Error");
}

/**
 * What was thrown, for the event or log record of it. Its message and stack can quote URLs, in which
 * what signs a request is replaced. The SDK would take a numeric `code` for the type, so none is given.
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
