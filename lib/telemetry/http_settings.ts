import type { Settings } from "./settings.ts";

/** What the variables say of HTTP instrumentation; what is not set is left to its defaults. */
export function httpInstrumentationOptions(settings: Settings) {
  const {
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: captureRequestHeaders,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: captureResponseHeaders,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS: sanitizeHeaders,
    OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: knownMethods,
  } = settings;
  return {
    ...captureRequestHeaders && { captureRequestHeaders },
    ...captureResponseHeaders && { captureResponseHeaders },
    ...sanitizeHeaders && { sanitizeHeaders },
    ...knownMethods && { knownMethods },
  };
}
