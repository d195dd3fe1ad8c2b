import { context, type Span, trace } from "@opentelemetry/api";
import type { Context, MiddlewareHandler, Next } from "hono";
import {
  hasOtherInstrumentation,
  markInstrumentation,
  routesOf,
  watchLastHandler,
} from "./answering_route.ts";
import { type Handling, handlingOf, markedServerSpan, setHandling } from "./deno_span.ts";
import { HandledRequest } from "./handled_request.ts";
import { isInstrumentedBefore, passOn, record } from "./handling.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { HttpRecorder } from "./http_recorder.ts";

/**
 * Like `httpInstrumentation()`, but for uninstrumented apps on a server that creates a span for each request.
 * It creates no spans, and does nothing if an app has its own instrumentation.
 */
export function httpEnrichment(options: HttpInstrumentationOptions = {}): MiddlewareHandler {
  const recorder = new HttpRecorder(options);

  const middleware: MiddlewareHandler = function httpEnrichment(c, next) {
    if (isInstrumentedBefore(c) || hasOtherInstrumentation(routesOf(c))) return next();
    const span = serverSpanOf(c);
    const caller = span && handlingOf(span);
    return caller ? passOnWithin(span, caller, c, next) : enrich(recorder, c, next);
  };
  markInstrumentation(middleware);
  return middleware;
}

/** The marked span of a request, which may be a copy of the original one. */
function serverSpanOf({ req: { raw } }: Context): Span | undefined {
  const marked = markedServerSpan(raw);
  if (marked) return marked;
  const active = trace.getSpan(context.active());
  return active && markedServerSpan(active);
}

/** Adds to the span of a server instrumentation, if there is one. */
function enrich(recorder: HttpRecorder, c: Context, next: Next): Promise<void> {
  const active = context.active();
  const caller = HandledRequest.find(c, active);
  if (caller) return passOn(c, next, caller, active);
  const recording = recorder.enrich(c, active);
  return recording ? record(recording, c, next) : next();
}

/** Handles a request for an app whose span already exists. */
async function passOnWithin(
  span: Span,
  caller: Handling,
  c: Context,
  next: Next,
): Promise<void> {
  const request = caller.request ??= new HandledRequest(caller.c);
  const called = request.isThatOf(c) ? request.callApp(c) : undefined;
  if (!called) return await next();
  watchLastHandler(called.routes, c);
  setHandling(span, { c, request: called });
  try {
    await next();
  } finally {
    setHandling(span, caller);
    request.takeOver(called);
    called.release();
  }
}
