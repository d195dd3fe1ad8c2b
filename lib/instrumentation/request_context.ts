import { type Context, createContextKey, type Span, trace } from "@opentelemetry/api";
import { HANDLED_REQUEST_KEY, type HandledRequest } from "./handled_request.ts";

/** The key of the active span. All copies of the API share it, and so does Deno. */
const SPAN_KEY = createContextKey("OpenTelemetry Context Key SPAN");

/**
 * The context in which a request is handled: the caller's context with an active server span and the request.
 *
 * Deno's `AsyncLocalStorage` keeps every context that was active reachable until the next full garbage
 * collection, and collections copy it until then. So the kit's own span is released when the request ends, and only its
 * ids stay: a task that outlives the request still belongs to its trace, and an ended span can't be changed
 * anyway. This halves what a traced request costs.
 */
export class RequestContext implements Context {
  readonly #parent: Context;
  #span: Span;
  /** Undefined after the response. */
  #request: HandledRequest | undefined;

  constructor(parent: Context, span: Span, request: HandledRequest) {
    this.#parent = parent;
    this.#span = span;
    this.#request = request;
  }

  getValue(key: symbol): unknown {
    if (key === SPAN_KEY) return this.#span;
    return key === HANDLED_REQUEST_KEY ? this.#request : this.#parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#flat().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#flat().deleteValue(key);
  }

  /** The same for another app that handles the request. */
  forRequest(request: HandledRequest): RequestContext {
    return new RequestContext(this.#parent, this.#span, request);
  }

  /** Releases the handled request, and the span if it has ended: reading the ids of Deno's spans is expensive. */
  release(isEnded: boolean): void {
    if (isEnded) this.#span = trace.wrapSpanContext(this.#span.spanContext());
    this.#request?.release();
    this.#request = undefined;
  }

  /** The same as a context of the API, from which others can be derived. */
  #flat(): Context {
    return trace.setSpan(this.#parent, this.#span).setValue(HANDLED_REQUEST_KEY, this.#request);
  }
}
