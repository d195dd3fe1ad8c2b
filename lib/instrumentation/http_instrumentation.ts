import {
  type Attributes,
  context,
  type MeterProvider,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
  type TracerProvider,
} from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import type { Context, MiddlewareHandler, Next } from "hono";
import { matchedRoutes } from "hono/route";
import { connectionOf } from "./connection.ts";
import { errorType, exceptionOf } from "./exception.ts";
import { HANDLED_REQUEST_KEY, HandledRequest } from "./handled_request.ts";
import {
  createHeaderCapture,
  DEFAULT_SANITIZED_HEADERS,
  type HeaderPattern,
} from "./header_capture.ts";
import {
  type HttpServerMetrics,
  httpServerMetrics,
  type Measurement,
  startMeasurement,
} from "./http_metrics.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { requestAttributes } from "./request_attributes.ts";
import { RequestContext } from "./request_context.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

export type { HeaderPattern };

/** Options of {@linkcode httpInstrumentation}. */
export interface HttpInstrumentationOptions {
  /** Request headers to record. */
  captureRequestHeaders?: readonly HeaderPattern[];
  /** Response headers to record. */
  captureResponseHeaders?: readonly HeaderPattern[];
  /** Headers whose values are replaced by `[REDACTED]`. */
  sanitizeHeaders?: readonly HeaderPattern[];
  /** The methods that are recorded by name; any other is `_OTHER`. Case-sensitive. */
  knownMethods?: readonly string[];
  /**
   * Whether `Forwarded` and `X-Forwarded-*` say who asked, and for which host and scheme. The convention
   * prefers them, but anybody can send them: say yes only behind a proxy that sets them. Off by default.
   */
  trustProxy?: boolean;
  /** The provider to use instead of the global one. */
  tracerProvider?: TracerProvider;
  /** The provider to use instead of the global one. */
  meterProvider?: MeterProvider;
}

/** A request that is being handled. */
interface Recording {
  /** What the span's name starts with: the method, if it is known. */
  nameStart: string;
  route: string | undefined;
  span: Span;
  request: HandledRequest;
  active: RequestContext;
  /** Undefined where nobody measures. */
  measurement: Measurement | undefined;
}

const HEADERS_GETTER: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/** All middleware that was made here, to know it again. */
const instrumentations = new WeakSet<MiddlewareHandler>();

/**
 * Hono middleware that records each request as a server span and as two metrics, by the stable HTTP
 * semantic conventions. Providers, context manager and propagator are the global ones; without them
 * it costs next to nothing and changes nothing.
 *
 * The parent of the span is what the request's headers say, and nothing else: that something is active
 * where a request arrives does not mean that it made the request (see {@linkcode HandledRequest}). A
 * call within the process, like `app.request()`, hands its context on in headers, as any client does.
 * An app that handles a request for another one adds no span, but its route to the other's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 * import { httpInstrumentation } from "@otel-kit/otel-kit/http-instrumentation";
 *
 * const app = new Hono();
 * app.use(httpInstrumentation({ captureRequestHeaders: ["x-.*"] }));
 * app.get("/", (c) => c.text("Hello"));
 * assertEquals(await (await app.request("/")).text(), "Hello");
 * ```
 */
export function httpInstrumentation({
  captureRequestHeaders = [],
  captureResponseHeaders = [],
  sanitizeHeaders = DEFAULT_SANITIZED_HEADERS,
  knownMethods = DEFAULT_KNOWN_METHODS,
  trustProxy = false,
  tracerProvider = trace.getTracerProvider(),
  meterProvider,
}: HttpInstrumentationOptions = {}): MiddlewareHandler {
  const tracer = tracerProvider.getTracer(
    INSTRUMENTATION_SCOPE.name,
    INSTRUMENTATION_SCOPE.version,
  );
  const known = new Set(knownMethods);
  const recordRequestHeaders = createHeaderCapture({
    capture: captureRequestHeaders,
    sanitize: sanitizeHeaders,
    attributeKey: ATTR_HTTP_REQUEST_HEADER,
  });
  const recordResponseHeaders = createHeaderCapture({
    capture: captureResponseHeaders,
    sanitize: sanitizeHeaders,
    attributeKey: ATTR_HTTP_RESPONSE_HEADER,
  });
  // The API has no proxy for meters, so the instruments wait for the first request.
  let instruments: { metrics: HttpServerMetrics | undefined } | undefined;

  function start(c: Context): Recording {
    instruments ??= { metrics: httpServerMetrics(meterProvider) };
    const request = new HandledRequest(c);
    const { url, method, headers } = c.req.raw;
    const isKnown = known.has(method);
    const attributes = requestAttributes(url, headers, {
      method: isKnown ? method : HTTP_REQUEST_METHOD_VALUE_OTHER,
      connection: connectionOf(c),
      trustProxy,
    });
    if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
    const { route } = request;
    if (route) attributes[ATTR_HTTP_ROUTE] = route;
    recordRequestHeaders?.(headers, attributes);

    const parent = propagation.extract(ROOT_CONTEXT, headers, HEADERS_GETTER);
    const nameStart = isKnown ? method : "HTTP";
    const options = { kind: SpanKind.SERVER, attributes };
    const span = tracer.startSpan(spanName(nameStart, route), options, parent);
    return {
      nameStart,
      route,
      span,
      request,
      active: new RequestContext(parent, span, request),
      measurement: instruments.metrics && startMeasurement(instruments.metrics, attributes),
    };
  }

  function finish(c: Context, recording: Recording, thrown?: { value: unknown }): void {
    const { span, request, active, measurement } = recording;
    // A handler that returned nothing leaves no response, and Hono turns that into a 500.
    const response = thrown || !c.finalized ? undefined : c.res;
    const status = response?.status ?? 500;
    const { route } = request;
    if (route && route !== recording.route) {
      span.updateName(spanName(recording.nameStart, route)).setAttribute(ATTR_HTTP_ROUTE, route);
    }
    const errorType = recordOutcome(span, status, thrown ? thrown.value : request.error);
    if (recordResponseHeaders && response) {
      const captured: Attributes = {};
      recordResponseHeaders(response.headers, captured);
      span.setAttributes(captured);
    }
    span.end();
    active.release();
    measurement?.(status, route, errorType);
  }

  function record(c: Context, next: Next): Promise<void> {
    const recording = start(c);
    // Two callbacks cost less here than an async function.
    return context.with(recording.active, next).then(
      () => finish(c, recording),
      (thrown) => {
        // Hono answers what is an Error; anything else passes through and becomes the server's 500.
        finish(c, recording, { value: thrown });
        throw thrown;
      },
    );
  }

  const middleware: MiddlewareHandler = function httpInstrumentation(c, next) {
    if (isInstrumentedBefore(c)) return next();
    const active = context.active();
    const caller = HandledRequest.find(c, active);
    return caller ? passOn(c, next, caller, active) : record(c, next);
  };
  instrumentations.add(middleware);
  return middleware;
}

/** Whether the same app, or one that it is a part of, has instrumented the request already. */
function isInstrumentedBefore(c: Context): boolean {
  const { routeIndex } = c.req;
  return routeIndex > 0 && matchedRoutes(c).slice(0, routeIndex)
    .some(({ handler }) => instrumentations.has(handler as MiddlewareHandler));
}

/** Handles a request for an app that has a span of it. */
async function passOn(
  c: Context,
  next: Next,
  caller: HandledRequest,
  active: ReturnType<typeof context.active>,
): Promise<void> {
  const called = caller.callApp(c);
  if (!called) return await next();
  try {
    await context.with(active.setValue(HANDLED_REQUEST_KEY, called), next);
  } finally {
    caller.takeOver(called);
    called.release();
  }
}

function spanName(start: string, route: string | undefined): string {
  return route ? `${start} ${route}` : start;
}

/**
 * Sets status code, span status and exception event; returns `error.type`, if it failed.
 *
 * A 4xx is the client's error and leaves a server span unset, also where it was thrown: an
 * `HTTPException` is how Hono says 404. Any other thrown error is one, whatever the app answered.
 */
function recordOutcome(span: Span, status: number, failure: unknown): string | undefined {
  span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  const thrown = failure !== undefined && !(status >= 400 && status < 500);
  if (status < 500 && !thrown) return undefined;
  if (!thrown) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, String(status));
    return String(status);
  }
  const exception = exceptionOf(failure);
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
  const type = failure instanceof Error ? errorType(failure) : String(status);
  span.setAttribute(ATTR_ERROR_TYPE, type);
  return type;
}
