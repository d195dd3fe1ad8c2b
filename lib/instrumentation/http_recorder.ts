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
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import type { Context } from "hono";
import { watchLastHandler } from "./answering_route.ts";
import { connectionOf } from "./connection.ts";
import { findForeignSpan, type ForeignSpan } from "./foreign_span.ts";
import { HANDLED_REQUEST_KEY, HandledRequest } from "./handled_request.ts";
import { type HttpServerMetrics, httpServerMetrics, startMeasurement } from "./http_metrics.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { Recording, type RecordingOptions } from "./recording.ts";
import { partyAttributes, requestAttributes } from "./request_attributes.ts";
import { RequestContext } from "./request_context.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

const HEADERS_GETTER: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

type Hook = (span: Span, c: Context) => void;

/** Starts the recordings of requests, according to the options of the instrumentation. */
export class HttpRecorder {
  readonly #options: HttpInstrumentationOptions;
  readonly #tracer: Tracer;
  readonly #knownMethods: ReadonlySet<string>;
  readonly #recordingOptions: RecordingOptions;
  /** The API has no proxy for meters, so the instruments wait for a provider, which may be set later. */
  #metrics: HttpServerMetrics | undefined;

  constructor(options: HttpInstrumentationOptions) {
    const {
      headers,
      knownMethods = DEFAULT_KNOWN_METHODS,
      tracerProvider = trace.getTracerProvider(),
      responseHook,
    } = options;
    const { name, version } = INSTRUMENTATION_SCOPE;
    this.#options = options;
    this.#tracer = tracerProvider.getTracer(name, version);
    this.#knownMethods = new Set(knownMethods);
    this.#recordingOptions = {
      addResponseHeaders: headers?.addResponse,
      describe: responseHook && ((span, c) => callHook(responseHook, span, c)),
    };
  }

  /** Starts to record a request that no other part of the kit records. */
  start(c: Context, active: ActiveContext): Recording {
    return this.enrich(c, active) ?? this.#record(c, watchedRequest(c));
  }

  /** The same, unless it would have to create a span. */
  enrich(c: Context, active: ActiveContext): Recording | undefined {
    const foreign = active === ROOT_CONTEXT ? undefined : findForeignSpan(c, active);
    return foreign && this.#enrich(foreign, active, c);
  }

  /** Continues a recording of another app, which had no route for the request. */
  resume(begun: Recording, c: Context): Recording {
    const parts = begun.handOn();
    const request = watchedRequest(c);
    const { active } = parts;
    return new Recording({
      ...parts,
      options: this.#recordingOptions,
      c,
      request,
      active: active instanceof RequestContext ? active.forRequest(request) : active,
    });
  }

  /** Creates a span for the request. */
  #record(c: Context, request: HandledRequest): Recording {
    const metrics = this.#metrics ??= httpServerMetrics(this.#options.meterProvider);
    const { url, method, headers } = c.req.raw;
    const isKnown = this.#knownMethods.has(method);
    const attributes = requestAttributes(url, headers, {
      method: isKnown ? method : HTTP_REQUEST_METHOD_VALUE_OTHER,
      connection: connectionOf(c),
      readForwarded: this.#options.readForwarded,
    });
    if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
    const { route } = request;
    if (route) attributes[ATTR_HTTP_ROUTE] = route;

    const parent = propagation.extract(ROOT_CONTEXT, headers, HEADERS_GETTER);
    const nameStart = this.#nameStart(method);
    const name = route ? `${nameStart} ${route}` : nameStart;
    const span = this.#tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    this.#callRequestHook(span, c);
    return new Recording({
      options: this.#recordingOptions,
      c,
      request,
      span,
      active: new RequestContext(parent, span, request),
      nameStart,
      route,
      requestHeaders: this.#requestHeaders(headers),
      foreign: undefined,
      attributes: undefined,
      measurement: metrics && startMeasurement(metrics, attributes),
    });
  }

  /** Adds to the span that another instrumentation created, which also measures and ends it. */
  #enrich(foreign: ForeignSpan, active: ActiveContext, c: Context): Recording {
    const { span, isDenos, isDescribed } = foreign;
    const { url, method, headers } = c.req.raw;
    const request = watchedRequest(c);
    this.#callRequestHook(span, c);
    return new Recording({
      options: this.#recordingOptions,
      c,
      request,
      span,
      active: active.setValue(HANDLED_REQUEST_KEY, request),
      nameStart: this.#nameStart(method),
      route: undefined,
      requestHeaders: this.#requestHeaders(headers),
      foreign,
      attributes: isDenos && !isDescribed
        ? partyAttributes(url, headers, {
          connection: connectionOf(c),
          readForwarded: this.#options.readForwarded,
        })
        : undefined,
      measurement: undefined,
    });
  }

  #nameStart(method: string): string {
    return this.#knownMethods.has(method) ? method : "HTTP";
  }

  #requestHeaders(headers: Headers): Attributes | undefined {
    const { addRequest } = this.#options.headers ?? {};
    if (!addRequest) return undefined;
    const attributes: Attributes = {};
    addRequest(headers, attributes);
    return attributes;
  }

  #callRequestHook(span: Span, c: Context): void {
    const { requestHook } = this.#options;
    if (requestHook) callHook(requestHook, span, c);
  }
}

function watchedRequest(c: Context): HandledRequest {
  const request = new HandledRequest(c);
  watchLastHandler(request.routes, c);
  return request;
}

/** A hook that fails must not fail the request. */
function callHook(hook: Hook, span: Span, c: Context): void {
  try {
    hook(span, c);
  } catch (error) {
    diag.error("A hook of httpInstrumentation() failed", error);
  }
}
