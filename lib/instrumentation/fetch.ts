/**
 * Records calls of `fetch` as client spans, and propagates the trace context. Importing it changes
 * nothing.
 *
 * @module
 */
import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapSetter,
  trace,
  type TracerProvider,
} from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import { innermostMessage, isTimeout } from "./error_chain.ts";
import { errorType, exceptionOf } from "./exception.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";
import { defaultPort, redactQuery, redactUrls, splitAuthority } from "./url.ts";

const HEADERS_SETTER: TextMapSetter<Headers> = {
  set: (headers, name, value) => headers.set(name, value),
};

/** Options of {@linkcode createInstrumentedFetch}. */
export interface FetchInstrumentationOptions {
  /** The methods that are recorded by name; all others become `_OTHER`. Case-sensitive. */
  knownMethods?: readonly string[];
  /** The provider to use instead of the global one. */
  tracerProvider?: TracerProvider;
  /** The underlying function; by default the current global `fetch`. */
  fetch?: typeof globalThis.fetch;
}

/**
 * Replaces the global `fetch` with {@linkcode createInstrumentedFetch} of it. Disposing restores it.
 *
 * @example
 * ```ts
 * import { instrumentFetch } from "@otel-kit/instrumentation/fetch";
 * import { assert } from "@std/assert";
 *
 * const original = fetch;
 * {
 *   using _instrumentation = instrumentFetch();
 *   assert(fetch !== original);
 * }
 * assert(fetch === original);
 * ```
 */
export function instrumentFetch(
  options: Pick<FetchInstrumentationOptions, "knownMethods"> = {},
): Disposable {
  const original = globalThis.fetch;
  const fetch = createInstrumentedFetch(options);
  globalThis.fetch = fetch;
  return {
    [Symbol.dispose]() {
      if (globalThis.fetch === fetch) globalThis.fetch = original;
    },
  };
}

/**
 * A `fetch` that records each call as a client span and propagates the trace context. The span ends when the
 * response's headers arrive.
 *
 * @example
 * ```ts
 * import { createInstrumentedFetch } from "@otel-kit/instrumentation/fetch";
 * import { assertEquals } from "@std/assert";
 *
 * const fetch = createInstrumentedFetch();
 * const response = await fetch("data:,hello");
 * assertEquals(await response.text(), "hello");
 * ```
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span
 */
export function createInstrumentedFetch({
  knownMethods = DEFAULT_KNOWN_METHODS,
  tracerProvider = trace.getTracerProvider(),
  fetch: original = globalThis.fetch,
}: FetchInstrumentationOptions = {}): typeof globalThis.fetch {
  const known = new Set(knownMethods);
  const tracer = tracerProvider.getTracer(
    INSTRUMENTATION_SCOPE.name,
    INSTRUMENTATION_SCOPE.version,
  );

  return async function fetch(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
    const target = describe(input, init);
    // Arguments that can't be parsed are invalid: the original `fetch` reports that itself.
    if (!target || !isHttp(target.url)) return await original(input, init);
    const isKnown = known.has(target.method);
    const method = isKnown ? target.method : HTTP_REQUEST_METHOD_VALUE_OTHER;
    const attributes = clientAttributes(target.url, method);
    if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = target.method;
    const span = tracer.startSpan(isKnown ? method : "HTTP", { kind: SpanKind.CLIENT, attributes });
    const active = trace.setSpan(context.active(), span);
    propagation.inject(active, target.headers, HEADERS_SETTER);
    try {
      const response = await context.with(
        active,
        () => original(input, { ...init, headers: target.headers }),
      );
      recordResponse(span, response.status);
      return response;
    } catch (error) {
      // Aborting is intended by the caller, and therefore not an error.
      if (!isCancelled(target.signal)) recordFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  };
}

/** Method, URL, headers and signal of the call; undefined if its arguments are invalid. */
function describe(input: URL | RequestInfo, init: RequestInit | undefined) {
  try {
    const request = input instanceof Request ? input : undefined;
    // Request normalizes the method's case exactly as fetch does.
    const { method } = new Request("http://localhost", {
      method: init?.method ?? request?.method ?? "GET",
    });
    return {
      method,
      url: new URL(request?.url ?? String(input)),
      headers: new Headers(init?.headers ?? request?.headers),
      signal: init?.signal === undefined ? request?.signal : init.signal,
    };
  } catch {
    return undefined;
  }
}

/** `fetch` also reads `data:`, `blob:` and `file:`, but without an HTTP request. */
function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

/** Whether the caller aborted, rather than a timeout. */
function isCancelled(signal: AbortSignal | null | undefined): boolean {
  return signal?.aborted === true && !isTimeout(signal.reason);
}

function clientAttributes(url: URL, method: string): Attributes {
  const full = new URL(url);
  if (full.username) full.username = "REDACTED";
  if (full.password) full.password = "REDACTED";
  if (full.search) full.search = redactQuery(full.search.slice(1));
  const attributes: Attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_URL_FULL]: full.href,
  };
  const scheme = url.protocol === "https:" ? "https" : "http";
  const { host, port = defaultPort(scheme) } = splitAuthority(url.host);
  attributes[ATTR_SERVER_ADDRESS] = host;
  attributes[ATTR_SERVER_PORT] = port;
  return attributes;
}

/** For a client, a 4xx is an error as well: it did not get what it asked for. */
function recordResponse(span: Span, status: number): void {
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (status < 400) return;
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, String(status));
}

function recordFailure(span: Span, error: unknown): void {
  const message = redactUrls(innermostMessage(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.setAttribute(ATTR_ERROR_TYPE, error instanceof Error ? errorType(error) : "_OTHER");
  if (error instanceof Error) span.recordException(exceptionOf(error));
}
