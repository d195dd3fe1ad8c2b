import type { MeterProvider, Span, TracerProvider } from "@opentelemetry/api";
import type { Context } from "hono";
import type { HeaderPattern } from "./header_capture.ts";

export type { HeaderPattern };

/** Adds to the span of a request, given its Hono context. Exceptions from it are logged. */
export type RequestHook = (span: Span, c: Context) => void;

/** Options of `httpInstrumentation()`. */
export interface HttpInstrumentationOptions {
  /** Request headers to record. They are added last, so that they never displace other attributes. */
  captureRequestHeaders?: readonly HeaderPattern[];
  /** Response headers to record. */
  captureResponseHeaders?: readonly HeaderPattern[];
  /**
   * Headers whose values are replaced by `[REDACTED]`. By default `authorization`, `cookie`,
   * `set-cookie`, `proxy-authorization` and `x-api-key`; a list of your own replaces all of these.
   */
  sanitizeHeaders?: readonly HeaderPattern[];
  /** The methods that are recorded by name; all others become `_OTHER`. Case-sensitive. */
  knownMethods?: readonly string[];
  /**
   * Whether to read the client, host and scheme from `Forwarded` and `X-Forwarded-*`. The convention prefers
   * them, but anyone can send them: turn this on only behind a proxy that sets them. Off by default.
   */
  trustProxy?: boolean;
  /** Paths that are not recorded, nor any work for them: whole paths, or regular expressions. */
  ignorePaths?: readonly (string | RegExp)[];
  /** Called when a span starts, to add attributes. */
  requestHook?: RequestHook;
  /** Called when the app has responded, to set the name or add attributes. */
  responseHook?: RequestHook;
  /** The provider to use instead of the global one. */
  tracerProvider?: TracerProvider;
  /** The provider to use instead of the global one. */
  meterProvider?: MeterProvider;
}
