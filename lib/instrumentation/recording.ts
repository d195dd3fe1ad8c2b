import { type Attributes, diag, type Span } from "@opentelemetry/api";
import {
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_HEAD,
} from "@opentelemetry/semantic-conventions";
import type { Context } from "hono";
import type { ForeignSpan } from "./foreign_span.ts";
import type { HandledRequest } from "./handled_request.ts";
import type { Measurement } from "./http_metrics.ts";
import type { AddHeaders, HttpInstrumentationOptions, RequestHook } from "./http_options.ts";
import { recordAnswer, recordDisconnect, recordThrown, recordUnhandled } from "./outcome.ts";
import type { RequestContext } from "./request_context.ts";
import { type BodyEnd, isStreamed, watchBody } from "./streamed_body.ts";

/** The parts of a {@linkcode Recording}. */
export interface RecordingParts {
  options: HttpInstrumentationOptions;
  c: Context;
  request: HandledRequest;
  span: Span;
  /** The context in which the request is handled. */
  active: RequestContext;
  /** The start of the span's name: the method, if it is a known one. */
  nameStart: string;
  /** The route that the span was started with. */
  route: string | undefined;
  /** Headers of the request. They are added last, so that they never displace other attributes. */
  requestHeaders: Attributes | undefined;
  /** The span, if another instrumentation created it, which records the response itself. */
  foreign: ForeignSpan | undefined;
  /** Attributes that are added with the route. */
  attributes: Attributes | undefined;
  /** Undefined if nothing is measured. */
  measurement: Measurement | undefined;
}

/** A request that is being handled. It ends once, with whichever event comes first. */
export class Recording {
  readonly #parts: RecordingParts;
  #isEnded = false;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
  }

  /** The context in which the request is handled. */
  get active(): RequestContext {
    return this.#parts.active;
  }

  /** Whether the span is the kit's own. */
  get isOwn(): boolean {
    return !this.#parts.foreign;
  }

  /** Ends here, and passes its span to another app's recording of the same request. */
  handOn(): RecordingParts {
    this.#isEnded = true;
    return this.#parts;
  }

  /** The app responds with the response in its context. The request ends when all of it is sent. */
  answer(): void {
    if (this.#isEnded) return;
    const { c, request, active, foreign } = this.#parts;
    const { res: response } = c;
    const { status } = response;
    // Middleware can return something that is not a response; the server detects that.
    if (!status) return this.fail(undefined);
    const errorType = this.#describe(status, request.error, response.headers);
    // The body of a response to HEAD is not read, an error response is not a stream worth waiting for, and Deno
    // ends its span with the head. After an upgrade, Deno no longer exposes the method.
    const isWhole = foreign?.isDenos || c.req.raw.method === HTTP_REQUEST_METHOD_VALUE_HEAD ||
      c.error || !isStreamed(response);
    if (isWhole) return this.#end(status, errorType);
    const watched = watchBody(response, active, (end) => this.#endBody(status, errorType, end));
    // An existing header would be merged.
    c.res = undefined;
    c.res = watched;
  }

  /** The app responds with a status that is known only now; without one, the server responds with 500. */
  fail(thrown: unknown, status = 500): void {
    if (!this.#isEnded) this.#end(status, this.#describe(status, thrown));
  }

  /** The client no longer waits for a response. */
  leave(): void {
    if (this.#isEnded) return;
    this.#addRoute();
    const errorType = recordDisconnect(this.#parts.span);
    this.#addHeaders();
    this.#end(undefined, errorType);
  }

  #endBody(status: number, errorType: string | undefined, end: BodyEnd): void {
    const { span } = this.#parts;
    if (this.#isEnded) return;
    if (end === "cancelled") errorType = recordDisconnect(span);
    else if (end) errorType = recordThrown(span, end.error, "_OTHER");
    this.#end(status, errorType);
  }

  /** Required attributes come before headers, which may exceed the limit of a span. */
  #describe(status: number, thrown: unknown, headers?: Headers): string | undefined {
    const { options: { responseHook }, span, c, foreign } = this.#parts;
    this.#addRoute();
    const errorType = foreign
      ? recordUnhandled(span, status, thrown)
      : recordAnswer(span, status, thrown);
    this.#addHeaders(headers);
    callHook(responseHook, span, c);
    return errorType;
  }

  #addRoute(): void {
    const { span, request, nameStart, attributes } = this.#parts;
    const { route } = request;
    if (route && route !== this.#parts.route) {
      span.updateName(`${nameStart} ${route}`);
      if (attributes) attributes[ATTR_HTTP_ROUTE] = route;
      else span.setAttribute(ATTR_HTTP_ROUTE, route);
    }
    if (attributes) span.setAttributes(attributes);
  }

  #addHeaders(headers?: Headers): void {
    const { span, requestHeaders, options } = this.#parts;
    if (requestHeaders) span.setAttributes(requestHeaders);
    const response = headers && captured(options.headers?.addResponse, headers);
    if (response) span.setAttributes(response);
  }

  #end(status: number | undefined, errorType: string | undefined): void {
    const { span, request, measurement, foreign, active } = this.#parts;
    const { route } = request;
    this.#isEnded = true;
    measurement?.(status, route, errorType);
    if (!foreign) span.end();
    else if (route) foreign.setRoute?.(route);
    // Contexts stay reachable for a long time.
    active.release(!foreign);
  }
}

/** The headers that are captured, as attributes. */
export function captured(add: AddHeaders | undefined, headers: Headers): Attributes | undefined {
  if (!add) return undefined;
  const attributes: Attributes = {};
  add(headers, attributes);
  return attributes;
}

/** A hook that fails must not fail the request. */
export function callHook(hook: RequestHook | undefined, span: Span, c: Context): void {
  try {
    hook?.(span, c);
  } catch (error) {
    diag.error("A hook of httpInstrumentation() failed", error);
  }
}
