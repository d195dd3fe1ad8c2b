import { type Context, type Span, type SpanContext, trace } from "@opentelemetry/api";
import { HANDLED_REQUEST_KEY, type HandledRequest } from "./handled_request.ts";

/** The key of the active span in the API, found by passing a context that records the key it is asked for. */
const SPAN_KEY = captureSpanKey();

/**
 * The context in which a request is handled: the caller's context with an active server span and the request.
 *
 * Deno's `AsyncLocalStorage` keeps every context that was active reachable until the next full garbage
 * collection, and collections copy it until then. So the span is released when the request ends, and only its
 * ids stay: a task that outlives the request still belongs to its trace, and an ended span can't be changed
 * anyway. This halves what a traced request costs.
 */
export class RequestContext implements Context {
  readonly #parent: Context;
  readonly #spanContext: SpanContext;
  /** Undefined after the response. */
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

  /** Releases the span, which has ended, and the handled request. */
  release(): void {
    this.#span = undefined;
    this.#request?.release();
    this.#request = undefined;
  }

  #activeSpan(): Span {
    return this.#span ?? trace.wrapSpanContext(this.#spanContext);
  }

  /** The same as a context of the API, from which others can be derived. */
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
