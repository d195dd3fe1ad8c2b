import { captureHeaders, type HeaderPattern } from "./headers.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { readForwarded } from "./proxy.ts";

/** The settings of the `OTEL_INSTRUMENTATION_HTTP_*` variables. */
export interface HttpSettings {
  captureRequestHeaders?: readonly HeaderPattern[];
  captureResponseHeaders?: readonly HeaderPattern[];
  sanitizeHeaders?: readonly HeaderPattern[];
  knownMethods?: readonly string[];
  trustProxy?: boolean;
}

/**
 * The options that correspond to settings.
 *
 * @throws {TypeError} If a pattern is invalid.
 */
export function optionsFromSettings(
  { captureRequestHeaders, captureResponseHeaders, sanitizeHeaders, knownMethods, trustProxy }:
    HttpSettings,
): HttpInstrumentationOptions {
  return {
    headers: captureHeaders({
      ...captureRequestHeaders && { request: captureRequestHeaders },
      ...captureResponseHeaders && { response: captureResponseHeaders },
      ...sanitizeHeaders && { sanitize: sanitizeHeaders },
    }),
    ...knownMethods && { knownMethods },
    ...trustProxy && { readForwarded },
  };
}
