import type { Attributes, Context as ActiveContext, Span } from "@opentelemetry/api";
import {
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_HEAD,
} from "@opentelemetry/semantic-conventions";
import type { Context } from "hono";
import type { ForeignSpan } from "./foreign_span.ts";
import type { HandledRequest } from "./handled_request.ts";
import type { Measurement } from "./http_metrics.ts";
import { recordAnswer, recordDisconnect, recordThrown, recordUnhandled } from "./outcome.ts";
import { RequestContext } from "./request_context.ts";
import { type BodyEnd, isStreamed, watchBody } from "./streamed_body.ts";

/** Shared by all recordings of an instrumentation. */
export interface RecordingOptions {
  /** Adds headers of the response to the attributes. */
  addResponseHeaders: ((headers: Headers, attributes: Attributes) => void) | undefined;
  /** Called when everything except the end time is known. */
  describe: ((span: Span, c: Context) => void) | undefined;
}

/** The parts of a {@linkcode Recording}. */
export interface RecordingParts {
  options: RecordingOptions;
  c: Context;
  request: HandledRequest;
  span: Span;
  /** The context in which the request is handled; the kit's own if it created the span. */
  active: RequestContext | ActiveContext;
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
  get active(): ActiveContext {
    return this.#parts.active;
  }

  /** Whether the span is the kit's own. */
  get isOwn(): boolean {
    return this.#parts.foreign === undefined;
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
    if (typeof status !== "number") return this.fail(undefined);
    const errorType = this.#describe(status, request.error, response.headers);
    // The body of a response to HEAD is not read, an error response is not a stream worth waiting for, and Deno
    // ends its span with the head. After an upgrade, Deno no longer exposes the method.
    const isWhole = foreign?.isDenos || c.req.raw.method === HTTP_REQUEST_METHOD_VALUE_HEAD ||
      c.error !== undefined ||
      !isStreamed(response);
    if (isWhole) return this.#end(status, errorType);
    const watched = watchBody(response, active, (end) => this.#endBody(status, errorType, end));
    // An existing header would be merged.
    c.res = undefined;
    c.res = watched;
  }

  /** The app responds with a status that is known only now; without one, the server responds with 500. */
  fail(thrown: unknown, status = 500): void {
    if (this.#isEnded) return;
    this.#end(status, this.#describe(status, thrown));
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
    if (end.how === "failed") errorType = recordThrown(span, end.error, "_OTHER");
    else if (end.how === "cancelled") errorType = recordDisconnect(span);
    this.#end(status, errorType);
  }

  /** Required attributes come before headers, which may exceed the limit of a span. */
  #describe(status: number, thrown: unknown, headers?: Headers): string | undefined {
    const { options, span, c } = this.#parts;
    this.#addRoute();
    const errorType = this.#recordAnswer(status, thrown);
    this.#addHeaders(headers);
    options.describe?.(span, c);
    return errorType;
  }

  #recordAnswer(status: number, thrown: unknown): string | undefined {
    const { span, foreign } = this.#parts;
    if (!foreign) return recordAnswer(span, status, thrown);
    recordUnhandled(span, status, thrown);
    return undefined;
  }

  #addRoute(): void {
    const { span, request, nameStart, attributes } = this.#parts;
    const { route } = request;
    const isNew = route !== undefined && route !== "" && route !== this.#parts.route;
    if (isNew) {
      span.updateName(`${nameStart} ${route}`);
      if (attributes) attributes[ATTR_HTTP_ROUTE] = route;
      else span.setAttribute(ATTR_HTTP_ROUTE, route);
    }
    if (attributes) span.setAttributes(attributes);
  }

  #addHeaders(headers?: Headers): void {
    const { span, requestHeaders, options: { addResponseHeaders } } = this.#parts;
    if (requestHeaders) span.setAttributes(requestHeaders);
    if (!addResponseHeaders || !headers) return;
    const captured: Attributes = {};
    addResponseHeaders(headers, captured);
    span.setAttributes(captured);
  }

  #end(status: number | undefined, errorType: string | undefined): void {
    const { span, request, measurement, foreign } = this.#parts;
    const { route } = request;
    this.#isEnded = true;
    measurement?.(status, route, errorType);
    if (!foreign) span.end();
    else if (route) foreign.setRoute(route);
    this.#release();
  }

  /** Releases all references, because contexts stay reachable for a long time. */
  #release(): void {
    const { active, request } = this.#parts;
    if (active instanceof RequestContext) active.release();
    else request.release();
  }
}
