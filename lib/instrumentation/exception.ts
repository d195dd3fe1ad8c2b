import type { Exception } from "@opentelemetry/api";
import { messageOf } from "./error_chain.ts";
import { redactUrls } from "./url.ts";

/**
 * The kind of error, for `error.type` and `exception.type`: its own name, such as `AbortError` for a
 * DOMException; otherwise the name of its class. Never a number, which some errors have as a code.
 */
export function errorType(error: Error): string {
  const { name, constructor } = error;
  // A class that extends a built-in one inherits its name.
  const isOwn = typeof name === "string" && !(name in globalThis);
  return (isOwn && name) || String(constructor?.name || name || "Error");
}

/**
 * The thrown value, for its event or log record. Message and stack can quote URLs, in which signatures are
 * replaced. The code is left out, because the SDK would use a numeric `code` as the type.
 */
export function exceptionOf(thrown: unknown): Exception & { name: string; message: string } {
  const message = redactUrls(messageOf(thrown));
  if (!(thrown instanceof Error)) return { name: "NonError", message };
  const { stack } = thrown;
  return {
    name: errorType(thrown),
    message,
    ...typeof stack === "string" && { stack: redactUrls(stack) },
  };
}
