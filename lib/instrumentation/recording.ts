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

/** What all recordings of an instrumentation have in common. */
export interface RecordingOptions {
  /** Adds headers of the response to the attributes. */
  addResponseHeaders: ((headers: Headers, attributes: Attributes) => void) | undefined;
  /** Called when everything is known but when it ends. */
  describe: ((span: Span, c: Context) => void) | undefined;
}

/** What a {@linkcode Recording} is made of. */
export interface RecordingParts {
  options: RecordingOptions;
  c: Context;
  request: HandledRequest;
  span: Span;
  /** The context in which the request is handled; one of ours where the span is. */
  active: RequestContext | ActiveContext;
  /** What the span's name starts with: the method, if it is known. */
  nameStart: string;
  /** The route that the span was started with. */
  route: string | undefined;
  /** Headers of the request. They come last, so that they take the place of nothing else. */
  requestHeaders: Attributes | undefined;
  /** The span, if others than the kit made it, who tell themselves how the request was answered. */
  foreign: ForeignSpan | undefined;
  /** Attributes that are added with the route. */
  attributes: Attributes | undefined;
  /** Undefined where nobody measures. */
  measurement: Measurement | undefined;
}

/** A request that is being handled: it ends once, by whatever comes first. */
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

  /** Ends here, and leaves its span to the recording of the same request by another app. */
  handOn(): RecordingParts {
    this.#isEnded = true;
    return this.#parts;
  }

  /** The app answers with the response in its context, and the request ends when all of it is sent. */
  answer(): void {
    if (this.#isEnded) return;
    const { c, request, active, foreign } = this.#parts;
    const { res: response } = c;
    const { status } = response;
    // Middleware can return what is no response, and then the server finds out.
    if (typeof status !== "number") return this.fail(undefined);
    const errorType = this.#describe(status, request.error, response.headers);
    // Nobody reads the body of an answer to HEAD, what answers an error is no stream worth waiting for, and
    // Deno ends its span with the head. After an upgrade it does not tell the method any more.
    const isWhole = foreign?.isDenos || c.req.raw.method === HTTP_REQUEST_METHOD_VALUE_HEAD ||
      c.error !== undefined ||
      !isStreamed(response);
    if (isWhole) return this.#end(status, errorType);
    const watched = watchBody(response, active, (end) => this.#endBody(status, errorType, end));
    // What is there already would be merged.
    c.res = undefined;
    c.res = watched;
  }

  /** The app answers with a status that only now can be seen; without one, the server does, with 500. */
  fail(thrown: unknown, status = 500): void {
    if (this.#isEnded) return;
    this.#end(status, this.#describe(status, thrown));
  }

  /** The client does not wait for an answer any more. */
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

  /** What has to be there comes before headers, of which there may be more than a span takes. */
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

  /** Lets go of everything: contexts stay reachable for long. */
  #release(): void {
    const { active, request } = this.#parts;
    if (active instanceof RequestContext) active.release();
    else request.release();
  }
}
