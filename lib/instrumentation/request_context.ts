import { type Context, type Span, type SpanContext, trace } from "@opentelemetry/api";
import { HANDLED_REQUEST_KEY, type HandledRequest } from "./handled_request.ts";

/** The key under which the API keeps the active span: it tells it to whoever takes a value. */
const SPAN_KEY = captureSpanKey();

/**
 * The context in which a request is handled: that of the caller, with the server span active and the
 * request known.
 *
 * Deno's `AsyncLocalStorage` keeps every context that was active reachable until the next full garbage
 * collection, which copies it about until then. So the span is let go when the request ends, and only
 * its ids stay: a task that outlives the request still belongs to its trace, and to an ended span
 * nothing can be added anyway. This halves what a traced request costs.
 */
export class RequestContext implements Context {
  readonly #parent: Context;
  readonly #spanContext: SpanContext;
  /** Undefined once the request has been answered. */
  #span: Span | undefined;
  #request: HandledRequest | undefined;

  constructor(parent: Context, span: Span, request: HandledRequest) {
    this.#parent = parent;
    this.#spanContext = span.spanContext();
    this.#span = span;
    this.#request = request;
  }

  getValue(key: symbol): unknown {
    if (key === SPAN_KEY) return this.#activeSpan();
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
    return new RequestContext(this.#parent, this.#activeSpan(), request);
  }

  /** Lets go of the span, which has ended, and of what handled the request. */
  release(): void {
    this.#span = undefined;
    this.#request?.release();
    this.#request = undefined;
  }

  #activeSpan(): Span {
    return this.#span ?? trace.wrapSpanContext(this.#spanContext);
  }

  /** The same as a context of the API, which others can be derived from. */
  #flat(): Context {
    const context = trace.setSpan(this.#parent, this.#activeSpan());
    return context.setValue(HANDLED_REQUEST_KEY, this.#request);
  }
}

function captureSpanKey(): symbol | undefined {
  let spanKey: symbol | undefined;
  const probe: Context = {
    getValue: () => undefined,
    setValue(key) {
      spanKey = key;
      return probe;
    },
    deleteValue: () => probe,
  };
  trace.setSpanContext(probe, { traceId: "", spanId: "", traceFlags: 0 });
  return spanKey;
}
