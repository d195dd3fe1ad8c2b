import type { MeterProvider, Span, TracerProvider } from "@opentelemetry/api";
import type { Context } from "hono";
import type { HeaderPattern } from "./header_capture.ts";

export type { HeaderPattern };

/** Adds to the span of a request, whose Hono context it gets. What it throws is logged. */
export type RequestHook = (span: Span, c: Context) => void;

/** Options of `httpInstrumentation()`. */
export interface HttpInstrumentationOptions {
  /** Request headers to record. They are added last, so that they take the place of nothing else. */
  captureRequestHeaders?: readonly HeaderPattern[];
  /** Response headers to record. */
  captureResponseHeaders?: readonly HeaderPattern[];
  /**
   * Headers whose values are replaced by `[REDACTED]`. By default `authorization`, `cookie`,
   * `set-cookie`, `proxy-authorization` and `x-api-key`; a list of your own replaces all of these.
   */
  sanitizeHeaders?: readonly HeaderPattern[];
  /** The methods that are recorded by name; any other is `_OTHER`. Case-sensitive. */
  knownMethods?: readonly string[];
  /**
   * Whether `Forwarded` and `X-Forwarded-*` say who asked, and for which host and scheme. The convention
   * prefers them, but anybody can send them: say yes only behind a proxy that sets them. Off by default.
   */
  trustProxy?: boolean;
  /** Paths that are not recorded, nor what is done for them: whole paths, or regular expressions. */
  ignorePaths?: readonly (string | RegExp)[];
  /** Called when a span has started, for attributes of its own. */
  requestHook?: RequestHook;
  /** Called when the app has answered, for a name and attributes of its own. */
  responseHook?: RequestHook;
  /** The provider to use instead of the global one. */
  tracerProvider?: TracerProvider;
  /** The provider to use instead of the global one. */
  meterProvider?: MeterProvider;
}
