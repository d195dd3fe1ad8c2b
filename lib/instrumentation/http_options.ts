import type { Attributes, MeterProvider, Span, TracerProvider } from "@opentelemetry/api";
import type { Context } from "hono";

/** Adds captured headers to attributes. */
export type AddHeaders = (headers: Headers, attributes: Attributes) => void;

/** What to do with the headers of requests and responses. */
export interface HeaderCapture {
  /** Called with the headers of a request. */
  addRequest?: AddHeaders | undefined;
  /** Called with the headers of a response. */
  addResponse?: AddHeaders | undefined;
}

/** What the first proxy reports about the original request. */
export interface Forwarded {
  /** An IP address. */
  client?: string | undefined;
  /** Host, with the port if there is one. */
  host?: string | undefined;
  /** How the client connected to the proxy. */
  scheme?: "http" | "https" | undefined;
}

/** Adds to the span of a request, given its Hono context. Exceptions from it are logged. */
export type RequestHook = (span: Span, c: Context) => void;

/** Options of `httpInstrumentation()`. */
export interface HttpInstrumentationOptions {
  /** Headers to record, from `captureHeaders()`. They never displace other attributes. */
  headers?: HeaderCapture;
  /** The methods that are recorded by name; all others become `_OTHER`. Case-sensitive. */
  knownMethods?: readonly string[];
  /**
   * Reads the client, host and scheme from headers; `readForwarded()` reads `Forwarded` and `X-Forwarded-*`. The
   * convention prefers them, but anyone can send them: use this only behind a proxy that sets them.
   */
  readForwarded?: (headers: Headers) => Forwarded;
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
