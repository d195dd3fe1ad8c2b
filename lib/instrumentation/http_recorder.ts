import {
  type Attributes,
  type Context as ActiveContext,
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
import { HandledRequest } from "./handled_request.ts";
import { httpServerMetrics, type Measurement, type StartMeasurement } from "./http_metrics.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { callHook, captured, Recording } from "./recording.ts";
import { requestAttributes } from "./request_attributes.ts";
import { RequestContext } from "./request_context.ts";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

const HEADERS_GETTER: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/** Starts the recordings of requests, according to the options of the instrumentation. */
export class HttpRecorder {
  readonly #options: HttpInstrumentationOptions;
  readonly #tracer: Tracer;
  readonly #knownMethods: ReadonlySet<string>;
  /** The API has no proxy for meters, so this waits for a provider, which may be set later. */
  #startMeasurement: StartMeasurement | undefined;

  constructor(options: HttpInstrumentationOptions) {
    const { knownMethods = DEFAULT_KNOWN_METHODS, tracerProvider = trace.getTracerProvider() } =
      options;
    const { name, version } = INSTRUMENTATION_SCOPE;
    this.#options = options;
    this.#tracer = tracerProvider.getTracer(name, version);
    this.#knownMethods = new Set(knownMethods);
  }

  /** Starts to record a request that no other part of the kit records. */
  start(c: Context, active: ActiveContext): Recording {
    return this.enrich(c, active) ?? this.#begin(c);
  }

  /** The same, unless it would have to create a span. */
  enrich(c: Context, active: ActiveContext): Recording | undefined {
    const foreign = active === ROOT_CONTEXT ? undefined : findForeignSpan(c, active);
    return foreign && this.#begin(c, foreign, active);
  }

  /** Continues a recording of another app, which had no route for the request. */
  resume(begun: Recording, c: Context): Recording {
    const parts = begun.handOn();
    const request = watchedRequest(c);
    const active = parts.active.forRequest(request);
    return new Recording({ ...parts, options: this.#options, c, request, active });
  }

  /**
   * Adds to the span that another instrumentation created, which also measures and ends it; without one,
   * creates a span.
   *
   * @param active The context of the span of the other instrumentation.
   */
  #begin(c: Context, foreign?: ForeignSpan, active = ROOT_CONTEXT): Recording {
    const options = this.#options;
    const { url, method, headers } = c.req.raw;
    const isKnown = this.#knownMethods.has(method);
    const nameStart = isKnown ? method : "HTTP";
    const request = watchedRequest(c);
    const { route } = request;
    const describe = (method?: string) =>
      requestAttributes(url, headers, {
        method,
        connection: connectionOf(c),
        readForwarded: options.readForwarded,
      });

    let span: Span;
    let attributes: Attributes | undefined;
    let measurement: Measurement | undefined;
    if (foreign) {
      span = foreign.span;
      if (foreign.isBare) attributes = describe();
    } else {
      this.#startMeasurement ??= httpServerMetrics(options.meterProvider);
      const attributes = describe(isKnown ? method : HTTP_REQUEST_METHOD_VALUE_OTHER);
      if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
      if (route) attributes[ATTR_HTTP_ROUTE] = route;
      active = propagation.extract(active, headers, HEADERS_GETTER);
      const name = route ? `${nameStart} ${route}` : nameStart;
      span = this.#tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, active);
      measurement = this.#startMeasurement?.(attributes);
    }
    callHook(options.requestHook, span, c);
    return new Recording({
      options,
      c,
      request,
      span,
      active: new RequestContext(active, span, request),
      nameStart,
      route: foreign ? undefined : route,
      requestHeaders: captured(options.headers?.addRequest, headers),
      foreign,
      attributes,
      measurement,
    });
  }
}

function watchedRequest(c: Context): HandledRequest {
  const request = new HandledRequest(c);
  watchLastHandler(request.routes, c);
  return request;
}
