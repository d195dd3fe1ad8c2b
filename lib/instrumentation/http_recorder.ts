import {
  type Attributes,
  type Context as ActiveContext,
  diag,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type TextMapGetter,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import type { Context } from "hono";
import { watchLastHandler } from "./answering_route.ts";
import { connectionOf } from "./connection.ts";
import { findForeignSpan, type ForeignSpan } from "./foreign_span.ts";
import { HANDLED_REQUEST_KEY, HandledRequest } from "./handled_request.ts";
import { createHeaderCapture, DEFAULT_SANITIZED_HEADERS } from "./header_capture.ts";
import { type HttpServerMetrics, httpServerMetrics, startMeasurement } from "./http_metrics.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { Recording, type RecordingParts } from "./recording.ts";
import { partyAttributes, requestAttributes } from "./request_attributes.ts";
import { RequestContext } from "./request_context.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

const HEADERS_GETTER: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/** What recordings have in common, whoever made their span. */
type CommonParts = Omit<
  RecordingParts,
  "span" | "active" | "route" | "maker" | "attributes" | "measurement" | "end"
>;

type Hook = (span: Span, c: Context) => void;

/** Starts the recordings of requests, by the options of the instrumentation. */
export class HttpRecorder {
  readonly #options: HttpInstrumentationOptions;
  readonly #tracer: Tracer;
  readonly #knownMethods: ReadonlySet<string>;
  readonly #addRequestHeaders: ReturnType<typeof createHeaderCapture>;
  readonly #addResponseHeaders: ReturnType<typeof createHeaderCapture>;
  readonly #describe: Hook | undefined;
  /** The API has no proxy for meters, so the instruments wait for a provider, which may come late. */
  #metrics: HttpServerMetrics | undefined;

  constructor(options: HttpInstrumentationOptions) {
    const {
      captureRequestHeaders = [],
      captureResponseHeaders = [],
      sanitizeHeaders: sanitize = DEFAULT_SANITIZED_HEADERS,
      knownMethods = DEFAULT_KNOWN_METHODS,
      tracerProvider = trace.getTracerProvider(),
      responseHook,
    } = options;
    const { name, version } = INSTRUMENTATION_SCOPE;
    this.#options = options;
    this.#tracer = tracerProvider.getTracer(name, version);
    this.#knownMethods = new Set(knownMethods);
    this.#addRequestHeaders = createHeaderCapture({
      capture: captureRequestHeaders,
      sanitize,
      attributeKey: ATTR_HTTP_REQUEST_HEADER,
    });
    this.#addResponseHeaders = createHeaderCapture({
      capture: captureResponseHeaders,
      sanitize,
      attributeKey: ATTR_HTTP_RESPONSE_HEADER,
    });
    this.#describe = responseHook && ((span, c) => callHook(responseHook, span, c));
  }

  /** Starts to record a request that nobody else of ours records. */
  start(c: Context, active: ActiveContext): Recording {
    return this.enrich(c, active) ?? this.#record(this.#describeRequest(c));
  }

  /** The same, unless it would have to make a span. */
  enrich(c: Context, active: ActiveContext): Recording | undefined {
    const foreign = active === ROOT_CONTEXT ? undefined : findForeignSpan(c, active);
    return foreign && this.#enrich(foreign, active, this.#describeRequest(c));
  }

  #describeRequest(c: Context): CommonParts {
    const { method, headers } = c.req.raw;
    const request = new HandledRequest(c);
    watchLastHandler(request.routes, c);
    let requestHeaders: Attributes | undefined;
    if (this.#addRequestHeaders) this.#addRequestHeaders(headers, requestHeaders = {});
    return {
      c,
      request,
      nameStart: this.#knownMethods.has(method) ? method : "HTTP",
      requestHeaders,
      addResponseHeaders: this.#addResponseHeaders,
      describe: this.#describe,
    };
  }

  /** Makes a span for the request. */
  #record(common: CommonParts): Recording {
    const metrics = this.#metrics ??= httpServerMetrics(this.#options.meterProvider);
    const { c, request, nameStart } = common;
    const { url, method, headers } = c.req.raw;
    const isKnown = this.#knownMethods.has(method);
    const attributes = requestAttributes(url, headers, {
      method: isKnown ? method : HTTP_REQUEST_METHOD_VALUE_OTHER,
      connection: connectionOf(c),
      trustProxy: this.#options.trustProxy ?? false,
    });
    if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
    const { route } = request;
    if (route) attributes[ATTR_HTTP_ROUTE] = route;

    const parent = propagation.extract(ROOT_CONTEXT, headers, HEADERS_GETTER);
    const name = route ? `${nameStart} ${route}` : nameStart;
    const span = this.#tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    this.#callRequestHook(span, c);
    const requestContext = new RequestContext(parent, span, request);
    return new Recording({
      ...common,
      span,
      route,
      active: requestContext,
      maker: "kit",
      attributes: undefined,
      measurement: metrics && startMeasurement(metrics, attributes),
      end() {
        span.end();
        requestContext.release();
      },
    });
  }

  /** Adds to the span that another instrumentation has made, which measures and ends it, too. */
  #enrich(foreign: ForeignSpan, active: ActiveContext, common: CommonParts): Recording {
    const { c, request } = common;
    const { span, isDenos } = foreign;
    const { url, headers } = c.req.raw;
    this.#callRequestHook(span, c);
    return new Recording({
      ...common,
      span,
      route: undefined,
      active: active.setValue(HANDLED_REQUEST_KEY, request),
      maker: isDenos ? "deno" : "other",
      attributes: isDenos
        ? partyAttributes(url, headers, {
          connection: connectionOf(c),
          trustProxy: this.#options.trustProxy ?? false,
        })
        : undefined,
      measurement: undefined,
      end() {
        if (request.route) foreign.setRoute(request.route);
        request.release();
      },
    });
  }

  #callRequestHook(span: Span, c: Context): void {
    const { requestHook } = this.#options;
    if (requestHook) callHook(requestHook, span, c);
  }
}

/** A hook that fails must not fail the request. */
function callHook(hook: Hook, span: Span, c: Context): void {
  try {
    hook(span, c);
  } catch (error) {
    diag.error("A hook of httpInstrumentation() failed", error);
  }
}
