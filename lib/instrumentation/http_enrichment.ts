import { context, type Span, trace } from "@opentelemetry/api";
import { ATTR_HTTP_ROUTE } from "@opentelemetry/semantic-conventions";
import type { Context, MiddlewareHandler, Next } from "hono";
import {
  answeringRoute,
  hasOtherInstrumentation,
  markInstrumentation,
  routesOf,
  watchLastHandler,
} from "./answering_route.ts";
import { type Handling, handlingOf, markedServerSpan, setHandling } from "./deno_span.ts";
import { HandledRequest } from "./handled_request.ts";
import { tellAnswer, whenErrorIsAnswered } from "./error_answer.ts";
import { isInstrumentedBefore, NOT_FINALIZED, passOn, record } from "./handling.ts";
import type { HttpInstrumentationOptions } from "./http_options.ts";
import { HttpRecorder } from "./http_recorder.ts";
import { DEFAULT_KNOWN_METHODS } from "./methods.ts";
import { recordUnhandled } from "./outcome.ts";

/**
 * Like `httpInstrumentation()`, but for uninstrumented apps on a server that creates a span for each request.
 * It creates no spans, and does nothing if an app has its own instrumentation. To the spans of an enriched
 * server it adds only route and exception, in the cheapest way: Deno ends these spans with the head of the
 * response, whatever happens to the body.
 */
export function httpEnrichment(options: HttpInstrumentationOptions = {}): MiddlewareHandler {
  const recorder = new HttpRecorder(options);
  const known = new Set(options.knownMethods ?? DEFAULT_KNOWN_METHODS);

  const middleware: MiddlewareHandler = function httpEnrichment(c, next) {
    if (isInstrumentedBefore(c) || hasOtherInstrumentation(c)) return next();
    const span = serverSpanOf(c);
    if (!span) return enrichOther(recorder, c, next);
    const caller = handlingOf(span);
    if (caller) return passOnWithin(span, caller, c, next);
    return enrich(span, known.has(c.req.method) ? c.req.method : "HTTP", c, next);
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

function enrich(span: Span, nameStart: string, c: Context, next: Next): Promise<void> {
  const routes = routesOf(c);
  const handling: Handling = { c, request: undefined };
  watchLastHandler(routes, c);
  setHandling(span, handling);

  function settle(thrown: unknown, status: number): void {
    const { request } = handling;
    const route = request ? request.route : answeringRoute(routes, c);
    if (route) addRoute(span, nameStart, route);
    if (status >= 500) recordUnhandled(span, status, thrown ?? request?.error);
    request?.release();
    setHandling(span, undefined);
  }

  const handled = next().then(
    () => {
      if (c.finalized) return settle(c.error, c.res.status);
      whenErrorIsAnswered(c, (status = 500) => settle(undefined, status));
      throw new Error(NOT_FINALIZED);
    },
    (thrown) => {
      // Hono handles instances of Error; anything else passes through and becomes the server's 500.
      if (thrown instanceof Error) {
        whenErrorIsAnswered(c, (status = 500) => settle(thrown, status));
      } else settle(thrown, 500);
      throw thrown;
    },
  );
  return routes.length === 1 ? tellAnswer(handled, c) : handled;
}

/** Adds to the span of another server instrumentation, if there is one. */
function enrichOther(recorder: HttpRecorder, c: Context, next: Next): Promise<void> {
  const active = context.active();
  const caller = HandledRequest.find(c, active);
  if (caller) return passOn(c, next, caller, active);
  const recording = recorder.enrich(c, active);
  return recording ? record(recording, c, next) : next();
}

/** The last name: it is mostly the same one again. */
let last = { nameStart: "", route: "", name: "" };

function addRoute(span: Span, nameStart: string, route: string): void {
  if (last.route !== route || last.nameStart !== nameStart) {
    last = { nameStart, route, name: `${nameStart} ${route}` };
  }
  span.updateName(last.name).setAttribute(ATTR_HTTP_ROUTE, route);
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
